/** A call as lanes: who was where, what was heard, whom the flow asked, what time decided. */
import type { TraceEntry } from "patchcord/slim";
import type { Words } from "../words/en";
import type { Seen } from "./legs";
import { type Row, ladder, party } from "./rows";

export type BarKind = "dials" | "rings" | "early" | "up" | "hold" | "record" | "clip" | "listens" | "web" | "timer";

export interface Bar {
  kind: BarKind;
  from: number;
  to: number;
  label: string;
  /** The event that it began with; -1 for what began with the call. */
  event: number;
  /** Bars of a lane that overlap lie below each other. */
  level: number;
}

export interface Track {
  id: string;
  name: string;
  bars: Bar[];
  levels: number;
}

/** Two legs that hear each other. */
export interface Link {
  a: string;
  b: string;
  from: number;
  to: number;
  early: boolean;
}

export interface Lanes {
  tracks: Track[];
  links: Link[];
}

type Loose = Omit<Bar, "level">;

/** What goes on for a while on a leg, and is no clip. */
const LISTENS = new Set(["recognize", "detect", "transcribe", "tap", "stream", "denoise", "echo", "extend"]);

export function lanes(call: Seen, end: number, words: Words): Lanes {
  const { trace } = call;
  const rows = new Map(ladder(call).rows.map((row) => [row.event, row]));
  const links = linksOf(call, end);
  const tracks = call.legs.map(({ leg, to }) => track(leg, leg === "a" ? words.caller : party(to), ofLeg(call, leg, end, links, words)));
  const media = ofMedia(trace, rows, end, words);
  const web = ofWeb(trace, rows, end);
  const timers = ofTimers(call, words);
  if (media.length > 0) tracks.push(track("media", words.mediaLane, media));
  if (web.length > 0) tracks.push(track("web", words.webLane, web));
  if (timers.length > 0) tracks.push(track("timers", words.timerLane, timers));
  return { tracks, links };
}

/** Puts bars that overlap below each other. */
function track(id: string, name: string, loose: Loose[]): Track {
  const ends: number[] = [];
  const bars = loose.map((bar): Bar => {
    let level = ends.findIndex((end) => end <= bar.from);
    if (level < 0) level = ends.length;
    ends[level] = bar.to;
    return { ...bar, level };
  });
  return { id, name, bars, levels: Math.max(ends.length, 1) };
}

function linksOf(call: Seen, end: number): Link[] {
  const over = (id: string) => call.legs.find(({ leg }) => leg === id)?.ended ?? end;
  return call.trace.flatMap((entry, index) => {
    if (entry.kind !== "command" || entry.name !== "bridge") return [];
    const parts = call.trace.slice(index + 1).find((later) => later.kind === "command" && (later.name === "unbridge" || later.name === "bridge") && later.a === entry.a && later.b === entry.b)?.at;
    return [{ a: entry.a, b: entry.b, from: entry.at, to: Math.min(parts ?? end, over(entry.a), over(entry.b)), early: entry.early }];
  });
}

