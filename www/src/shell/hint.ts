/** What tooltips say of keys. */
import { COMMANDS } from "./commands";
import { keysOf, useKeymap } from "./keymap";
import { shown } from "./keys";

/** For tooltips: what a button does, and the key that does it now, if any. */
export function useHint(): (title: string, id: string) => string {
  useKeymap();
  return (title, id) => {
    const command = COMMANDS.find((command) => command.id === id);
    const [key] = command ? keysOf(command) : [];
    return key === undefined ? title : `${title} (${shown(key)})`;
  };
}
