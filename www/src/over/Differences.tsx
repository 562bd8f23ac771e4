import { MergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { colours, languages } from "../editor/setup";
import { syntax } from "../flow/dialect";
import { useWords } from "../words/words";

/** Two texts side by side. */
export function Differences({ before, after }: { before: string; after: string }) {
  const words = useWords();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return;
    const side = (doc: string, label: string) => ({
      doc,
      extensions: [lineNumbers(), EditorState.readOnly.of(true), EditorView.editable.of(false), EditorView.lineWrapping, languages[syntax(doc)], colours, EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0", role: "textbox", "aria-readonly": "true", "aria-multiline": "true" })],
    });
    const view = new MergeView({
      a: side(before, words.before),
      b: side(after, words.after),
      parent: place.current,
      collapseUnchanged: { margin: 3, minSize: 6 },
      gutter: true,
    });
    return () => view.destroy();
  }, [before, after, words]);
  return <div className="differences" ref={place} />;
}