function ofLeg(call: Seen, id: string, end: number, links: Link[], words: Words): Loose[] {
  const leg = call.legs.find((leg) => leg.leg === id);
  if (!leg) return [];
  const { trace } = call;
  const found: Loose[] = [];
  const add = (kind: BarKind, from: number, to: number, label: string, event: number) => {
    if (to > from) found.push({ kind, from, to, label, event });
  };
  const at = (is: (entry: TraceEntry) => boolean): [number, number | undefined] => {
    const index = trace.findIndex((entry) => "leg" in entry && entry.leg === id && is(entry));
    return [index, trace[index]?.at];
  };
  const over = leg.ended ?? end;
  const [dialled] = at((entry) => entry.kind === "command" && entry.name === "originate");
  const [rings, rang] = at((entry) => (entry.kind === "event" && entry.name === "ringing") || (entry.kind === "command" && entry.name === "ring" && !entry.media));
  const [early, heard] = at((entry) => (entry.kind === "event" && entry.name === "early-media") || (entry.kind === "command" && entry.name === "ring" && entry.media));
  const [answered] = at((entry) => entry.name === "answered" || (entry.kind === "command" && entry.name === "answer"));
  const up = leg.answered !== undefined && leg.cause !== "cancel" ? leg.answered : undefined;
  const setup = up ?? over;
  add("dials", leg.created, Math.min(rang ?? setup, heard ?? setup, setup), id === "a" ? words.barWaits : words.bar("dials"), dialled);
  if (rang !== undefined) add("rings", rang, Math.min(heard !== undefined && heard > rang ? heard : setup, setup), words.bar("rings"), rings);
  if (heard !== undefined) add("early", heard, setup, words.bar("early"), early);
  if (up === undefined) return found;
  // What it is up with: alone, on hold in a queue, talking.
  const parts: Loose[] = [];
  trace.forEach((entry, index) => {
    if (entry.kind !== "command" || entry.name !== "enqueue" || entry.leg !== id) return;
    const out = trace.find((later) => later.kind === "event" && "media" in later && later.leg === id && later.media === entry.media && (later.name === "media-done" || later.progress.kind === "connected"))?.at ?? over;
    parts.push({ kind: "hold", from: entry.at, to: Math.min(out, over), label: words.bar("hold"), event: index });
  });
  for (const link of links) {
    if (link.early || (link.a !== id && link.b !== id)) continue;
    const other = link.a === id ? link.b : link.a;
    const name = other === "a" ? words.caller : party(call.legs.find(({ leg }) => leg === other)?.to ?? other);
    parts.push({ kind: "up", from: Math.max(link.from, up), to: Math.min(link.to, over), label: words.talksTo(name), event: trace.findIndex((entry) => entry.at === link.from && entry.kind === "command" && entry.name === "bridge" && entry.a === link.a && entry.b === link.b) });
  }
  let alone = up;
  for (const part of parts.sort((a, b) => a.from - b.from)) {
    add("up", alone, part.from, words.bar("up"), answered);
    add(part.kind, part.from, part.to, part.label, part.event);
    alone = Math.max(alone, part.to);
  }
  add("up", alone, over, words.bar("up"), answered);
  return found;
}

function ofMedia(trace: TraceEntry[], rows: Map<number, Row>, end: number, words: Words): Loose[] {
  return trace.flatMap((entry, event): Loose[] => {
    if (entry.kind !== "command" || !("media" in entry) || entry.name === "ring" || entry.name === "stop" || entry.name === "adjust" || entry.name === "enqueue") return [];
    const done = trace.slice(event).find((later) => later.kind === "event" && later.name === "media-done" && later.media === entry.media && later.leg === entry.leg)?.at ?? end;
    const kind = entry.name === "record" ? "record" : LISTENS.has(entry.name) ? "listens" : "clip";
    const label = kind === "record" ? words.bar("record") : (rows.get(event)?.label ?? entry.name);
    return [{ kind, from: entry.at, to: done, label, event }];
  });
}

function ofWeb(trace: TraceEntry[], rows: Map<number, Row>, end: number): Loose[] {
  return trace.flatMap((entry, event): Loose[] => {
    if (entry.kind !== "command" || (entry.name !== "fetch" && entry.name !== "notify")) return [];
    const back = trace.findIndex((later, index) => index > event && later.kind === "event" && (entry.name === "fetch" ? later.name === "fetched" && later.fetch === entry.fetch : later.name === "notified" && later.notify === entry.notify));
    const reply = back < 0 ? undefined : rows.get(back)?.label;
    // Nobody waits for what is only told.
    const to = trace[back]?.at ?? (entry.name === "fetch" ? end : entry.at);
    return [{ kind: "web", from: entry.at, to, label: [rows.get(event)?.label, reply].filter(Boolean).join(" → "), event }];
  });
}

/** Limits that were reached, and stretches that ended because time passed. */
function ofTimers({ trace, legs }: Seen, words: Words): Loose[] {
  const found: Loose[] = [];
  let step = "";
  trace.forEach((entry, event) => {
    const before = trace[event - 1];
    const since = before?.at ?? 0;
    if (entry.kind === "note" && entry.name === "limit") {
      const leg = legs.find(({ leg }) => leg === entry.leg);
      found.push({ kind: "timer", from: leg?.answered !== undefined && leg.answered < entry.at ? leg.answered : (leg?.created ?? 0), to: entry.at, label: words.told(entry.text), event });
    } else if (entry.kind !== "event" && entry.at > since) {
      found.push({ kind: "timer", from: since, to: entry.at, label: step === "" ? words.bar("timer") : words.timerOf(step), event });
    }
    if (entry.kind === "note" && entry.name === "step") step = entry.text;
  });
  return found;
}

/** Events after which a leg is in another state. */
export function changesLeg(entry: TraceEntry): boolean {
  if (entry.kind === "note") return false;
  return ["ring", "answer", "reject", "originate", "cancel", "hangup", "bridge", "unbridge", "enqueue", "refer", "ringing", "early-media", "answered", "failed", "ended"].includes(entry.name);
}

