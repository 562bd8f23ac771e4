import { useEffect, useState } from "react";
import { useCursor } from "../flow/cursor";
import { find } from "../flow/edits";
import { useFlow } from "../flow/flow";
import { useWords } from "../words/words";

/** Where one is, how large it is, whether there is a network: none is needed. */
export function StatusLine() {
  const words = useWords();
  const graph = useFlow(({ graph }) => graph);
  const { node, last, range, group } = useCursor();
  const online = useOnline();
  const reading = useFlow(({ reading }) => reading);
  const place = useFlow(({ text }) => (range === undefined ? undefined : lineOf(text, range.from)));
  const chosen = find(node);
  const ports = graph?.nodes.flatMap((node) => node.ports.filter((port) => !port.aside)) ?? [];
  const led = ports.filter(({ to }) => to !== undefined).length;
  return (
    <footer className="status" aria-label={words.status}>
      <span className="path">
        {chosen?.id ?? (group === undefined ? words.nothingSelected : words.section(group))}
        {last === undefined ? "" : ` … ${last}`}
      </span>
      {place && <span>{words.at(place.line, place.column)}</span>}
      <span className="grow" />
      {reading && <span role="status">{words.reading}</span>}
      {graph && <span>{words.extent(graph.nodes.length, graph.groups.length)}</span>}
      {ports.length > 0 && <span>{words.handled(led, ports.length)}</span>}
      <span title={words.offlineWorks}>{online ? words.online : `${words.offline} ✓`}</span>
    </footer>
  );
}

function lineOf(text: string, at: number): { line: number; column: number } {
  let line = 1;
  let begin = 0;
  for (let next = text.indexOf("\n"); next >= 0 && next < at; next = text.indexOf("\n", next + 1)) {
    line += 1;
    begin = next + 1;
  }
  return { line, column: at - begin + 1 };
}

function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const follow = () => setOnline(navigator.onLine);
    window.addEventListener("online", follow);
    window.addEventListener("offline", follow);
    return () => {
      window.removeEventListener("online", follow);
      window.removeEventListener("offline", follow);
    };
  }, []);
  return online;
}
