/**
 * The host that serves this page, if one does (`patchcord serve --console`): its calls as they
 * happen, the journals of those that are over. Without a host there is nothing here.
 */
import type { TraceEntry } from "patchcord/slim";
import { create } from "zustand";
import { tell } from "../shell/live";
import { type Seen, seen } from "../sim/legs";
import { words } from "../words/words";
import { openJournal } from "./journal";

export interface HostCall {
  number: number;
  from: string;
  to: string;
  /** Milliseconds since 1970. */
  began: number;
  over: boolean;
  /** How it ended, in a word. */
  end: string | undefined;
  journal: string | undefined;
  trace: TraceEntry[];
}

interface Host {
  /** A host serves this page. */
  there: boolean;
  connected: boolean;
  calls: ReadonlyMap<number, HostCall>;
  journals: { name: string; changed: number }[];
  /** The document that answers calls, when it is a file. */
  flow: { name: string; text: string } | undefined;
  chosen: number | undefined;
}

export const useHost = create<Host>(() => ({ there: false, connected: false, calls: new Map(), journals: [], flow: undefined, chosen: undefined }));

/** What the console sends. */
type Told = { call: number; at: number; kind: string; [more: string]: unknown };

/** Looks whether a host serves this page, and follows it. */
export async function follow(): Promise<void> {
  // The console says so in the page that it serves.
  if (!document.querySelector('meta[name="patchcord-host"]')) return;
  useHost.setState({ there: true });
  const reply = await fetch("api/calls").catch(() => undefined);
  const known = reply?.ok ? ((await reply.json()) as { call: number; over: boolean }[]) : [];
  await Promise.all(known.filter(({ over }) => over).map(({ call }) => recall(call)));
  void listJournals();
  void readFlow();
  const source = new EventSource("api/events");
  source.onopen = () => useHost.setState({ connected: true });
  source.onerror = () => useHost.setState({ connected: false });
  source.onmessage = ({ data }) => take([JSON.parse(String(data)) as Told]);
}

/** A call that was over before this page was opened. */
async function recall(number: number): Promise<void> {
  const reply = await fetch(`api/calls/${number}`);
  if (reply.ok) take((await reply.json()) as Told[]);
}

function take(told: Told[]): void {
  const calls = new Map(useHost.getState().calls);
  let ended = false;
  for (const event of told) {
    const call = calls.get(event.call) ?? { number: event.call, from: "", to: "", began: 0, over: false, end: undefined, journal: undefined, trace: [] };
    calls.set(event.call, heard(call, event));
    ended ||= event.kind === "over";
  }
  const { chosen } = useHost.getState();
  // A first call is shown by itself.
  useHost.setState({ calls, chosen: chosen ?? [...calls.keys()].at(-1) });
  if (ended) void listJournals();
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

function heard(call: HostCall, event: Told): HostCall {
  switch (event.kind) {
    case "began":
      return { ...call, from: text(event["from"]), to: text(event["to"]), began: Number(event["unix_ms"]) };
    case "over":
      return { ...call, over: true, end: text(event["stopped"]) || text(event["outcome"]), journal: text(event["journal"]) || undefined };
    case "event":
    case "command":
    case "note":
      return { ...call, trace: [...call.trace, event as unknown as TraceEntry] };
    default:
      return call;
  }
}

export const choose = (chosen: number): void => useHost.setState({ chosen });

/** A call as the ladder shows it. */
export const asSeen = ({ trace, from, to }: HostCall): Seen => seen(trace, { from, to });

async function listJournals(): Promise<void> {
  const reply = await fetch("api/journals").catch(() => undefined);
  if (reply?.ok) useHost.setState({ journals: (await reply.json()) as Host["journals"] });
}

export async function readJournal(name: string): Promise<void> {
  const reply = await fetch(`api/journals/${encodeURIComponent(name)}`).catch(() => undefined);
  if (reply?.ok) openJournal(name, await reply.text());
  else tell(words().notAJournal(name), "trouble");
}

async function readFlow(): Promise<void> {
  const reply = await fetch("api/flow").catch(() => undefined);
  if (reply?.ok) useHost.setState({ flow: (await reply.json()) as NonNullable<Host["flow"]> });
}
