import type { GraphNode, GraphPort, GraphRows, StepCategory } from "patchcord/slim";
import { memo } from "react";
import { useBreakpoints } from "../sim/breakpoints";
import { useCall } from "../sim/call";
import { useCrosshair } from "../sim/crosshair";
import { useTests } from "../sim/tests";
import { useWords } from "../words/words";
import { SIGNS } from "./kind";
import { SIZES } from "./sizes";
import { useFound } from "./found";
import { Tokens } from "./Tokens";
import { useTrail } from "./trail";
import type { Point } from "./gestures";
import type { SceneNode } from "./view";

interface Props {
  scene: SceneNode;
  /** A picture: no call goes through it. */
  still: boolean;
  selected: boolean;
  /** How far it is dragged away from its place. */
  by: Point | undefined;
}

export function Sign({ kind }: { kind: StepCategory }) {
  return (
    <span className={`sign is-${kind}`} aria-hidden="true">
      <svg viewBox="0 0 16 16" width="14" height="14">
        <path d={SIGNS[kind]} />
      </svg>
    </span>
  );
}

const MARKS = { error: "●", warning: "▲", hint: "◆" } as const;

/** A step as it can be read: sign, verb, summary, line, whom it dials, how it may end. */
export const Step = memo(function Step({ scene, still, selected, by }: Props) {
  const words = useWords();
  const { node, x, y, width, height } = scene;
  const here = useCall(({ current }) => !still && current === node.id);
  const crossed = useCrosshair(({ node: at }) => !still && at === node.id);
  const visits = useCall(({ visits }) => (still ? 0 : (visits.get(node.id) ?? 0)));
  const stops = useBreakpoints(({ nodes }) => !still && nodes.has(node.id));
  const covered = useTests(({ coverage, shown }) => (shown && !still ? coverage?.nodes.find(({ id }) => id === node.id) : undefined));
  const found = useFound(({ nodes }) => !still && nodes.has(node.id));
  const next = useTrail(({ next }) => !still && next.has(node.id));
  const broken = node.kind === "error";
  const classes = ["step", selected && "selected", broken && "broken", node.unreachable && "unreachable", scene.stale && "stale", scene.worst && `has-${scene.worst}`, scene.difference && `is-${scene.difference}`, here && "here", crossed && "crossed", visits > 0 && "visited", stops && "stops", found && "found", covered && (covered.count > 0 ? "covered" : "uncovered")].filter(Boolean);
  return (
    <div
      className={classes.join(" ")}
      role="group"
      aria-label={spoken(node, scene.problems, words)}
      data-step={node.id}
      style={{ width, height, transform: `translate(${x + (by?.x ?? 0)}px, ${y + (by?.y ?? 0)}px)` }}
    >
      {!still && <Tokens node={node.id} here={here} />}
      <div className="head" style={{ height: SIZES.height - 2 }}>
        <Sign kind={node.category} />
        <span className="name">
          <span className="verb">
            {node.verb || words.unreadable}
            {node.rows && node.rows.targets.length > 1 && <Order rows={node.rows} />}
          </span>
          <span className="summary">{(broken && node.verb ? words.unreadable : node.summary) || (node.unreachable ? words.unreachable : " ")}</span>
        </span>
        <span className="meta">
          {scene.worst && (
            <span className={`badge ${scene.worst}`} title={node.problem ?? words.problems(scene.problems)}>
              {MARKS[scene.worst]}
              {scene.problems > 1 ? scene.problems : ""}
            </span>
          )}
          {scene.difference && <span className="difference">{words.difference(scene.difference)}</span>}
          {visits > 1 && (
            <span className="visits" title={words.visited(visits)}>
              {visits}×
            </span>
          )}
          {stops && (
            <span className="stop" title={words.breakpointOn}>
              ◆
            </span>
          )}
          {found && (
            <span className="found-sign" title={words.isFound}>
              <svg viewBox="0 0 16 16" width="11" height="11" aria-hidden="true">
                <path d="M7 2.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9M10.500 10.500 14 14" />
              </svg>
            </span>
          )}
          <span className="line">{node.line}</span>
        </span>
      </div>
      {node.rows?.targets.map((target, index) => (
        <div key={index} className="target" style={{ height: SIZES.row }}>
          <span className="turn">{node.rows?.targets.length === 1 ? "→" : node.rows?.order === "parallel" ? "∥" : target.turn + 1}</span>
          <span className="to" title={target.to}>
            {target.to.replace(/^sips?:/, "")}
          </span>
          {target.timeout && <span className="timeout">{/^\d/.test(target.timeout) ? `${target.timeout} s` : target.timeout}</span>}
        </div>
      ))}
      {node.ports.map((port) => (
        <Port key={port.name} port={port} label={outcome(node, port, words)} next={next && !port.aside} count={covered?.ports.find(({ name }) => name === port.name)?.count} />
      ))}
    </div>
  );
});

