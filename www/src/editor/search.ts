/** The search of a text. It comes when somebody begins to write, or with the key that asks for it. */
import { Compartment, type Extension } from "@codemirror/state";
import { type Command, EditorView, type KeyBinding, keymap } from "@codemirror/view";
import { tell } from "../shell/live";

const place = new Compartment();

function bring(view: EditorView, then?: (bindings: readonly KeyBinding[]) => void): void {
  import("./searching").then(
    ({ searching, bindings }) => {
      if (place.get(view.state) !== searching) view.dispatch({ effects: place.reconfigure(searching) });
      then?.(bindings);
    },
    (error: unknown) => tell(String(error), "trouble"),
  );
}

/** What a key would do, if the search were there already. */
const key = (name: string, how: "run" | "shift" = "run"): Command => (view) => {
  bring(view, (bindings) => bindings.find(({ key }) => key === name)?.[how]?.(view));
  return true;
};

export const search: Extension = place.of([
  keymap.of([
    ...["Mod-f", "Mod-Shift-l", "Mod-Alt-g", "Mod-d"].map((name) => ({ key: name, run: key(name), preventDefault: true })),
    ...["F3", "Mod-g"].map((name) => ({ key: name, run: key(name), shift: key(name, "shift"), preventDefault: true })),
  ]),
  EditorView.domEventHandlers({ focus: (_event, view) => void bring(view) }),
]);
