import { type Report, Positions, applyFix } from "patchcord/slim";
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { Editor, type EditorHandle } from "./editor/Editor";
import { badge } from "./flow/dialect";
import { type Loading, explain, load } from "./flow/engine";
import { recall, remember } from "./flow/memory";
import { NOTHING, isError, study } from "./flow/study";
import { TEMPLATES } from "./flow/templates";
import { Bar } from "./parts/Bar";
import { Problems } from "./parts/Problems";
import { useTheme } from "./parts/theme";
import { Simulator } from "./sim/Simulator";
import { clock, ladder as ladderOf } from "./sim/rows";

const first = TEMPLATES[0];

export function App() {
  const [theme, setTheme] = useTheme();
  const [loading, setLoading] = useState<Loading>({ state: "loading" });
  const [flow, setFlow] = useState(() => recall("flow") ?? first?.flow ?? "");
  const [scenario, setScenario] = useState(() => recall("scenario") ?? first?.scenario ?? "");
  const [count, setCount] = useState(0);
  const [selected, setSelected] = useState<number>();
  const [explains, setExplains] = useState(true);
  const flowEditor = useRef<EditorHandle>(null);
  const scenarioEditor = useRef<EditorHandle>(null);

  useEffect(() => {
    load().then(
      () => setLoading({ state: "ready" }),
      (error: unknown) => setLoading({ state: "failed", why: explain(error) }),
    );
  }, []);
  useEffect(() => remember("flow", flow), [flow]);
  useEffect(() => remember("scenario", scenario), [scenario]);

  // Typing never waits for the engine.
  const studied = useDeferredValue(useMemo(() => ({ flow, scenario }), [flow, scenario]));
  const result = useMemo(
    () => (loading.state === "ready" ? study(studied.flow, studied.scenario) : NOTHING),
    [loading, studied],
  );
  const ladder = useMemo(() => (result.call ? ladderOf(result.call) : undefined), [result]);
  const rows = ladder?.rows.length ?? 0;
  // A call that was shown to its end is shown to its end again after an edit.
  const whole = useRef(false);
  useEffect(() => {
    if (rows > 0) setCount((count) => (whole.current ? rows : Math.min(count, rows)));
    setSelected(undefined);
  }, [ladder, rows]);

  const show = useCallback(
    (next: number, select?: number) => {
      const kept = Math.min(Math.max(next, 0), rows);
      whole.current = kept === rows && rows > 0;
      setCount(kept);
      setSelected(select);
    },
    [rows],
  );
  const step = useCallback(
    (by: 1 | -1) => {
      if (!ladder) return;
      let next = count + by;
      // Hidden remarks are no steps of their own.
      while (!explains && next > 0 && next < rows && ladder.rows[next - 1]?.tone === "note") next += by;
      show(next, next > 0 ? Math.min(next, rows) - 1 : undefined);
    },
    [ladder, count, explains, rows, show],
  );

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const act =
        event.key === "F10" ? () => step(event.shiftKey ? -1 : 1) : event.key === "Enter" && (event.ctrlKey || event.metaKey) ? () => show(rows) : undefined;
      if (act) {
        event.preventDefault();
        event.stopPropagation();
        act();
      }
    };
    window.addEventListener("keydown", press, true);
    return () => window.removeEventListener("keydown", press, true);
  }, [step, show, rows]);

  const choose = (id: string) => {
    const template = TEMPLATES.find((template) => template.id === id);
    if (!template) return;
    setFlow(template.flow);
    setScenario(template.scenario);
    show(0);
  };
  const go = (report: Report) => {
    const editor = report.file === "scenario" ? scenarioEditor : flowEditor;
    editor.current?.go(report.line, report.column);
  };
  const fix = (report: Report) => {
    if (!report.fix) return;
    const change = report.file === "scenario" ? setScenario : setFlow;
    const { fix } = report;
    change((text) => applyFix(text, fix));
  };

  const problems = [...result.flow, ...result.scenario];
  const place = selected === undefined ? undefined : ladder?.rows[selected]?.place;
  const lit = useMemo(() => (place && place.document === 0 ? new Positions(studied.flow).ofPlace(place) : undefined), [place, studied]);
  const idle = !ladder;

  return (
    <div className="app">
      <Bar badge={badge(flow)} theme={theme} onTheme={setTheme} onTemplate={choose} />
      <main>
        <div className="texts">
          <section className="pane flow" aria-label="Flow">
            <h2>
              Flow <small>SWML, jambonz verbs, RCML or TwiML</small>
            </h2>
            <Editor ref={flowEditor} label="Flow" text={flow} onChange={setFlow} reports={result.flow} lit={lit} />
          </section>
          <section className="pane scenario" aria-label="Scenario">
            <h2>
              Scenario <small>who answers, and when</small>
            </h2>
            <Editor ref={scenarioEditor} label="Scenario" text={scenario} onChange={setScenario} reports={result.scenario} />
          </section>
          <Problems reports={problems} onGo={go} onFix={fix} />
        </div>
        <section className="pane call" aria-label="Call">
          <h2>
            Call
            <span className="controls">
              <button type="button" className="main" disabled={idle} onClick={() => show(rows)} title="Ctrl Enter">
                ▶ Run
              </button>
              <button type="button" disabled={idle || count === 0} onClick={() => step(-1)} title="Shift F10">
                ◀ Back
              </button>
              <button type="button" disabled={idle || count >= rows} onClick={() => step(1)} title="F10">
                Step ▶
              </button>
              <button type="button" disabled={idle || count === 0} onClick={() => show(0)}>
                Reset
              </button>
              <label className="check">
                <input type="checkbox" checked={explains} onChange={(event) => setExplains(event.target.checked)} /> Explain
              </label>
            </span>
            <span className="outcome" role="status">
              {ladder && count >= rows && rows > 0 && (
                <span className={result.call?.outcome === "completed" ? "good" : "bad"}>
                  {result.call?.outcome ?? "not over"} · {clock(ladder.end)}
                </span>
              )}
            </span>
          </h2>
          {ladder && result.call ? (
            <Simulator
              call={result.call}
              ladder={ladder}
              count={count}
              selected={selected}
              explains={explains}
              onMove={(next) => show(next)}
              onSelect={setSelected}
            />
          ) : (
            <Blank loading={loading} empty={flow.trim() === ""} crash={result.crash} errors={problems.filter(isError)} onGo={go} onTemplate={choose} />
          )}
        </section>
      </main>
    </div>
  );
}

