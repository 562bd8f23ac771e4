/** The line of the step that was the latest at the instant under the pointer, in the timeline. */
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import { find } from "../flow/edits";
import { useCrosshair } from "../sim/crosshair";

const cross = StateEffect.define<number | undefined>();

const line = Decoration.line({ class: "crossed" });

export const crossing = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, { changes, effects, state }) {
    const fresh = effects.find((effect) => effect.is(cross));
    if (!fresh) return shown.map(changes);
    const at = fresh.value as number | undefined;
    return at === undefined || at > state.doc.length ? Decoration.none : Decoration.set(line.range(state.doc.lineAt(at).from));
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Shows it in an editor from now on; gives back how to stop that. */
export const followPointer = (view: EditorView): (() => void) =>
  useCrosshair.subscribe(({ node }, before) => {
    if (node === before.node) return;
    view.dispatch({ effects: cross.of(find(node)?.range.from) });
  });
