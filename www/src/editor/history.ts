/** Steps of the history have names: those of the edits that were made elsewhere. */
import { history, invertedEffects, isolateHistory, redo, undo } from "@codemirror/commands";
import { Annotation, type Extension, StateEffect, Transaction } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";

const named = StateEffect.define<string>();
const label = Annotation.define<string>();

export function labelledHistory(): Extension {
  return [
    history(),
    invertedEffects.of((transaction) => {
      const name = transaction.annotation(label) ?? transaction.effects.find((effect) => effect.is(named))?.value;
      return name === undefined ? [] : [named.of(name as string)];
    }),
  ];
}

/** Makes a transaction one step of the history, with a name. */
export const asStep = (name: string) => [label.of(name), isolateHistory.of("full"), Transaction.userEvent.of("input.edit")];

/** Undoes or redoes; the name of the step, or nothing when there was none. */
export function travel(view: EditorView, way: "undo" | "redo"): { done: boolean; name: string | undefined } {
  let name: string | undefined;
  const done = (way === "undo" ? undo : redo)({
    state: view.state,
    dispatch: (transaction) => {
      name = transaction.effects.find((effect) => effect.is(named))?.value as string | undefined;
      view.dispatch(transaction);
    },
  });
  return { done, name };
}
