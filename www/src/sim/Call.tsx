import { Suspense, lazy, useEffect, useMemo, useState } from "react";
import { selectNode, useCursor } from "../flow/cursor";
import { useFlow } from "../flow/flow";
import { useReadonly } from "../flow/place";
import { useHint } from "../shell/hint";
import { change } from "../shell/settings";
import { tell } from "../shell/live";
import { useWords } from "../words/words";
import { Branches } from "./Branches";
import { Cards } from "./Cards";
import { LadderView } from "./Ladder";
import { Payload } from "./Payload";
import { Stops } from "./Stops";
import { Later } from "../parts/Later";
import { Timeline } from "./Timeline";
import { Values } from "./Values";
import { useBeside } from "./beside";
import { asScenario, back, decide, finish, jump, lookAtCurrent, reset, step } from "./acts";
import { useCall } from "./call";
import { seen } from "./legs";
import { clock } from "./rows";
import { write } from "./scenario";
import { play } from "./pace";
import { useSelection } from "./selection";
import { add } from "./tests";

const Beside = lazy(() => import("./Beside"));

const SPEEDS = [0.5, 1, 2, 8];

/** The call, played through: what is to be done next, who did what, and what is known. */
export default function Call() {
  const words = useWords();
  const hint = useHint();
  const readonly = useReadonly();
  const empty = useFlow(({ text }) => text.trim() === "");
  const { status, events, variables, earlier, stop, divergence, refusal, speed } = useCall();
  const [{ selected, other }, setSelected] = useSelection();
  const beside = useBeside(({ branch }) => branch);
  const [rate, setRate] = useState(1);

  const trace = useMemo(() => events.map(({ entry }) => entry), [events]);
  const call = useMemo(() => seen(trace), [trace]);
  const nodes = useMemo(() => events.map(({ node, document }) => (document === undefined ? node : undefined)), [events]);
  const position = status?.position ?? 0;

  // Where the call goes, the selection goes.
  useEffect(() => setSelected(undefined), [position, status?.branch]);
  const select = (at: number, how: "one" | "both" | "follow") => {
    setSelected(at, how === "both");
    if (how === "follow") return;
    const event = events[at];
    if (event?.node !== undefined && event.document === undefined) selectNode(event.node, "call");
    useCursor.setState({ time: event?.t });
  };

  if (!status) {
    return <p className="nothing">{refusal ?? (empty ? words.nothingToRun : words.mendFirst)}</p>;
  }
  const save = (expect: boolean) => {
    const written = asScenario(expect);
    if (written === undefined) return;
    if (expect) {
      add(written);
      change({ dockTab: "tests" });
    } else {
      write(written);
      change({ dockTab: "scenario" });
    }
    tell(expect ? words.savedAsTest : words.savedAsScenario);
  };
  return (
    <div className="call">
      <div className="controls" role="toolbar" aria-label={words.call}>
        <button type="button" disabled={position === 0} onClick={reset} aria-label={words.reset} title={hint(words.reset, "resetCall")}>
          |◀
        </button>
        <button type="button" disabled={position === 0} onClick={back} aria-label={words.back} title={hint(words.back, "stepBack")}>
          ◀
        </button>
        <button type="button" disabled={status.ended && position === status.length} onClick={step} aria-label={words.step} title={hint(words.step, "stepCall")}>
          ▶
        </button>
        <button type="button" className="main" onClick={() => (decide(), lookAtCurrent())} title={hint(words.toDecision, "runToDecision")}>
          {words.toDecision}
        </button>
        <button type="button" onClick={finish} title={hint(words.toEnd, "runToEnd")}>
          {words.toEnd}
        </button>
        <button type="button" aria-pressed={speed > 0} onClick={() => play(speed > 0 ? 0 : rate)}>
          {speed > 0 ? words.pause : words.playCall}
        </button>
        <select
          aria-label={words.speed}
          value={rate}
          onChange={(event) => {
            const next = Number(event.currentTarget.value);
            setRate(next);
            if (speed > 0) play(next);
          }}
        >
          {SPEEDS.map((speed) => (
            <option key={speed} value={speed}>
              {speed}×
            </option>
          ))}
        </select>
        <Branches />
        <span className="outcome" role="status">
          <Where />
        </span>
        {!readonly && (
          <>
            <button type="button" onClick={() => save(false)}>
              {words.asScenario}
            </button>
            <button type="button" onClick={() => save(true)}>
              {words.asTest}
            </button>
          </>
        )}
      </div>
      {divergence && (
        <p className="diverged" role="status">
          {words.divergedAt(clock(divergence.t), divergence.before?.text ?? words.nothingThen, divergence.after?.text ?? words.nothingThen)}{" "}
          <button type="button" className="plain" onClick={() => jump(divergence.index + 1)}>
            {words.goThere}
          </button>
        </p>
      )}
      {stop?.cycle && (
        <p className="diverged trouble" role="alert">
          {words.goesInCircles}{" "}
          {stop.cycle.map((node) => (
            <button key={node} type="button" className="plain" onClick={() => selectNode(node, "call")}>
              {node}
            </button>
          ))}
        </p>
      )}
      <div className="views playing">
        <Cards />
        <div className="left">
          <Later>
            <Timeline
              call={call}
              end={events.at(-1)?.t ?? 0}
              now={status.t}
              position={position}
              nodes={nodes}
              onPosition={jump}
              onEvent={(event) => select(Math.max(event, 0), "one")}
              onToggle={() => play(speed > 0 ? 0 : rate)}
            />
            {beside === undefined ? (
              <LadderView call={call} happened={position} selected={selected ?? position - 1} other={other} nodes={nodes} onSelect={select} />
            ) : (
              <Suspense fallback={<p className="nothing">{words.loading}</p>}>
                <Beside branch={beside} onSelect={(event) => select(event, "one")} />
              </Suspense>
            )}
          </Later>
        </div>
        <div className="below">
          <Later>
            <section aria-label={words.variables}>
              <Values now={variables} before={earlier} />
            </section>
            <section aria-label={words.details}>
              <h2>{words.details}</h2>
              <Payload trace={trace} selected={selected ?? position - 1} other={other} />
            </section>
            <section aria-label={words.stopsAt}>
              <Stops />
            </section>
          </Later>
        </div>
      </div>
    </div>
  );
}

/** Where the call is, in a few words. */
function Where() {
  const words = useWords();
  const { status, stop } = useCall();
  if (!status) return null;
  const at = `${clock(status.t)} · ${words.eventOf(status.position, status.length)}`;
  if (status.ended && status.position === status.length) {
    return <span className={status.outcome === "completed" ? "good" : "bad"}>{`${words.told(status.outcome ?? "")} · ${at}`}</span>;
  }
  return <>{stop?.stopped === "breakpoint" ? `${words.stoppedHere} · ${at}` : at}</>;
}
