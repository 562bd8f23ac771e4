import { lintGutter } from "@codemirror/lint";
import { EditorView } from "@codemirror/view";
import type { Report } from "patchcord/slim";
import { useEffect, useLayoutEffect, useRef } from "react";
import { useAccess, useReadonly } from "../flow/place";
import { show } from "./diagnostics";
import { labelledHistory } from "./history";
import { exactLines, language, languages, locked, locking, setup } from "./setup";

interface Props {
  label: string;
  text: string;
  onChange(text: string): void;
  reports: Report[];
}

/** The scenario: who answers, and when. It has a history of its own. */
export default function Scenario({ label, text, onChange, reports }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const readonly = useReadonly();
  const change = useRef(onChange);
  change.current = onChange;

  useLayoutEffect(() => {
    if (!place.current) return;
    const editor = new EditorView({
      doc: text,
      parent: place.current,
      extensions: [
        exactLines,
        setup(label),
        labelledHistory(),
        language.of(languages.yaml),
        locking.of(locked(useAccess.getState().readonly)),
        lintGutter(),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) change.current(update.state.doc.toString());
        }),
      ],
    });
    view.current = editor;
    return () => {
      editor.destroy();
      view.current = null;
    };
  }, [label]);

  useEffect(() => {
    const editor = view.current;
    if (editor && editor.state.doc.toString() !== text) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: editor.state.toText(text) } });
    }
  }, [text]);
  useEffect(() => {
    view.current?.dispatch({ effects: locking.reconfigure(locked(readonly)) });
  }, [readonly]);
  useEffect(() => {
    if (view.current) show(view.current, reports);
  }, [reports]);

  return <div className="editor" ref={place} />;
}