/** `next`: the call may end the step so. `count`: how often the tests went through it, when that is shown. */
function Port({ port, label, next, count }: { port: GraphPort; label: string; next: boolean; count: number | undefined }) {
  const words = useWords();
  const to = port.to === undefined ? (port.default === undefined ? words.leadsNowhere : words.told(port.default)) : words.isConnected;
  return (
    <div className={`port ${port.to === undefined ? "hollow" : "full"} ${port.aside ? "aside" : ""} ${next ? "next" : ""} ${count === undefined ? "" : count > 0 ? "covered" : "uncovered"}`} style={{ height: SIZES.row }} title={`${label}: ${to}${next ? `, ${words.mayComeNext}` : ""}`}>
      <span className="label">{label}</span>
      {count !== undefined && <span className="count">{count > 0 ? `✓ ${count}` : "–"}</span>}
      <i className="handle" data-port={port.name} />
    </div>
  );
}

/** How those who are dialled are dialled. */
function Order({ rows }: { rows: GraphRows }) {
  const words = useWords();
  const paths = {
    parallel: "M2 4h10M2 8h10M2 12h10M10 2l2.500 2L10 6M10 6l2.500 2L10 10M10 10l2.500 2L10 14",
    sequential: "M2 8h11M4.500 5v6M8 5v6M10.500 5.500 13 8l-2.500 2.500",
    "serial-parallel": "M2 5h4M2 11h4M8 3v10M10 8h4M12 6l2 2-2 2",
  } as const;
  return (
    <span className="order" title={words.dialOrder(rows.order)}>
      <svg viewBox="0 0 16 16" width="13" height="13" aria-hidden="true">
        <path d={paths[rows.order]} />
      </svg>
      {rows.targets.length}
    </span>
  );
}

/** An outcome in the language of the page; what the platform or the author calls so stays as it is. */
export const outcome = (node: GraphNode, port: GraphPort, words: ReturnType<typeof useWords>): string =>
  node.rows !== undefined || port.label !== port.name ? words.told(port.label) : port.label;

/** The name of a step for those who hear the page. */
export function spoken(node: GraphNode, problems: number, words: ReturnType<typeof useWords>): string {
  return [node.kind === "error" ? words.unreadable : node.verb, node.summary, rest(node, problems, words)].filter(Boolean).join(", ");
}

/** What of it is not read from its verb and its summary. */
export function rest(node: GraphNode, problems: number, words: ReturnType<typeof useWords>): string {
  const named = (port: GraphPort) => `${outcome(node, port, words)}${port.to === undefined && port.default ? ` (${words.told(port.default)})` : ""}`;
  const outcomes = node.ports.filter((port) => !port.aside).map(named);
  return [
    words.line(node.line),
    outcomes.length > 0 ? words.outcomes(outcomes.join(", ")) : "",
    node.unreachable ? words.unreachable : "",
    problems > 0 ? words.problems(problems) : "",
  ]
    .filter(Boolean)
    .join(", ");
}
