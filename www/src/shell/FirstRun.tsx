import { afterWhole } from "../flow/engine";
import { Suspense, lazy } from "react";
import { useWords } from "../words/words";
import { openFile } from "./files";
import { open } from "./overlay";

const Sample = lazy(afterWhole(() => import("../sim/Sample")));

/** There is no document yet: three ways to have one, and what that looks like. */
export function FirstRun() {
  const words = useWords();
  return (
    <section className="first" aria-label={words.firstRun}>
      <h2>{words.firstRun}</h2>
      <p>{words.firstRunSays}</p>
      <div className="ways">
        <button type="button" onClick={openFile}>
          <strong>{words.pasteOrDrop}</strong>
          <small>{words.pasteOrDropSays}</small>
        </button>
        <button type="button" className="main" onClick={() => open({ kind: "templates" })}>
          <strong>{words.template}</strong>
          <small>{words.templateSays}</small>
        </button>
        <button type="button" onClick={() => open({ kind: "tour" })}>
          <strong>{words.tour}</strong>
          <small>{words.tourSays}</small>
        </button>
      </div>
      <Suspense fallback={null}>
        <Sample />
      </Suspense>
    </section>
  );
}
