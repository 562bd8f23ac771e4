import { Suspense, lazy } from "react";
import { afterWhole } from "../flow/engine";
import { useReadonly } from "../flow/place";
import { later, turn } from "../flow/turn";
import { Tabs } from "../parts/Tabs";
import { type SideTab, change, useSettings } from "../shell/settings";
import { useWords } from "../words/words";

const Document = lazy(
  later(async () => {
    const editor = await import("../editor/Document");
    await turn();
    editor.prepare();
    return editor;
  }),
);
const Form = lazy(afterWhole(() => import("./Form")));
const Docs = lazy(afterWhole(() => import("./Docs")));

interface Props {
  /** The graph is painted: the editor may come. */
  painted: boolean;
}

/** The document as text; the selected step as a form; what the manual says of it. */
export function Side({ painted }: Props) {
  const words = useWords();
  const readonly = useReadonly();
  const wanted = useSettings(({ sideTab }) => sideTab);
  const tab = readonly && wanted === "form" ? "text" : wanted;
  return (
    <aside className="side" id="side" data-pane="side" aria-label={words.side}>
      <Tabs
        label={words.side}
        tabs={[
          { id: "text", title: words.text },
          ...(readonly ? [] : [{ id: "form", title: words.form }]),
          { id: "docs", title: words.docs },
        ]}
        chosen={tab}
        onChoose={(id) => change({ sideTab: id as SideTab })}
      />
      {/* The editor stays: it has the history of all edits. */}
      <div role="tabpanel" id="panel-text" aria-labelledby="tab-text" className="panel text" hidden={tab !== "text"}>
        <Suspense fallback={<p className="nothing">{words.loading}</p>}>{painted && <Document />}</Suspense>
      </div>
      {!readonly && (
        <div role="tabpanel" id="panel-form" aria-labelledby="tab-form" className="panel" hidden={tab !== "form"}>
          <Suspense fallback={null}>{tab === "form" && <Form />}</Suspense>
        </div>
      )}
      <div role="tabpanel" id="panel-docs" aria-labelledby="tab-docs" className="panel" hidden={tab !== "docs"}>
        <Suspense fallback={null}>{tab === "docs" && <Docs />}</Suspense>
      </div>
    </aside>
  );
}
