/** A trace as the rows of a ladder. */
import type { Clip, Command, Event, Json, Place, Progress, TraceEntry } from "patchcord/slim";
import { words } from "../words/words";
import type { Seen } from "./legs";

/** A column: a leg, the engine, or a web server. */
export interface Lane {
  id: string;
  name: string;
  detail: string;
}

export type Tone = "go" | "good" | "bad" | "media" | "web" | "plain" | "note";

export interface Row {
  key: number;
  at: number;
  /** Which line of the trace it tells of; -1 for the first INVITE, which is in none. */
  event: number;
  /** Lanes that it goes from and to; the same for a remark. */
  from: string;
  to: string;
  label: string;
  tone: Tone;
  /** Two legs are joined, or separated. */
  link: boolean;
  place: Place | undefined;
  entry: TraceEntry | undefined;
}

export interface Ladder {
  lanes: Lane[];
  rows: Row[];
  /** When the call ended. */
  end: number;
}

export const ENGINE = "patchcord";

/** The ladder of a call. */
export function ladder(call: Seen): Ladder {
  const hosts = new Map<string, Lane>();
  const fetches = new Map<string, string>();
  const rows: Row[] = [];
  const caller = call.legs[0];
  if (caller) {
    rows.push({
      key: -1,
      at: caller.created,
      event: -1,
      from: "a",
      to: ENGINE,
      label: `INVITE ${caller.to}`,
      tone: "go",
      link: false,
      place: undefined,
      entry: undefined,
    });
  }
  const host = (url: string): string => {
    const name = hostOf(url);
    if (!hosts.has(name)) hosts.set(name, { id: `web:${name}`, name, detail: "web server" });
    return `web:${name}`;
  };
  call.trace.forEach((entry, key) => {
    const base = { key, event: key, at: entry.at, place: entry.span, entry, link: false };
    if (entry.kind === "note") {
      const lane = entry.leg ?? ENGINE;
      rows.push({ ...base, from: lane, to: lane, label: `${entry.name}: ${entry.text}`, tone: "note" });
    } else if (entry.kind === "command") {
      if (entry.name === "fetch") fetches.set(`fetch ${entry.fetch}`, entry.request.url);
      if (entry.name === "notify") fetches.set(`notify ${entry.notify}`, entry.request.url);
      rows.push({ ...base, ...order(entry, host) });
    } else {
      rows.push({ ...base, ...fact(entry, (id) => host(fetches.get(id) ?? "")) });
    }
  });
  const legs = call.legs.map((leg): Lane => ({ id: leg.leg, name: leg.leg === "a" ? "Caller" : party(leg.to), detail: leg.leg === "a" ? leg.from : leg.leg }));
  const [first, ...others] = legs;
  const lanes = [...(first ? [first] : []), { id: ENGINE, name: "Patchcord", detail: "the flow" }, ...others, ...hosts.values()];
  const { told } = words();
  for (const lane of lanes) {
    if (lane.id === "a") lane.name = told(lane.name);
    else if (lane.id === ENGINE || lane.id.startsWith("web:")) lane.detail = told(lane.detail);
  }
  for (const row of rows) row.label = told(row.label);
  return { lanes, rows, end: call.trace.at(-1)?.at ?? 0 };
}

type Drawn = Pick<Row, "from" | "to" | "label" | "tone"> & { link?: boolean };

function order(command: Command, host: (url: string) => string): Drawn {
  const to = (leg: string, label: string, tone: Tone): Drawn => ({ from: ENGINE, to: leg, label, tone });
  switch (command.name) {
    case "ring":
      return to(command.leg, command.media ? "183 with audio" : "180 ringing", "go");
    case "answer":
      return to(command.leg, "200 answer", "good");
    case "reject":
      return to(command.leg, `${command.status} reject`, "bad");
    case "originate":
      return to(command.leg, `INVITE ${party(command.to)}`, "go");
    case "cancel":
      return to(command.leg, "CANCEL", "bad");
    case "hangup":
      return to(command.leg, command.reason === "normal" ? "BYE" : `BYE, ${command.reason.replace("-", " ")}`, "bad");
    case "bridge":
      return { from: command.a, to: command.b, label: command.early ? "hears early audio" : "talk to each other", tone: "good", link: true };
    case "unbridge":
      return { from: command.a, to: command.b, label: "separated", tone: "plain", link: true };
    case "play":
      return to(command.leg, clip(command.clip), "media");
    case "stop":
      return to(command.leg, "stop playing", "media");
    case "send-digits":
      return to(command.leg, `keys ${command.digits}`, "media");
    case "record":
      return to(command.leg, `record ${command.format}`, "media");
    case "recognize":
      return to(command.leg, "listen for speech", "media");
    case "tap":
      return to(command.leg, `tap to ${command.uri}`, "media");
    case "stream":
      return to(command.leg, `stream to ${command.url}`, "media");
    case "detect":
      return to(command.leg, "who answered?", "media");
    case "denoise":
    case "echo":
      return to(command.leg, command.name, "media");
    case "transcribe":
      return to(command.leg, command.live ? "transcribe live" : "transcribe", "media");
    case "enqueue":
      return to(command.leg, `queue ${command.queue}`, "go");
    case "join":
      return to(command.leg, `join ${command.room}`, "go");
    case "refer":
      return to(command.leg, `REFER ${party(command.to)}`, "go");
    case "extend":
      return to(command.leg, `extension ${command.extension}`, "go");
    case "adjust":
      return to(command.leg, "adjust", "plain");
    case "user-event":
      return to(command.leg, "event for the client", "plain");
    case "fetch":
    case "notify":
      return to(host(command.request.url), `${command.request.method} ${path(command.request.url)}`, "web");
    case "done":
      return to(ENGINE, `the call is ${command.outcome}`, command.outcome === "completed" ? "good" : "bad");
  }
}

