import { type ReactNode, useEffect, useRef } from "react";
import { Dialog } from "../parts/Dialog";
import { taken } from "../shell/ahead";
import { useWords } from "../words/words";
import { useWalked } from "./walked";

export interface Item {
  id: string;
  title: string;
  detail?: string;
  /** At the right: a key, a place. */
  hint?: string;
  sign?: ReactNode;
  group?: string;
  /** It can be chosen, but does not run here. */
  dim?: boolean;
  run(): void;
}

interface Props {
  label: string;
  placeholder: string;
  query: string;
  onQuery(query: string): void;
  items: Item[];
  /** What the first letters mean. */
  foot?: ReactNode;
}

/** A field and a list below it: letters narrow the list, arrows walk it, Enter takes. */
export function Picker({ label, placeholder, query, onQuery, items, foot }: Props) {
  const words = useWords();
  const [at, walk] = useWalked(query, 0);
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const early = taken();
    if (early !== "") onQuery(query + early);
    field.current?.focus();
    field.current?.setSelectionRange(query.length, query.length);
  }, []);
  const current = Math.min(at, items.length - 1);
  const chosen = items[current];
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [at, query]);
  const press = (event: React.KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const many = Math.max(items.length, 1);
      walk(Math.abs(step) === 1 ? (at + step + many) % many : Math.min(Math.max(at + step, 0), many - 1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      chosen?.run();
    }
  };
  return (
    <Dialog label={label} size="top" bare>
      <div className="picker">
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls="picker-list"
          aria-autocomplete="list"
          aria-label={label}
          {...(chosen ? { "aria-activedescendant": `pick-${current}` } : {})}
          placeholder={placeholder}
          value={query}
          autoComplete="off"
          spellCheck={false}
          onInput={(event) => onQuery(event.currentTarget.value)}
          onKeyDown={press}
        />
        {items.length > 0 && (
          <div role="listbox" id="picker-list" aria-label={label} ref={list} tabIndex={-1}>
            {items.map((item, index) => (
              <div key={item.id} role="presentation">
                {item.group !== undefined && item.group !== items[index - 1]?.group && (
                  <div className="heading" role="presentation">
                    {item.group}
                  </div>
                )}
                <div
                  role="option"
                  id={`pick-${index}`}
                  aria-selected={index === current}
                  className={`item ${item.dim ? "dim" : ""}`}
                  onPointerMove={() => index !== at && walk(index)}
                  onClick={() => item.run()}
                >
                  {item.sign}
                  <span className="title">{item.title}</span>
                  {item.detail && <span className="detail">{item.detail}</span>}
                  {item.hint && <span className="place">{item.hint}</span>}
                </div>
              </div>
            ))}
          </div>
        )}
        {items.length === 0 && (
          <p className="nothing" id="picker-list">
            {words.nothingFound}
          </p>
        )}
        {foot && <footer>{foot}</footer>}
      </div>
    </Dialog>
  );
}

/** Whether the letters of a query stand in a text, in this order; better matches are smaller. */
export function rank(text: string, query: string): number | undefined {
  if (query === "") return 0;
  const low = text.toLowerCase();
  const wanted = query.toLowerCase();
  const at = low.indexOf(wanted);
  if (at === 0) return 0;
  if (at > 0) return /[^a-z]/.test(low[at - 1] ?? "") ? 1 : 2;
  let from = 0;
  for (const letter of wanted) {
    const next = low.indexOf(letter, from);
    if (next < 0) return undefined;
    from = next + 1;
  }
  return 3 + (from - wanted.length) / 100;
}
