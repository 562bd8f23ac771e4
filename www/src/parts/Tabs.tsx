import { useRef } from "react";
import { turned } from "../words/words";

export interface Tab {
  id: string;
  title: string;
  /** A number beside the title. */
  count?: number;
  tone?: "error" | "warning";
}

interface Props {
  label: string;
  tabs: Tab[];
  chosen: string;
  onChoose(id: string): void;
}

/** One tab stop; arrows go from tab to tab. Panels are `panel-ID`. */
export function Tabs({ label, tabs, chosen, onChoose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const press = (event: React.KeyboardEvent) => {
    const forth = turned() ? -1 : 1;
    const step = { ArrowRight: forth, ArrowLeft: -forth }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = tabs.findIndex(({ id }) => id === chosen);
    const next = (at + step + tabs.length) % tabs.length;
    const tab = tabs[next];
    if (!tab) return;
    onChoose(tab.id);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={press}>
      {tabs.map(({ id, title, count, tone }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`tab-${id}`}
          aria-selected={id === chosen}
          aria-controls={`panel-${id}`}
          tabIndex={id === chosen ? 0 : -1}
          onClick={() => onChoose(id)}
        >
          {title}
          {count !== undefined && count > 0 && <span className={`count ${tone ?? ""}`}>{count}</span>}
        </button>
      ))}
    </div>
  );
}
