import { useMemo, useState } from "react";
import { find, perform } from "../flow/edits";
import { useFlow } from "../flow/flow";
import { Sign, outcome } from "../graph/Step";
import { close } from "../shell/overlay";
import { useWords } from "../words/words";
import { type Item, Picker, rank } from "./Picker";

interface Props {
  node: string;
  port: string | undefined;
}

/** First which outcome, then where it shall lead. */
export default function Connect({ node: id, port: given }: Props) {
  const words = useWords();
  const graph = useFlow(({ graph }) => graph);
  const [port, setPort] = useState(given);
  const [query, setQuery] = useState("");
  const node = find(id);
  const items = useMemo((): Item[] => {
    if (!graph || !node) return [];
    if (port === undefined) {
      return node.ports
        .filter((candidate) => (candidate.open || candidate.to !== undefined) && rank(outcome(node, candidate, words), query) !== undefined)
        .map((candidate) => ({
          id: candidate.name,
          title: outcome(node, candidate, words),
          detail: candidate.to === undefined ? words.told(candidate.default ?? "") : words.isConnected,
          run: () => {
            setPort(candidate.name);
            setQuery("");
          },
        }));
    }
    const to = (target: string, name: string) => {
      close();
      perform({ op: "connect", node: id, port, to: target }, words.connected(name));
    };
    const found: Item[] = graph.groups
      .filter((group) => rank(group.name, query) !== undefined)
      .map((group) => ({ id: `section ${group.name}`, group: words.sections, title: group.name, run: () => to(group.name, port) }));
    for (const other of graph.nodes) {
      if (other.id === id || rank(`${other.verb} ${other.summary} ${other.label ?? ""} ${other.line}`, query) === undefined) continue;
      found.push({
        id: other.id,
        group: words.steps,
        title: other.verb,
        detail: other.summary,
        hint: words.line(other.line),
        sign: <Sign kind={other.category} />,
        run: () => to(other.id, port),
      });
    }
    if (/^(https?:|\/)/.test(query)) found.unshift({ id: "address", title: query, detail: words.address, run: () => to(query, port) });
    return found;
  }, [graph, node, port, query, words]);
  const label = port === undefined ? words.whichOutcome : words.whereTo(node?.ports.find(({ name }) => name === port)?.label ?? port);
  return <Picker key={port ?? ""} label={label} placeholder={label} query={query} onQuery={setQuery} items={items} />;
}
