import { type PlacedGraph, graph } from "patchcord/slim";
import { useEffect, useMemo, useState } from "react";
import { carry } from "../flow/carry";
import { Surface } from "../graph/Surface";
import { compose } from "../graph/scene";
import { SIZES } from "../graph/sizes";
import type { Callbacks, Difference, Scene, Selection } from "../graph/view";
import { Dialog } from "../parts/Dialog";
import { Tabs } from "../parts/Tabs";
import { useWords } from "../words/words";
import Behaviour from "./Behaviour";
import { Differences } from "./Differences";
import { type Side, Source, useText } from "./Source";

/** Two documents side by side: as text, as graph, and as what calls do in them. */
export default function Compare() {
  const words = useWords();
  const [left, setLeft] = useState<Side>({ of: "opened", text: "", name: "" });
  const [right, setRight] = useState<Side>({ of: "now", text: "", name: "" });
  const before = useText(left);
  const after = useText(right);
  const [tab, setTab] = useState("texts");
  const turn = () => {
    setLeft(right);
    setRight(left);
  };
  return (
    <Dialog label={words.compare} size="wide">
      <div className="compare">
        <div className="sources">
          <Source label={words.before} side={left} onSide={setLeft} />
          <button type="button" className="plain" aria-label={words.turnAround} title={words.turnAround} onClick={turn}>
            ⇄
          </button>
          <Source label={words.after} side={right} onSide={setRight} />
        </div>
        <Tabs
          label={words.compare}
          tabs={[
            { id: "texts", title: words.text },
            { id: "graphs", title: words.graph },
            { id: "behaviour", title: words.behaviour },
          ]}
          chosen={tab}
          onChoose={setTab}
        />
        <div role="tabpanel" id={`panel-${tab}`} aria-labelledby={`tab-${tab}`} className="texts">
          {before === after ? (
            <p className="nothing">{words.equal}</p>
          ) : tab === "texts" ? (
            <Differences before={before} after={after} />
          ) : tab === "graphs" ? (
            <Graphs before={before} after={after} />
          ) : (
            <Behaviour before={before} after={after} open={{ before: left.of === "now", after: right.of === "now" }} />
          )}
        </div>
      </div>
    </Dialog>
  );
}

function Graphs({ before, after }: { before: string; after: string }) {
  const words = useWords();
  const [old, fresh] = useMemo(() => [before, after].map((text) => (text.trim() === "" ? undefined : graph(text, { layout: SIZES }))), [before, after]);
  const [left, right] = useMemo(() => {
    const where = old && fresh ? carry(old, fresh) : new Map<string, string>();
    const back = new Map([...where].map(([from, to]) => [to, from]));
    const node = (graph: PlacedGraph | undefined, id: string | undefined) => graph?.nodes.find((node) => node.id === id);
    const then = (id: string): Difference | undefined => {
      const other = node(fresh, where.get(id));
      return other === undefined ? "removed" : other.print !== node(old, id)?.print ? "changed" : undefined;
    };
    const oldOrder = order(old, (id) => (where.has(id) ? id : undefined));
    const newOrder = order(fresh, (id) => back.get(id));
    const now = (id: string): Difference | undefined => {
      const from = back.get(id);
      const other = node(old, from);
      if (from === undefined || other === undefined) return "added";
      if (other.print !== node(fresh, id)?.print) return "changed";
      return oldOrder.get(from) === newOrder.get(from) ? undefined : "moved";
    };
    return [scene(old, then), scene(fresh, now)];
  }, [old, fresh]);
  return (
    <div className="graphs">
      {[
        { name: words.before, scene: left },
        { name: words.after, scene: right },
      ].map(({ name, scene }) => (
        <figure key={name}>
          <figcaption>{name}</figcaption>
          <Picture scene={scene} />
        </figure>
      ))}
    </div>
  );
}

/** The place of each step that stayed, among those of its list that stayed, by its old id. */
function order(graph: PlacedGraph | undefined, name: (id: string) => string | undefined): Map<string, string> {
  const counts = new Map<string, number>();
  const found = new Map<string, string>();
  for (const node of graph?.nodes ?? []) {
    const known = name(node.id);
    if (known === undefined) continue;
    const list = `${graph?.groups[node.group]?.name} ${node.owner === undefined ? "" : name(node.owner)} ${node.owner_port ?? ""}`;
    const at = counts.get(list) ?? 0;
    counts.set(list, at + 1);
    found.set(known, `${list} ${at}`);
  }
  return found;
}

function Picture({ scene }: { scene: Scene }) {
  const [handle, setHandle] = useState<{ fit(): void } | null>(null);
  useEffect(() => {
    const later = window.setTimeout(() => handle?.fit(), 60);
    return () => window.clearTimeout(later);
  }, [handle, scene]);
  return <Surface ref={setHandle} still scene={scene} selection={NONE} {...STILL} />;
}

function scene(graph: PlacedGraph | undefined, difference: (id: string) => Difference | undefined): Scene {
  if (!graph) return { nodes: [], edges: [], groups: [], width: 0, height: 0 };
  const made = compose(graph, { collapsed: new Set(), places: new Map() }, { nodes: new Map() }, undefined);
  return { ...made, nodes: made.nodes.map((node) => ({ ...node, difference: difference(node.id) })) };
}

const NONE: Selection = { nodes: new Set(), edge: undefined, group: undefined };
const nothing = () => {};
const STILL: Callbacks = {
  onNode: nothing,
  onEdge: nothing,
  onGroup: nothing,
  onNothing: nothing,
  onOpen: nothing,
  onInsert: nothing,
  onCollapse: nothing,
  onConnect: nothing,
  onConnectAsk: nothing,
  onPlace: nothing,
  onDrop: nothing,
};
