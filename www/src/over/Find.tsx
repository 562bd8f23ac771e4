import { useEffect, useMemo, useRef, useState } from "react";
import { selectRange } from "../flow/cursor";
import { useFlow } from "../flow/flow";
import { Sign } from "../graph/Step";
import { show } from "../graph/found";
import { select } from "../shell/actions";
import { taken } from "../shell/ahead";
import { say } from "../shell/live";
import { close } from "../shell/overlay";
import { useWords } from "../words/words";
import { FILTERS, lines, search } from "./search";
import { useWalked } from "./walked";

/** More results are not looked through by anybody. */
const MOST = 200;

/** Looks for steps and lines; what is found is shown in the graph while one looks. */
export default function Find() {
  const words = useWords();
  const [query, setQuery] = useState("");
  const graph = useFlow(({ graph }) => graph);
  // At once: Enter goes to what was found for what is written, however soon it follows.
  const wanted = query.trim();
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const nodes = useMemo(() => (wanted === "" ? [] : search(wanted)), [wanted, graph]);
  const [at, walk] = useWalked(nodes, -1);
  const results = useMemo(
    () => [
      ...nodes.slice(0, MOST).map((node) => ({ key: node.id, kind: node.category, title: node.verb, detail: node.summary, line: node.line, go: () => select(node.id) })),
      ...lines(wanted, nodes, MOST).map(({ line, text, range }) => ({ key: `line ${line}`, kind: undefined, title: text, detail: "", line, go: () => selectRange(range, "palette") })),
    ],
    [nodes, wanted],
  );
  const count = nodes.length + results.filter(({ kind }) => kind === undefined).length;
  useEffect(() => {
    setQuery(taken());
    field.current?.focus();
  }, []);
  useEffect(() => {
    show(new Set(nodes.map(({ id }) => id)));
    if (wanted !== "") say(words.foundCount(count));
  }, [nodes]);
  useEffect(() => () => show(new Set()), []);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [at]);
  const go = (to: number) => {
    if (results.length === 0) return;
    const next = (to + results.length) % results.length;
    walk(next);
    results[next]?.go();
  };
  const press = (event: React.KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      go(at < 0 && step < 0 ? -1 : at + step);
    }
  };
  const filter = (name: string) => {
    setQuery((query) => (query.split(/\s+/).includes(name) ? query.replace(name, "").trim() : `${query.trim()} ${name}`.trim()));
    field.current?.focus();
  };
  return (
    <section
      className="finder"
      aria-label={words.search}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        close();
      }}
    >
      <div className="field">
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-expanded={results.length > 0}
          aria-controls="finder-list"
          aria-autocomplete="list"
          aria-label={words.search}
          {...(at >= 0 ? { "aria-activedescendant": `found-${at}` } : {})}
          placeholder={words.searchHint}
          value={query}
          autoComplete="off"
          spellCheck={false}
          onInput={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={press}
        />
        <span className="many">{wanted === "" ? "" : at >= 0 ? `${at + 1}/${count}` : count}</span>
        <button type="button" className="plain" disabled={results.length === 0} aria-label={words.previousFound} title={`${words.previousFound} (⇧ ⏎)`} onClick={() => go(at < 0 ? -1 : at - 1)}>
          ↑
        </button>
        <button type="button" className="plain" disabled={results.length === 0} aria-label={words.nextFound} title={`${words.nextFound} (⏎)`} onClick={() => go(at + 1)}>
          ↓
        </button>
        <button type="button" className="plain" aria-label={words.close} onClick={close}>
          ×
        </button>
      </div>
      <div className="filters" role="group" aria-label={words.filter}>
        {FILTERS.map((name) => (
          <button key={name} type="button" aria-pressed={query.split(/\s+/).includes(name)} onClick={() => filter(name)}>
            {name}
          </button>
        ))}
      </div>
      {results.length > 0 ? (
        <ul id="finder-list" role="listbox" aria-label={words.search} ref={list} tabIndex={-1}>
          {results.map(({ key, kind, title, detail, line, go: _go }, index) => (
            <li key={key} role="option" id={`found-${index}`} aria-selected={index === at} onClick={() => go(index)}>
              {kind === undefined ? <span className="text" aria-hidden="true">¶</span> : <Sign kind={kind} />}
              <span className="title">{title}</span>
              <span className="detail">{detail}</span>
              <span className="place">{words.line(line)}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p id="finder-list" className="quiet">
          {wanted === "" ? words.searchSays : words.nothingFound}
        </p>
      )}
    </section>
  );
}