function fact(event: Event, host: (id: string) => string): Drawn {
  const from = (lane: string, label: string, tone: Tone): Drawn => ({ from: lane, to: ENGINE, label, tone });
  switch (event.name) {
    case "ringing":
      return from(event.leg, `${event.status} ringing`, "go");
    case "early-media":
      return from(event.leg, `${event.status} with audio`, "go");
    case "answered":
      return from(event.leg, "200 answered", "good");
    case "failed":
      return from(event.leg, `${event.status} ${event.reason ?? ""}`.trim(), "bad");
    case "ended":
      return from(event.leg, event.cause === "normal" ? "hung up" : `over: ${event.cause.replace("-", " ")}`, "bad");
    case "digit":
      return from(event.leg, `pressed ${event.digit}`, "plain");
    case "progress":
      return from(event.leg, progress(event.progress), "media");
    case "media-done":
      return from(event.leg, event.result.replace("-", " "), event.result === "unsupported" ? "bad" : "media");
    case "fetched":
      return from(host(`fetch ${event.fetch}`), event.status ? `${event.status} reply` : "no reply", "web");
    case "notified":
      return from(host(`notify ${event.notify}`), event.status ? `${event.status}` : "no reply", "web");
  }
}

function progress(progress: Progress): string {
  switch (progress.kind) {
    case "started":
      return "it runs";
    case "recorded":
      return `recorded ${progress.duration / 1000} s`;
    case "speech":
      return `“${progress.text}”${progress.partial ? " …" : ""}`;
    case "detected":
      return `it is ${progress.what}${progress.beep ? ", beep" : ""}`;
    case "queued":
      return `number ${progress.position} of ${progress.size}`;
    case "connected":
      return "taken out of the queue";
    case "conference":
      return progress.status;
    case "referred":
      return progress.notify ? `${progress.status}, then ${progress.notify}` : `${progress.status}`;
    case "transcript":
      return "the transcript is there";
    case "result":
      return "a result";
  }
}

function clip(clip: Clip): string {
  switch (clip.kind) {
    case "say":
      return `say “${clip.text}”`;
    case "audio":
      return `play ${path(clip.url)}`;
    case "silence":
      return `silence ${clip.ms / 1000} s`;
    case "ring":
      return `ringing tone (${clip.country})`;
  }
}

/** `alice` of `sip:alice@example.com`; a number as it is. */
export function party(address: string): string {
  const user = /^sips?:([^@;?]+)@/.exec(address)?.[1];
  return user ?? address.replace(/^sips?:/, "");
}

function hostOf(url: string): string {
  try {
    return new URL(url).host || url;
  } catch {
    return url || "web";
  }
}

function path(url: string): string {
  try {
    const { pathname, search } = new URL(url);
    return pathname + search;
  } catch {
    return url;
  }
}

/** Variables as the flow set them up to a row. */
export function variables(rows: Row[], count: number): [string, string][] {
  const found = new Map<string, string>();
  for (const { entry } of rows.slice(0, count)) {
    if (entry?.kind === "note" && entry.name === "set") {
      const at = entry.text.indexOf(" = ");
      if (at > 0) found.set(entry.text.slice(0, at), entry.text.slice(at + 3));
    }
  }
  return [...found];
}

/** A time for people: `0:03.200`. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const rest = String(ms % 1000).padStart(3, "0");
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}.${rest}`;
}

/** An entry without what the row shows already. */
export function details(entry: TraceEntry): string {
  const { span: _span, ...rest } = entry as TraceEntry & { [key: string]: Json };
  return JSON.stringify(rest, null, 2);
}
