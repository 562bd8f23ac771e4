import { useEffect, useState } from "react";
import { selectNode } from "../flow/cursor";
import { useFlow } from "../flow/flow";
import { show } from "../shell/files";
import { close } from "../shell/overlay";
import { change } from "../shell/settings";
import { write } from "../sim/scenario";
import { template } from "../templates/templates";
import { useWords } from "../words/words";

const STOPS = ["text", "graph", "edge", "form", "problems", "call"] as const;

/** One minute through the page, on the ring group. */
export default function Tour() {
  const words = useWords();
  const [at, setAt] = useState(0);
  const stop = STOPS[at] ?? "text";
  useEffect(() => {
    if (useFlow.getState().text.trim() !== "") return;
    const sample = template("ring", "swml");
    write(sample.scenario);
    show(sample.flow, sample.name);
  }, []);
  useEffect(() => {
    if (stop === "text") change({ sideTab: "text" });
    if (stop === "form") {
      const dial = useFlow.getState().graph?.nodes.find(({ rows }) => rows !== undefined);
      if (dial) selectNode(dial.id, "palette");
      change({ sideTab: "form" });
    }
    if (stop === "problems") change({ dockOpen: true, dockTab: "problems" });
    if (stop === "call") change({ dockOpen: true, dockTab: "call" });
  }, [stop]);
  return (
    <section
      className="tour"
      role="dialog"
      aria-label={words.tour}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <p aria-live="polite">{words.tourStop(stop)}</p>
      <div className="foot">
        <span className="quiet">
          {at + 1} / {STOPS.length}
        </span>
        <span className="grow" />
        <button type="button" onClick={close}>
          {words.close}
        </button>
        <button type="button" className="main" autoFocus onClick={() => (at + 1 < STOPS.length ? setAt(at + 1) : close())}>
          {at + 1 < STOPS.length ? words.next : words.ok}
        </button>
      </div>
    </section>
  );
}
