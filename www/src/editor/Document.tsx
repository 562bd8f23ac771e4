import { diagnosticCount, lintGutter } from "@codemirror/lint";
import { EditorSelection, EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useEffect, useLayoutEffect, useRef } from "react";
import { selectRange, useCursor } from "../flow/cursor";
import { syntax } from "../flow/dialect";
import { changed, useFlow } from "../flow/flow";
import { useAccess, useReadonly } from "../flow/place";
import { provide } from "../flow/surface";
import { tell } from "../shell/live";
import { useWords, words } from "../words/words";
import { calling, followCall } from "./calling";
import { completions } from "./completions";
import { crossing, followPointer } from "./crossing";
import { show } from "./diagnostics";
import { asStep, labelledHistory, travel } from "./history";
import { mark, marks } from "./marks";
import { exactLines, language, languages, locked, locking, setup } from "./setup";

/** What the editor begins with. */
function began(text: string): EditorState {
  let selected: number | undefined;
  return EditorState.create({
    doc: text,
    extensions: [
      exactLines,
      calling,
      crossing,
      setup(words().text, completions),
      labelledHistory(),
      language.of(languages[syntax(text)]),
      locking.of(locked(useAccess.getState().readonly)),
      lintGutter(),
      marks,
      EditorView.updateListener.of(({ view, docChanged, selectionSet, transactions }) => {
        if (docChanged) changed(view.state.doc.toString());
        const own = transactions.some((transaction) => transaction.isUserEvent("select") || (transaction.docChanged && transaction.isUserEvent("input") && !transaction.isUserEvent("input.edit")));
        if (own && selectionSet && !docChanged) {
          // What is done next is done there.
          const { from, to } = view.state.selection.main;
          selectRange({ from, to }, "text");
        } else if (own && selectionSet && selected === undefined) {
          // Typing moves the cursor of all views, once per frame.
          selected = requestAnimationFrame(() => {
            selected = undefined;
            const { from, to } = view.state.selection.main;
            selectRange({ from, to }, "text");
          });
        }
      }),
    ],
  });
}

let prepared: EditorState | undefined;

/** Reads the text for the editor, before its view is made. */
export function prepare(): void {
  prepared = began(useFlow.getState().text);
}

/** The text of the document: the only truth there is, with one history for all edits. */
export default function Document() {
  const names = useWords();
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const reports = useFlow(({ reports }) => reports);
  const readonly = useReadonly();
  const kind = useFlow(({ text }) => syntax(text));
  const { range, shown, origin } = useCursor();

  useLayoutEffect(() => {
    if (!place.current) return;
    const { text } = useFlow.getState();
    const editor = new EditorView({ state: prepared?.doc.toString() === text ? prepared : began(text), parent: place.current });
    prepared = undefined;
    view.current = editor;
    const stops = [followCall(editor), followPointer(editor)];
    provide({
      edit(edits, label) {
        editor.dispatch({
          changes: edits.map(({ from, to, text }) => ({ from, to, insert: editor.state.toText(text) })),
          annotations: asStep(label),
        });
      },
      open(text) {
        editor.dispatch({
          changes: { from: 0, to: editor.state.doc.length, insert: editor.state.toText(text) },
          selection: { anchor: 0 },
          annotations: asStep(words().opened),
          effects: EditorView.scrollIntoView(0),
        });
      },
      undo: () => step("undo"),
      redo: () => step("redo"),
      select({ from, to }) {
        editor.dispatch({ selection: EditorSelection.single(from, to) });
      },
      focus: () => editor.focus(),
    });
    const step = (way: "undo" | "redo") => {
      useCursor.setState({ origin: "edit" });
      const { done, name } = travel(editor, way);
      if (done) tell(way === "undo" ? words().undone(name ?? words().typing) : words().redone(name ?? words().typing));
      return done;
    };
    return () => {
      for (const stop of stops) stop();
      provide(undefined);
      editor.destroy();
      view.current = null;
    };
    // The editor owns its text from here on; everybody else edits it.
  }, []);

  // It begins with what it was made for.
  useEffect(() => {
    const editor = view.current;
    if (editor && language.get(editor.state) !== languages[kind]) editor.dispatch({ effects: language.reconfigure(languages[kind]) });
  }, [kind]);
  useEffect(() => {
    const editor = view.current;
    if (editor && editor.state.readOnly !== readonly) editor.dispatch({ effects: locking.reconfigure(locked(readonly)) });
  }, [readonly]);
  useEffect(() => {
    const editor = view.current;
    if (editor && (reports.length > 0 || diagnosticCount(editor.state) > 0)) show(editor, reports);
  }, [reports]);
  useEffect(() => {
    view.current?.contentDOM.setAttribute("aria-label", names.text);
  }, [names]);

  // What is selected elsewhere is lit and comes into view, before the next key is taken.
  useLayoutEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const fits = range && range.to <= editor.state.doc.length ? range : undefined;
    if (!fits || origin === "text") {
      if (editor.state.field(marks).size > 0) editor.dispatch({ effects: mark.of(undefined) });
      return;
    }
    editor.dispatch({
      selection: EditorSelection.cursor(fits.from),
      effects: [mark.of(fits), EditorView.scrollIntoView(fits.from, { y: "center" })],
    });
  }, [range, shown, origin]);

  return <div className="editor" ref={place} />;
}
