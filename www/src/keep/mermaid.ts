/** A call as a Mermaid diagram, which many pages draw. */
import type { Seen } from "../sim/legs";
import { type Look, ladderOf, shownLanes, shownRows } from "../sim/look";
import { clock } from "../sim/rows";

/** What would end a line, or mean something else. */
const plain = (text: string): string => text.replace(/[#;<>]/g, (sign) => `#${sign.charCodeAt(0)};`).replace(/\s*\n\s*/g, " ");

export function mermaid(call: Seen, look: Look): string {
  const told = ladderOf(call, look.level);
  const rows = shownRows(told.rows, Infinity, look);
  const columns = shownLanes(told.lanes, rows, look);
  const id = (lane: string): string => `p${columns.findIndex((column) => column.id === lane)}`;
  const lines = ["sequenceDiagram", ...columns.map((lane) => `  participant ${id(lane.id)} as ${plain(lane.name)}`)];
  let time: number | undefined;
  for (const row of rows) {
    if (row.at !== time) lines.push(`  Note over ${id(columns[0]?.id ?? "")}: ${clock(row.at)}`);
    time = row.at;
    const label = plain(row.times > 1 ? `${row.label} ×${row.times}` : row.label) || "-";
    if (row.from === row.to) lines.push(`  Note over ${id(row.from)}: ${label}`);
    else if (row.link) lines.push(`  Note over ${id(row.from)},${id(row.to)}: ${label}`);
    else lines.push(`  ${id(row.from)}${row.tone === "media" ? "--)" : "->>"}${id(row.to)}: ${label}`);
  }
  return `${lines.join("\n")}\n`;
}
