import type { GraphNode } from "patchcord/slim";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { extendTo, selectGroup, selectNode, useCursor } from "../flow/cursor";
import { perform } from "../flow/edits";
import { useFlow } from "../flow/flow";
import { useReadonly } from "../flow/place";
import { Sign, rest } from "../graph/Step";
import { collapse, usePlacing } from "../graph/placing";
import { type Marks, marks, worse } from "../graph/scene";
import { turned, useWords } from "../words/words";
import { chosen, enter } from "./actions";
import { useHint } from "./hint";
import { outline as keys } from "./keys";
import { open } from "./overlay";

interface Row {
  key: string;
  level: number;
  group: string;
  node: GraphNode | undefined;
  /** Of an outcome of a step: its label. */
  port: string | undefined;
  first: boolean;
}

/** Everything in the graph as a tree: an alternative to it, not an extract. */
export default function Outline() {
  const words = useWords();
  const hint = useHint();
  const readonly = useReadonly();
  const graph = useFlow(({ graph }) => graph);
  const reports = useFlow(({ reports }) => reports);
  const collapsed = usePlacing(({ collapsed }) => collapsed);
  const { node: chosenNode, group: chosenGroup } = useCursor();
  const [filter, setFilter] = useState("");
  const wanted = useDeferredValue(filter.trim().toLowerCase());
  const list = useRef<HTMLDivElement>(null);
  const marked = useMemo((): Marks => (graph ? marks(graph, reports, useFlow.getState().text) : { nodes: new Map() }), [graph, reports]);

  const rows = useMemo((): Row[] => {
    if (!graph) return [];
    const found: Row[] = [];
    const levels = new Map<string, number>();
    const seenPorts = new Set<string>();
    graph.groups.forEach((group, index) => {
      const members = graph.nodes.filter((node) => node.group === index);
      const fits = (node: GraphNode) => wanted === "" || `${node.verb} ${node.summary}`.toLowerCase().includes(wanted);
      if (wanted !== "" && !group.name.toLowerCase().includes(wanted) && !members.some(fits)) return;
      found.push({ key: `section ${group.name}`, level: 1, group: group.name, node: undefined, port: undefined, first: false });
      if (collapsed.has(group.name) && wanted === "") return;
      for (const node of members) {
        const level = (node.owner === undefined ? 1 : (levels.get(node.owner) ?? 1)) + 1;
        levels.set(node.id, level);
        if (!fits(node)) continue;
        const way = `${node.owner ?? ""} ${node.owner_port ?? ""}`;
        const first = node.owner !== undefined && !seenPorts.has(way);
        seenPorts.add(way);
        const owner = first ? graph.nodes.find(({ id }) => id === node.owner) : undefined;
        const port = owner?.ports.find(({ name }) => name === node.owner_port)?.label ?? (first ? node.owner_port : undefined);
        found.push({ key: node.id, level, group: group.name, node, port, first });
      }
    });
    return found;
  }, [graph, collapsed, wanted]);

  const at = rows.findIndex((row) => (row.node ? row.node.id === chosenNode : row.group === chosenGroup));
  const reachable = at < 0 ? 0 : at;
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosenNode, chosenGroup]);

  const pick = (row: Row, extend: boolean) => {
    if (row.node && extend) extendTo(row.node.id, "outline");
    else if (row.node) selectNode(row.node.id, "outline");
    else selectGroup(row.group, "outline");
  };
  const to = (index: number, extend = false) => {
    const row = rows[index];
    if (!row) return;
    pick(row, extend);
    list.current?.querySelectorAll<HTMLElement>("[role=treeitem]")[index]?.focus();
  };
  const press = (event: React.KeyboardEvent) => {
    const row = rows[reachable];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const [inwards, outwards] = turned() ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
    const plain = !event.altKey && !event.ctrlKey && !event.metaKey;
    if (step !== undefined && plain) {
      event.preventDefault();
      to(Math.min(Math.max(reachable + step, 0), rows.length - 1), event.shiftKey);
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      to(event.key === "Home" ? 0 : rows.length - 1);
    } else if (event.key === inwards && row) {
      event.preventDefault();
      if (!row.node && collapsed.has(row.group)) collapse(row.group);
      else if ((rows[reachable + 1]?.level ?? 0) > row.level) to(reachable + 1);
    } else if (event.key === outwards && row) {
      event.preventDefault();
      if (!row.node && !collapsed.has(row.group)) collapse(row.group);
      else to(rows.findLastIndex((other, index) => index < reachable && other.level < row.level));
    } else if (event.key === "Enter" && row?.node) {
      event.preventDefault();
      enter();
    } else keys(event);
  };

  const [drop, setDrop] = useState<{ key: string; after: boolean }>();
  const dropOn = (row: Row, after: boolean) => {
    setDrop(undefined);
    const [moving] = chosen();
    if (!moving || row.node?.id === moving.id) return;
    if (row.node) perform({ op: "move", node: moving.id, ...(after ? { after: row.node.id } : { before: row.node.id }) }, words.moved(moving.verb), "new");
    else perform({ op: "move", node: moving.id, section: row.group }, words.moved(moving.verb), "new");
  };

  return (
    <nav className="outline" id="outline" data-pane="outline" aria-label={words.outline}>
      <div className="filter">
        <input type="search" value={filter} placeholder={words.filter} aria-label={words.filter} onInput={(event) => setFilter(event.currentTarget.value)} />
        {!readonly && <button
          type="button"
          aria-label={words.addStep}
          title={hint(words.addStep, "addStep")}
          disabled={!graph}
          onClick={() => {
            const row = rows[reachable];
            if (row) open({ kind: "insert", spot: row.node ? { at: "after", node: row.node.id } : { at: "section", section: row.group } });
          }}
        >
          +
        </button>}
      </div>
      {rows.length > 0 && (
        <div role="tree" aria-label={words.outline} aria-multiselectable="true" ref={list} onKeyDown={press}>
          {rows.map((row, index) => {
            const mark = row.node ? marked.nodes.get(row.node.id) : undefined;
            const worst = row.node ? mark?.worst : sectionWorst(row.group, graph, marked);
            return (
              <div
                key={row.key}
                role="treeitem"
                className={`row ${row.node ? "" : "group"} ${row.node?.unreachable ? "unreachable" : ""} ${drop?.key === row.key ? (drop.after ? "drop-after" : "drop-before") : ""}`}
                aria-level={row.level}
                aria-selected={index === at}
                {...(row.node ? {} : { "aria-expanded": !collapsed.has(row.group) || wanted !== "" })}
                tabIndex={index === reachable ? 0 : -1}
                style={{ paddingInlineStart: 8 + (row.level - 1) * 12 }}
                onClick={(event) => pick(row, event.shiftKey)}
                onDoubleClick={() => row.node && enter()}
                draggable={row.node !== undefined && !readonly}
                onDragStart={() => row.node && selectNode(row.node.id, "outline")}
                onDragOver={(event) => {
                  event.preventDefault();
                  const box = event.currentTarget.getBoundingClientRect();
                  const after = event.clientY > box.top + box.height / 2;
                  if (drop?.key !== row.key || drop.after !== after) setDrop({ key: row.key, after });
                }}
                onDragEnd={() => setDrop(undefined)}
                onDrop={(event) => {
                  event.preventDefault();
                  dropOn(row, drop?.after ?? true);
                }}
              >
                <span className="inner">
                {row.node ? (
                  <>
                    <Sign kind={row.node.category} />
                    {row.port && <span className="port">{row.port}</span>}
                    <span className="verb">{row.node.verb}</span>
                    <span className="summary">{row.node.summary}</span>
                  </>
                ) : (
                  <>
                    <svg
                      viewBox="0 0 16 16"
                      width="11"
                      height="11"
                      aria-hidden="true"
                      onClick={(event) => {
                        event.stopPropagation();
                        collapse(row.group);
                      }}
                    >
                      <path d={collapsed.has(row.group) ? "M6 3l5 5-5 5" : "M3 6l5 5 5-5"} />
                    </svg>
                    <span className="verb">{row.group}</span>
                  </>
                )}
                {worst && <span className={`badge ${worst}`} aria-hidden="true">{worst === "error" ? "●" : worst === "warning" ? "▲" : "◆"}</span>}
                <span className="unseen">{row.node ? rest(row.node, mark?.count ?? 0, words) : words.sectionWord}</span>
                {row.node && (
                  <span className="line" aria-hidden="true">
                    {row.node.line}
                  </span>
                )}
                </span>
              </div>
            );
          })}
        </div>
      )}
    </nav>
  );
}

function sectionWorst(name: string, graph: ReturnType<typeof useFlow.getState>["graph"], { nodes }: Marks) {
  const index = graph?.groups.findIndex((group) => group.name === name);
  let worst: ReturnType<typeof worse> | undefined;
  for (const node of graph?.nodes ?? []) {
    const mark = node.group === index ? nodes.get(node.id) : undefined;
    if (mark) worst = worse(worst, mark.worst);
  }
  return worst;
}
