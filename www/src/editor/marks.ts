/** The part of the text that the selected moment of the call came from. */
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

export const mark = StateEffect.define<{ from: number; to: number } | undefined>();

const line = Decoration.line({ class: "lit" });

export const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    let next = decorations.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(mark)) {
        const { doc } = transaction.state;
        const range = effect.value;
        // The first line says where; a whole block would be mostly colour.
        next = range && range.from <= doc.length ? Decoration.set([line.range(doc.lineAt(range.from).from)]) : Decoration.none;
      }
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});