interface BlankProps {
  loading: Loading;
  empty: boolean;
  crash: string | undefined;
  errors: Report[];
  onGo(report: Report): void;
  onTemplate(id: string): void;
}

/** Why there is no call to show, and what to do about it. */
function Blank({ loading, empty, crash, errors, onGo, onTemplate }: BlankProps) {
  const [error] = errors;
  if (loading.state === "failed") {
    return (
      <div className="blank trouble" role="alert">
        <p>{loading.why}</p>
        <p>Your text is safe: it stays in the editor.</p>
      </div>
    );
  }
  if (loading.state === "loading") {
    return (
      <div className="blank">
        <p>Loading the engine…</p>
      </div>
    );
  }
  if (crash) {
    return (
      <div className="blank trouble" role="alert">
        <p>The engine gave up: {crash}</p>
        <p>Your text is safe. Please tell us what it was.</p>
      </div>
    );
  }
  if (empty) {
    return (
      <div className="blank">
        <p>Paste a flow into the editor, or begin with one of these:</p>
        <ul>
          {TEMPLATES.map((template) => (
            <li key={template.id}>
              <button type="button" onClick={() => onTemplate(template.id)}>
                {template.name} <small>{template.group}</small>
              </button>
            </li>
          ))}
        </ul>
      </div>
    );
  }
  return (
    <div className="blank trouble">
      <p>
        {error?.file === "scenario" ? "The scenario" : "The flow"} has {errors.length === 1 ? "an error" : `${errors.length} errors`}; the call
        can be simulated when {errors.length === 1 ? "it is" : "they are"} gone.
      </p>
      {error && (
        <p>
          <button type="button" onClick={() => onGo(error)}>
            Line {error.line}: {error.message}
          </button>
        </p>
      )}
    </div>
  );
}
