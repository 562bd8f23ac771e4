import { Suspense, lazy, useMemo } from "react";
import { afterWhole } from "../flow/engine";
import { useFlow } from "../flow/flow";
import { go } from "../shell/actions";
import { mend } from "../flow/edits";
import { useReadonly } from "../flow/place";
import { later } from "../flow/turn";
import { Problems } from "../parts/Problems";
import { type Tab, Tabs } from "../parts/Tabs";
import { change, useSettings } from "../shell/settings";
import { useWords } from "../words/words";
import "../sim/follow";
import { useScenario } from "../sim/scenario";
import { useHost } from "../host/host";
import { useTests } from "../sim/tests";

const Call = lazy(later(() => import("../sim/Call")));
const Journal = lazy(afterWhole(() => import("../host/Journal")));
const Live = lazy(afterWhole(() => import("../host/Live")));
const Tests = lazy(afterWhole(() => import("../sim/Tests")));
const Keep = lazy(later(() => import("../keep/Keep")));
const Scenario = lazy(() => import("../sim/ScenarioPane"));

/**
 * The bottom of the page: problems, and the simulation. A pane of it takes no props: it reads the
 * document from `useFlow`, the scenario from `useScenario`, and reads and moves `useCursor`.
 */
export default function Dock() {
  const words = useWords();
  const readonly = useReadonly();
  const wanted = useSettings(({ dockTab }) => dockTab);
  const openNow = useSettings(({ dockOpen }) => dockOpen);
  const reports = useFlow(({ reports }) => reports);
  const scenario = useScenario(({ reports }) => reports);
  const all = useMemo(() => [...reports, ...scenario], [reports, scenario]);
  const tests = useTests(({ tests }) => tests);
  const failed = useTests(({ verdicts }) => [...verdicts.values()].some(({ wrong }) => wrong.length > 0));
  const host = useHost(({ there }) => there);
  const underWay = useHost(({ calls }) => [...calls.values()].filter(({ over }) => !over).length);
  const tabs: Tab[] = [
    { id: "problems", title: words.problemsTab, count: all.length, ...(all.some(({ severity }) => severity === "error") ? { tone: "error" as const } : {}) },
    { id: "call", title: words.call },
    { id: "scenario", title: words.scenario },
    ...(readonly ? [] : [{ id: "tests", title: words.testsTab, count: tests.length, ...(failed ? { tone: "error" as const } : {}) }]),
    { id: "journal", title: words.journalTab },
    ...(host ? [{ id: "live", title: words.liveTab, count: underWay }] : []),
  ];
  const chosen = tabs.some(({ id }) => id === wanted) ? wanted : "call";
  return (
    <section className="dock" id="dock" data-pane="dock" aria-label={words.dock}>
      <div className="dock-head">
        <Tabs label={words.dock} tabs={tabs} chosen={chosen} onChoose={(id) => change({ dockTab: id, dockOpen: true })} />
        <Suspense fallback={null}>
          <Keep tab={chosen} />
        </Suspense>
        <button
          type="button"
          className="plain"
          aria-expanded={openNow}
          aria-label={words.toggleDock}
          title={words.toggleDock}
          onClick={() => change({ dockOpen: !openNow })}
        >
          <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
            <path d={openNow ? "M3 6l5 5 5-5" : "M3 10l5-5 5 5"} />
          </svg>
        </button>
      </div>
      {openNow && (
        <div role="tabpanel" id={`panel-${chosen}`} aria-labelledby={`tab-${chosen}`} className="panel" tabIndex={-1}>
          <Suspense fallback={<p className="nothing">{words.loading}</p>}>
            {chosen === "problems" && <Problems reports={all} onGo={(report) => (report.file === "scenario" ? change({ dockTab: "scenario" }) : go(report))} onFix={readonly ? undefined : mend} />}
            {chosen === "call" && <Call />}
            {chosen === "scenario" && <Scenario />}
            {chosen === "tests" && <Tests />}
            {chosen === "journal" && <Journal />}
            {chosen === "live" && <Live />}
          </Suspense>
        </div>
      )}
    </section>
  );
}
