/** The part of the text that is selected elsewhere: a step, or the origin of a moment of the call. */
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

export const mark = StateEffect.define<{ from: number; to: number } | undefined>();

const lit = Decoration.line({ class: "lit" });

/** More lines than this are mostly colour. */
const MOST = 400;

export const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    let next = decorations.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(mark)) continue;
      const { doc } = transaction.state;
      const range = effect.value;
      if (!range || range.to > doc.length) {
        next = Decoration.none;
        continue;
      }
      const [begin, end] = [doc.lineAt(range.from).number, doc.lineAt(range.to).number];
      const lines = [];
      for (let line = begin; line <= Math.min(end, begin + MOST); line += 1) lines.push(lit.range(doc.line(line).from));
      next = Decoration.set(lines);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});
