import { useState } from "react";
import { Dialog } from "../parts/Dialog";
import { COMMANDS, type Command, allowed } from "../shell/commands";
import { assign, conflicts, keysOf, reset, resetAll, useKeymap } from "../shell/keymap";
import { name, shown } from "../shell/keys";
import { tell } from "../shell/live";
import { useWords } from "../words/words";
import { rank } from "./Picker";

/** Parts of keys, and what leaves. */
const NEVER = new Set(["Escape", "Control", "Meta", "Shift", "Alt", "AltGraph", "CapsLock", "Dead", "Unidentified"]);

/** Every command with its key, which may be another one. */
export default function Keys() {
  const words = useWords();
  const { chosen } = useKeymap();
  const [filter, setFilter] = useState("");
  const [waits, setWaits] = useState<string>();
  const groups = [
    { where: "page", title: words.everywhere },
    { where: "steps", title: words.inGraphAndOutline },
    { where: "graph", title: words.inGraph },
  ] as const;
  const heard = (command: Command, event: React.KeyboardEvent) => {
    const key = name(event);
    if (key === "Tab" || key === "Shift+Tab") {
      setWaits(undefined);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") setWaits(undefined);
    if (NEVER.has(event.key)) return;
    assign(command.id, [key]);
    setWaits(undefined);
    const others = conflicts(command);
    if (others.length > 0) tell(words.alsoDoes(shown(key), others.map(({ title }) => title(words)).join(", ")), "trouble");
    else tell(words.keyIs(shown(key), command.title(words)));
  };
  return (
    <Dialog label={words.changeKeys} size="wide">
      <div className="keymap">
        <div className="top">
          <input type="text" aria-label={words.filter} placeholder={words.filter} value={filter} onInput={(event) => setFilter(event.currentTarget.value)} />
          <p className="quiet">{words.keysSay}</p>
          <button
            type="button"
            disabled={Object.keys(chosen).length === 0}
            onClick={() => {
              resetAll();
              tell(words.keysReset);
            }}
          >
            {words.resetKeys}
          </button>
        </div>
        <div className="list" role="region" aria-label={words.changeKeys} tabIndex={0}>
          {groups.map(({ where, title }) => {
            const commands = COMMANDS.filter((command) => command.where === where && allowed(command) && rank(command.title(words), filter.trim()) !== undefined);
            if (commands.length === 0) return null;
            return (
              <section key={where}>
                <h3>{title}</h3>
                <ul>
                  {commands.map((command) => (
                    <Row key={command.id} command={command} waits={waits === command.id} onWait={setWaits} onKey={heard} />
                  ))}
                </ul>
              </section>
            );
          })}
        </div>
      </div>
    </Dialog>
  );
}

interface RowProps {
  command: Command;
  /** The next key is for it. */
  waits: boolean;
  onWait(id: string | undefined): void;
  onKey(command: Command, event: React.KeyboardEvent): void;
}

function Row({ command, waits, onWait, onKey }: RowProps) {
  const words = useWords();
  const keys = keysOf(command);
  const own = useKeymap(({ chosen }) => command.id in chosen);
  const title = command.title(words);
  const others = keys.length > 0 ? conflicts(command) : [];
  return (
    <li className={own ? "own" : ""}>
      <span className="what">
        {title}
        {others.length > 0 && (
          <small className="warn">
            ▲ {words.alsoDoes(keys.map(shown).join(", "), others.map((other) => other.title(words)).join(", "))}
          </small>
        )}
      </span>
      <span className="now">{keys.length > 0 ? keys.map((key) => <kbd key={key}>{shown(key)}</kbd>) : <span className="quiet">{words.noKey}</span>}</span>
      <button
        type="button"
        aria-pressed={waits}
        aria-label={waits ? words.pressKey : words.changeKey(title)}
        onClick={() => onWait(waits ? undefined : command.id)}
        onKeyDown={(event) => waits && onKey(command, event)}
        onBlur={() => waits && onWait(undefined)}
      >
        {waits ? words.pressKey : words.changeOne}
      </button>
      <button type="button" className="plain" disabled={keys.length === 0} aria-label={words.removeKey(title)} title={words.removeKey(title)} onClick={() => assign(command.id, [])}>
        ×
      </button>
      <button type="button" className="plain" disabled={!own} aria-label={words.resetKey(title)} title={words.resetKey(title)} onClick={() => reset(command.id)}>
        ↺
      </button>
    </li>
  );
}
