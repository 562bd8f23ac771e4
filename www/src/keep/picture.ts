/** Ladder and timeline as pictures: SVG with the colours that the page has now. */
import type { Words } from "../words/en";
import { type BarKind, lanes } from "../sim/lanes";
import type { Seen } from "../sim/legs";
import { type Look, ladderOf, shownLanes, shownRows } from "../sim/look";
import { type Row, clock } from "../sim/rows";
import { scale } from "../sim/scale";

export interface Picture {
  width: number;
  height: number;
  svg: string;
}

const xml = (text: string): string => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? sign).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");

/** The page's colour of a name. */
const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim() || "#000";

const text = (x: number, y: number, content: string, more = ""): string => `<text x="${round(x)}" y="${round(y)}" ${more}>${xml(content)}</text>`;
const line = (x1: number, y1: number, x2: number, y2: number, stroke: string, more = ""): string => `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${stroke}" ${more}/>`;
const round = (value: number): number => Math.round(value * 10) / 10;

function picture(width: number, height: number, title: string, parts: string[]): Picture {
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="${colour("ink")}">`;
  return { width, height, svg: `${head}<title>${xml(title)}</title><rect width="${width}" height="${height}" fill="${colour("paper")}"/>${parts.join("")}</svg>\n` };
}

const TONES: Record<Row["tone"], string> = { go: "ink", good: "good", bad: "bad", media: "media", web: "web", plain: "ink", note: "soft" };

export function ladderPicture(call: Seen, look: Look, title: string, words: Words): Picture {
  const told = ladderOf(call, look.level);
  const rows = shownRows(told.rows, Infinity, look);
  const columns = shownLanes(told.lanes, rows, look);
  const [left, wide, head, tall] = [90, look.compressed ? 100 : 160, 56, 28];
  const width = left + columns.length * wide + 20;
  const height = head + rows.length * tall + (look.level === "sip" ? 30 : 12);
  const middle = (id: string): number => left + (Math.max(columns.findIndex((lane) => lane.id === id), 0) + 0.5) * wide;
  const parts = columns.flatMap(({ id, name, detail }) => [
    text(middle(id), 24, name, 'text-anchor="middle" font-weight="600"'),
    text(middle(id), 40, detail, `text-anchor="middle" font-size="10.5" fill="${colour("soft")}"`),
    line(middle(id), head - 6, middle(id), head + rows.length * tall, colour("life")),
  ]);
  rows.forEach((row, index) => {
    const y = head + index * tall + 20;
    const before = rows[index - 1]?.at;
    const ink = colour(TONES[row.tone]);
    const label = row.times > 1 ? `${row.label} ×${row.times}` : row.label;
    const time = look.delta ? `+${clock(row.at - (before ?? row.at))}` : row.at === before ? "" : clock(row.at);
    if (time !== "") parts.push(text(12, y - 2, time, `fill="${colour("soft")}" font-size="11"`));
    const [from, to] = [middle(row.from), middle(row.to)];
    if (from === to) {
      parts.push(text(from + 6, y - 2, label, `fill="${ink}" font-size="11"`));
      return;
    }
    parts.push(text((from + to) / 2, y - 5, label, `text-anchor="middle" fill="${ink}"`), line(from, y, to, y, ink, row.link ? 'stroke-width="3"' : 'stroke-width="1.5"'));
    const way = to > from ? -8 : 8;
    const tip = (x: number, by: number) => `<path d="M${round(x)} ${y}l${by} -4.500v9z" fill="${ink}"/>`;
    parts.push(tip(to, way), row.link ? tip(from, -way) : "");
  });
  if (look.level === "sip") parts.push(text(12, height - 10, `${words.illustrative}: ${words.illustrativeSays}`, `fill="${colour("warn")}" font-size="11"`));
  return picture(width, height, title, parts);
}

/** Edge, ground and writing of a bar; a pattern of its own where it could be mistaken. */
const BARS: Record<BarKind, { edge: string; ground: string; dash?: string; pattern?: string }> = {
  dials: { edge: "life", ground: "sunk" },
  rings: { edge: "warn", ground: "warn-wash", pattern: "M0 6L6 0" },
  early: { edge: "media", ground: "paper", dash: "1 2", pattern: "M3 3h1" },
  up: { edge: "good", ground: "good-wash" },
  hold: { edge: "soft", ground: "sunk", dash: "4 2", pattern: "M3 0v6" },
  record: { edge: "bad", ground: "bad-wash", pattern: "M0 3h6" },
  clip: { edge: "media", ground: "media-wash" },
  listens: { edge: "media", ground: "paper", dash: "4 2" },
  web: { edge: "web", ground: "paper" },
  timer: { edge: "soft", ground: "paper", dash: "2 2" },
};

export function timelinePicture(call: Seen, title: string, words: Words): Picture {
  const end = call.trace.at(-1)?.at ?? 0;
  const { tracks, links } = lanes(call, end, words);
  const axis = scale(call.trace.map(({ at }) => at), end, new Set(), undefined);
  const [left, field, level, room, head] = [110, 960, 20, 8, 16];
  const x = (at: number): number => left + axis.place(at) * field;
  const tops: number[] = [];
  let height = head;
  for (const { levels } of tracks) {
    tops.push(height);
    height += levels * level + room;
  }
  const parts = Object.entries(BARS).flatMap(([kind, { edge, pattern }]) =>
    pattern ? [`<pattern id="${kind}" width="6" height="6" patternUnits="userSpaceOnUse"><path d="${pattern}" stroke="${colour(edge)}" stroke-opacity=".35" fill="none"/></pattern>`] : [],
  );
  tracks.forEach(({ name, bars, levels }, index) => {
    const top = tops[index] ?? 0;
    parts.push(text(12, top + 14, name, `fill="${colour("soft")}"`), `<rect x="${left}" y="${top}" width="${field}" height="${levels * level}" rx="4" fill="${colour("sunk")}"/>`);
    for (const bar of bars) {
      const { edge, ground, dash, pattern } = BARS[bar.kind];
      const wide = Math.max(x(bar.to) - x(bar.from), 2);
      const box = `x="${round(x(bar.from))}" y="${top + bar.level * level + 1}" width="${round(wide)}" height="${level - 2}" rx="3"`;
      parts.push(`<g><title>${xml(`${bar.label}, ${words.timeSpan(clock(bar.from), clock(bar.to))}`)}</title><rect ${box} fill="${colour(ground)}" stroke="${colour(edge)}" ${dash ? `stroke-dasharray="${dash}"` : ""}/>`);
      if (pattern) parts.push(`<rect ${box} fill="url(#${bar.kind})"/>`);
      const fits = Math.floor((wide - 8) / 6);
      if (fits > 3) parts.push(text(x(bar.from) + 5, top + bar.level * level + 14, bar.label.length > fits ? `${bar.label.slice(0, fits - 1)}…` : bar.label, `font-size="11" fill="${colour(edge === "life" ? "soft" : edge)}"`));
      parts.push("</g>");
    }
  });
  const centre = (id: string) => (tops[tracks.findIndex((track) => track.id === id)] ?? head) + level / 2;
  for (const { a, b, from, to, early } of links) {
    for (const at of [from, to]) parts.push(line(x(at), centre(a), x(at), centre(b), colour("good"), `stroke-width="2" ${early ? 'stroke-dasharray="2 2"' : ""}`));
  }
  for (const gap of axis.gaps) {
    const [from, to] = [x(gap.from), x(gap.to)];
    const zigzag = (at: number) => `<path d="M${round(at)} ${head - 4}${"l4 4l-4 4".repeat(Math.ceil((height - head) / 8))}" fill="none" stroke="${colour("soft")}"/>`;
    parts.push(zigzag(from), zigzag(to - 4), text((from + to) / 2, head - 4, `${Math.round((gap.to - gap.from) / 100) / 10} s`, `text-anchor="middle" font-size="10.5" fill="${colour("soft")}"`));
  }
  for (const at of [0, end]) parts.push(text(x(at), height + 14, clock(at), `text-anchor="${at === 0 ? "start" : "end"}" font-size="11" fill="${colour("soft")}"`));
  return picture(left + field + 20, height + 24, title, parts);
}

/** Longest side that browsers paint. */
const MOST = 16_000;

/** The picture in pixels, twice as fine as it is large. */
export async function pixels({ width, height, svg }: Picture): Promise<Blob> {
  const fine = Math.min(2, MOST / height, MOST / width);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * fine);
  canvas.height = Math.ceil(height * fine);
  const context = canvas.getContext("2d");
  context?.scale(fine, fine);
  context?.drawImage(image, 0, 0, width, height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("the picture is too large");
  return blob;
}
