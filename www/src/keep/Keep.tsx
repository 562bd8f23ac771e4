import { useEffect, useRef, useState } from "react";
import { tell } from "../shell/live";
import { useTests } from "../sim/tests";
import { useWords } from "../words/words";
import type { Kind } from "./files";

/** One menu of all that can be kept of what a tab shows. */
export default function Keep({ tab }: { tab: string }) {
  const words = useWords();
  const some = useTests(({ tests }) => tests.length > 0);
  const [open, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const kinds: [Kind, string][] = [
    ["timeline.svg", words.keepAs(words.timeline, "SVG")],
    ["timeline.png", words.keepAs(words.timeline, "PNG")],
    ["ladder.svg", words.keepAs(words.ladder, "SVG")],
    ["ladder.png", words.keepAs(words.ladder, "PNG")],
    ["mmd", words.keepMermaid],
    ["json", words.keepJson],
    ...(tab === "call" || tab === "scenario" ? ([["scenario", words.keepScenario]] as [Kind, string][]) : []),
    ...(some ? ([["junit", words.keepJunit]] as [Kind, string][]) : []),
  ];
  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
  useEffect(() => {
    if (!open) return;
    items()[0]?.focus();
    const away = (event: PointerEvent) => {
      if (!menu.current?.contains(event.target as Node) && !button.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, [open]);

  const shut = () => {
    setOpen(false);
    button.current?.focus();
  };
  const press = (event: React.KeyboardEvent) => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: (at + 1) % all.length, ArrowUp: (at - 1 + all.length) % all.length, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) all[to]?.focus();
    else if (event.key === "Escape") shut();
    else {
      if (event.key === "Tab") setOpen(false);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const choose = (kind: Kind) => {
    shut();
    void import("./files").then(({ keep }) => keep(kind, tab)).catch((error: unknown) => tell(error instanceof Error ? error.message : String(error), "trouble"));
  };
  return (
    <div className="keep">
      <button ref={button} type="button" className="plain" aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}>
        {words.export}
      </button>
      {open && (
        <div ref={menu} className="keep-menu" role="menu" aria-label={words.export} onKeyDown={press}>
          {kinds.map(([kind, label]) => (
            <button key={kind} type="button" role="menuitem" tabIndex={-1} onClick={() => choose(kind)}>
              {label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
