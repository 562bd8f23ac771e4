/** Which step of a new graph is which of the old one: ids are paths and change with what stands before. */
import type { Graph } from "patchcord/slim";

export function carry(before: Graph, after: Graph): Map<string, string> {
  const found = new Map<string, string>();
  const taken = new Set<string>();
  const prints = new Map(before.nodes.map((node) => [node.id, node.print]));
  const pair = (from: string, to: string) => {
    if (found.has(from) || taken.has(to)) return;
    found.set(from, to);
    taken.add(to);
  };
  for (const node of after.nodes) if (prints.get(node.id) === node.print) pair(node.id, node.id);
  // What only moved has the same text; of equal ones the first stays the first.
  const moved = new Map<number, string[]>();
  for (const node of after.nodes) {
    if (taken.has(node.id)) continue;
    const same = moved.get(node.print);
    if (same) same.push(node.id);
    else moved.set(node.print, [node.id]);
  }
  for (const node of before.nodes) {
    if (found.has(node.id)) continue;
    const to = moved.get(node.print)?.shift();
    if (to !== undefined) pair(node.id, to);
  }
  // What was edited in place has the same path and verb.
  const verbs = new Map(before.nodes.map((node) => [node.id, node.verb]));
  for (const node of after.nodes) if (verbs.get(node.id) === node.verb) pair(node.id, node.id);
  return found;
}
