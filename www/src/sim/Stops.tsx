import { selectNode } from "../flow/cursor";
import { useFlow } from "../flow/flow";
import { edgeKey } from "../graph/scene";
import { useWords } from "../words/words";
import { type EventType, stopAt, stopNoMoreAt, stopWhen, toggle, useBreakpoints } from "./breakpoints";

/** The engine's names of what may happen, and of what a flow orders. */
const EVENTS = ["ringing", "early-media", "answered", "failed", "ended", "digit", "progress", "media-done", "fetched", "notified"];
const ORDERS = ["ring", "answer", "reject", "originate", "cancel", "hangup", "bridge", "unbridge", "play", "send-digits", "record", "recognize", "detect", "enqueue", "join", "refer", "fetch", "notify"];

/** All that stops the call, in one list. */
export function Stops() {
  const words = useWords();
  const { nodes, edges, events, when, wrong } = useBreakpoints();
  const graph = useFlow(({ graph }) => graph);
  const steps = [...nodes].map((id) => ({ id, node: graph?.nodes.find((node) => node.id === id) }));
  const named = (id: string | undefined) => {
    const node = graph?.nodes.find((node) => node.id === id);
    return node ? `${node.verb} ${node.summary}`.trim() : (id ?? "…");
  };
  const ways = [...edges].map((key) => ({ key, edge: graph?.edges.find((edge) => edgeKey(edge) === key) }));
  const add = (value: string) => {
    const [kind, name] = value.split(" ");
    if (kind && name) stopAt({ kind, name } as EventType);
  };
  const condition = when.trim() !== "";
  return (
    <>
      <h2>{words.stopsAt}</h2>
      <label className="watch">
        <span>{words.stopWhen}</span>
        <input value={when} spellCheck={false} placeholder="vars.tries > 2" aria-invalid={wrong !== undefined} aria-describedby={wrong === undefined ? undefined : "stop-wrong"} onChange={(event) => stopWhen(event.currentTarget.value)} />
      </label>
      {wrong !== undefined && (
        <p id="stop-wrong" className="bad">
          {wrong}
        </p>
      )}
      <select className="stop-at" aria-label={words.stopAtEvent} value="" onChange={(event) => add(event.currentTarget.value)}>
        <option value="">{words.stopAtEvent} …</option>
        <optgroup label={words.whatHappens}>
          {EVENTS.map((name) => (
            <option key={name} value={`event ${name}`}>
              {name}
            </option>
          ))}
        </optgroup>
        <optgroup label={words.whatIsOrdered}>
          {ORDERS.map((name) => (
            <option key={name} value={`command ${name}`}>
              {name}
            </option>
          ))}
        </optgroup>
      </select>
      {steps.length + ways.length + events.length === 0 && !condition && <p className="quiet">{words.breakpointHint}</p>}
      <ul className="stops-list" aria-label={words.allStops}>
        {steps.map(({ id, node }) => (
          <Stop key={id} name={node ? `${node.verb}, ${words.line(node.line)}` : id} onGo={() => selectNode(id, "call")} onRemove={() => toggle("nodes", id)} />
        ))}
        {ways.map(({ key, edge }) => (
          <Stop key={key} name={edge ? `${named(edge.from)} → ${named(edge.to)}` : key} onGo={() => edge && selectNode(edge.from, "call")} onRemove={() => toggle("edges", key)} />
        ))}
        {events.map((event) => (
          <Stop key={`${event.kind} ${event.name}`} name={words.stopEvent(event.kind, event.name)} onRemove={() => stopNoMoreAt(event)} />
        ))}
        {condition && <Stop name={`${words.stopWhen} ${when}`} onRemove={() => stopWhen("")} />}
      </ul>
    </>
  );
}

function Stop({ name, onGo, onRemove }: { name: string; onGo?(): void; onRemove(): void }) {
  const words = useWords();
  return (
    <li>
      <span className="stop" aria-hidden="true">
        ◆
      </span>
      {onGo ? (
        <button type="button" className="plain" onClick={onGo}>
          {name}
        </button>
      ) : (
        <span className="name">{name}</span>
      )}
      <button type="button" className="plain" aria-label={words.removeStop(name)} onClick={onRemove}>
        ×
      </button>
    </li>
  );
}
