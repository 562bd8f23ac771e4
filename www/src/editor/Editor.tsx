import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorSelection } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { Positions, type Report } from "patchcord/slim";
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, type Ref } from "react";
import { syntax } from "../flow/dialect";
import { setup, language, languages } from "./setup";
import { mark, marks } from "./marks";

export interface EditorHandle {
  /** Puts the cursor there and shows it. */
  go(line: number, column: number): void;
}

interface Props {
  label: string;
  text: string;
  onChange(text: string): void;
  reports: Report[];
  /** The range to light up, in lines and columns as reports have them. */
  lit?: { from: number; to: number } | undefined;
  ref?: Ref<EditorHandle>;
}

export function Editor({ label, text, onChange, reports, lit, ref }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const changed = useRef(onChange);
  changed.current = onChange;

  useLayoutEffect(() => {
    if (!place.current) return;
    const editor = new EditorView({
      doc: text,
      parent: place.current,
      extensions: [
        setup(label),
        language.of(languages[syntax(text)]),
        lintGutter(),
        marks,
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed.current(update.state.doc.toString());
        }),
      ],
    });
    view.current = editor;
    return () => {
      editor.destroy();
      view.current = null;
    };
    // The editor owns its text from here on; the effect below brings in what came from outside.
  }, [label]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    if (editor.state.doc.toString() !== text) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text }, selection: { anchor: 0 } });
    }
    editor.dispatch({ effects: language.reconfigure(languages[syntax(text)]) });
  }, [text]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const positions = new Positions(editor.state.doc.toString());
    const length = editor.state.doc.length;
    const diagnostics = reports.map((report): Diagnostic => {
      const { from, to } = positions.of(report);
      const notes = report.notes.map((note) => `\n${note}`).join("");
      const { fix } = report;
      return {
        from: Math.min(from, length),
        to: Math.min(Math.max(to, from), length),
        severity: report.severity === "hint" ? "hint" : report.severity,
        source: report.code,
        message: report.message + notes,
        actions: fix
          ? [
              {
                name: fix.title,
                apply(target) {
                  const range = new Positions(target.state.doc.toString()).of(fix);
                  target.dispatch({ changes: { ...range, insert: fix.text }, userEvent: "input.fix" });
                },
              },
            ]
          : [],
      };
    });
    editor.dispatch(setDiagnostics(editor.state, diagnostics));
  }, [reports, text]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const length = editor.state.doc.length;
    const range = lit && lit.to <= length ? lit : undefined;
    editor.dispatch({
      effects: [mark.of(range), ...(range ? [EditorView.scrollIntoView(range.from, { y: "nearest", yMargin: 40 })] : [])],
    });
  }, [lit, text]);

  useImperativeHandle(ref, () => ({
    go(line, column) {
      const editor = view.current;
      if (!editor) return;
      const at = new Positions(editor.state.doc.toString()).offset(line, column);
      editor.dispatch({ selection: EditorSelection.cursor(at), effects: EditorView.scrollIntoView(at, { y: "center" }) });
      editor.focus();
    },
  }));

  return <div className="editor" ref={place} />;
}
