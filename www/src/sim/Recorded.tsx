import { Positions } from "patchcord/slim";
import { useEffect, useMemo, useState } from "react";
import { nodeAt, selectTime } from "../flow/cursor";
import { useFlow } from "../flow/flow";
import { useHint } from "../shell/hint";
import { does } from "../shell/keys";
import { useWords } from "../words/words";
import { LadderView } from "./Ladder";
import { Payload } from "./Payload";
import { Timeline } from "./Timeline";
import { Values } from "./Values";
import type { Seen } from "./legs";
import { clock, ladder as ladderOf, variables } from "./rows";
import { useSelection } from "./selection";
import { stepBegan } from "./values";

interface Props {
  call: Seen;
  /** The call goes on: its end stays in view. */
  live: boolean;
  /** The document of the call is the one that is open. */
  linked: boolean;
}

/** A call that really happened, or happens: looked at, stepped through, never changed. */
export function Recorded({ call, live, linked }: Props) {
  const words = useWords();
  const hint = useHint();
  const flow = useFlow(({ text }) => text);
  const graph = useFlow(({ graph }) => graph);
  const ladder = useMemo(() => ladderOf(call), [call, words]);
  const rows = ladder.rows.length;
  const [shown, setShown] = useState<number>();
  const [{ selected, other }, setSelected] = useSelection();
  const count = live ? rows : Math.min(shown ?? rows, rows);

  useEffect(() => {
    if (live) setShown(undefined);
  }, [live]);

  const text = useMemo(() => new Positions(flow), [flow]);
  const nodes = useMemo(
    () => call.trace.map(({ span }) => (linked && graph && span?.document === 0 ? nodeAt(graph, text.ofPlace(span).from)?.id : undefined)),
    [call, linked, graph, text],
  );

  const select = (event: number | undefined, how: "one" | "both" | "follow" = "one") => {
    setSelected(event, how === "both");
    if (how === "follow") return;
    // The ladder begins with the INVITE, which is no event.
    const row = event === undefined ? undefined : ladder.rows[event + 1];
    const place = linked && row?.place?.document === 0 ? row.place : undefined;
    selectTime(row?.at, place && text.ofPlace(place));
  };
  const show = (next: number) => {
    const kept = Math.min(Math.max(next, 0), rows);
    setShown(kept);
    select(kept > 1 ? kept - 2 : undefined);
  };
  const press = (event: React.KeyboardEvent) => {
    const by = does(event, "stepCall") ? 1 : does(event, "stepBack") ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    show(count + by);
  };
  const now = ladder.rows[count - 1]?.at ?? 0;
  const begun = stepBegan(ladder.rows.slice(0, count).map(({ place, entry }) => ({ entry, node: place && String(place.start) })));
  return (
    <div className="recorded" onKeyDown={press}>
      <div className="controls" role="toolbar" aria-label={words.call}>
        <button type="button" disabled={count === 0} onClick={() => show(0)} aria-label={words.reset} title={words.reset}>
          |◀
        </button>
        <button type="button" disabled={count === 0} onClick={() => show(count - 1)} title={hint(words.back, "stepBack")}>
          ◀ {words.back}
        </button>
        <button type="button" disabled={count >= rows} onClick={() => show(count + 1)} title={hint(words.step, "stepCall")}>
          {words.step} ▶
        </button>
        <span className="outcome" role="status">
          {live ? words.callGoesOn : `${call.outcome === undefined ? words.notOver : words.told(call.outcome)} · ${clock(ladder.end)}`}
        </span>
      </div>
      <div className="views">
        <div className="left">
          <Timeline call={call} end={ladder.end} now={now} position={Math.max(count - 1, 0)} nodes={nodes} onPosition={(position) => show(position + 1)} onEvent={(event) => select(Math.max(event, 0))} />
          <div className="below">
            <section aria-label={words.variables}>
              <Values now={Object.fromEntries(variables(ladder.rows, count))} before={Object.fromEntries(variables(ladder.rows, begun))} />
            </section>
            <section aria-label={words.details}>
              <h2>{words.details}</h2>
              <Payload trace={call.trace} selected={selected} other={other} />
            </section>
          </div>
        </div>
        <LadderView call={call} happened={count - 1} selected={selected} other={other} nodes={nodes} onSelect={select} />
      </div>
    </div>
  );
}
