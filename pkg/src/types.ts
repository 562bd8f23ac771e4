/**
 * The shapes that cross the engine's door. They are the JSON form of the journal, the console and
 * the guest: names in kebab-case, fields in snake_case, times in milliseconds.
 */

/** A platform whose documents are understood. */
export type Dialect = "swml" | "verbs" | "rcml";

/** How bad a diagnostic is. */
export type Severity = "error" | "warning" | "hint";

/** One thing there is to say about a document. Lines and columns count from 1, columns in characters. */
export interface Report {
  file: string;
  /** Stable id of the kind: `unknown-field`, `syntax` … */
  code: string;
  severity: Severity;
  line: number;
  column: number;
  end_line: number;
  end_column: number;
  /** What was expected and what was found. */
  message: string;
  notes: string[];
  /** An edit that mends it. */
  fix?: Fix;
  /** The platform's own name of this error. */
  vendor?: string;
}

/** An edit that mends a document. `start` and `end` count bytes of UTF-8. */
export interface Fix {
  title: string;
  line: number;
  column: number;
  end_line: number;
  end_column: number;
  start: number;
  end: number;
  text: string;
}

/** A leg: `a` is the caller, `b1`, `b2` … are those who were dialled. */
export type LegId = "a" | `b${number}`;

/** A SIP or HTTP header. */
export interface Header {
  name: string;
  value: string;
}

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A URL to ask or tell. */
export interface Hook {
  url: string;
  method?: string;
}

/** Everything the engine is told when a call begins. */
export interface Start {
  source: { kind: "document"; text: string; url?: string } | { kind: "url"; hook: Hook };
  dialect?: Dialect;
  /** The instant of this start, on your own scale. */
  now?: number;
  /** Wall-clock time at `now`, in milliseconds since 1970 UTC. */
  unix_ms: number;
  /** Seed of every id that the engine makes up; at most 2^53. */
  seed: number;
  caller: {
    from: string;
    to: string;
    name?: string;
    headers?: Header[];
    sip_call_id?: string;
    source?: string;
  };
  application?: {
    account?: string | null;
    application?: string | null;
    status_hook?: Hook | null;
    envs?: Json;
    realm?: string | null;
    message_hook?: Hook | null;
    signing_key?: string | null;
    fallback?: Hook | null;
  };
  limits?: {
    steps_per_input?: number;
    steps?: number;
    documents?: number;
    depth?: number;
    document_bytes?: number;
    legs?: number;
    variable_bytes?: number;
  };
  /** Leave the trace out of every step: it costs as much as the call itself. */
  quiet?: boolean;
}

/** What to play. */
export type Clip =
  | { kind: "audio"; url: string }
  | { kind: "say"; text: string; voice?: string; language?: string; gender?: string }
  | { kind: "silence"; ms: number }
  | { kind: "ring"; country: string; ms?: number };

/** One HTTP request, exactly as the platform would send it. */
export interface HttpRequest {
  method: string;
  url: string;
  headers?: Header[];
  body?: string;
  auth?: string;
  timeout: number;
}

/** An activity on a leg: any number of `progress` and one `media-done` follow. */
export interface Activity {
  leg: LegId;
  media: number;
}

/** Which audio: what the party says, what it hears, or both. */
export type Side = "speak" | "listen" | "both";

/** A WebSocket that hears, or talks with, a leg. */
export interface Streaming {
  url: string;
  side: Side;
  stream_name?: string;
  codec?: string;
  realtime?: boolean;
  token?: string;
  parameters?: Json;
}

/** How an activity goes on. */
export type Progress =
  | { kind: "started"; facts?: Json }
  | { kind: "recorded"; url: string; duration: number; size?: number }
  | { kind: "speech"; text: string; confidence?: number; partial?: boolean }
  | { kind: "detected"; what: "human" | "machine" | "fax" | "unknown" | "ready" | "not-ready"; beep?: boolean }
  | { kind: "queued"; position: number; size: number; average?: number }
  | { kind: "connected"; peer?: string }
  | { kind: "conference"; status: string }
  | { kind: "referred"; status: number; notify?: number }
  | { kind: "transcript"; text: string }
  | { kind: "result"; variables: Json };

/** How an order with a `media` name ended. */
export type MediaResult = "finished" | "stopped" | "failed" | "no-input" | "unsupported";

/** How a call went. */
export type Outcome = "completed" | "rejected" | "abandoned" | "failed";

/** Orders, by name: what a host shall do. Results come back later as events. */
export interface Commands {
  /** Tell the caller that it rings: 180, or 183 with audio. */
  ring: { leg: LegId; media: boolean };
  /** Answer the caller. */
  answer: { leg: LegId; codecs?: string[] };
  /** Refuse the caller; no event follows. */
  reject: { leg: LegId; status: number; headers?: Header[] };
  /** Dial somebody. `ringing`, `early-media`, then `answered` or `failed` come back. */
  originate: {
    leg: LegId;
    to: string;
    from: string;
    from_name?: string;
    headers?: Header[];
    username?: string;
    password?: string;
    proxy?: string;
    codecs?: string[];
    encryption?: string;
    session_timeout?: number;
    webrtc?: boolean;
    stream?: Streaming;
  };
  /** Give up an unanswered leg. `failed` (487) follows, or `answered` when they crossed. */
  cancel: { leg: LegId };
  /** End an answered leg. `ended` follows. */
  hangup: {
    leg: LegId;
    reason: "normal" | "not-wanted" | "declined" | "time-limit" | "error";
    headers?: Header[];
  };
  /** Let two legs hear each other. */
  bridge: { a: LegId; b: LegId; early: boolean };
  /** Separate two legs. */
  unbridge: { a: LegId; b: LegId };
  /** Play one clip. `media-done` follows, always. */
  play: { leg: LegId; media: number; clip: Clip; volume?: number };
  /** Stop a play. Its `media-done` follows. */
  stop: { leg: LegId; media: number };
  /** Send keys; `w` waits half a second, `W` a whole one. `media-done` follows, always. */
  "send-digits": { leg: LegId; media: number; digits: string };
  /** Record. */
  record: Activity & {
    format: string;
    stereo: boolean;
    side: Side;
    beep: boolean;
    sensitivity: number;
    begin_within: number;
    end_silence: number;
  };
  /** Recognise what a party says. */
  recognize: Activity & { language?: string; hints?: string[]; engine?: string; end_silence?: number };
  /** Send a copy of the audio somewhere. */
  tap: Activity & { uri: string; side: Side; codec: string; ptime: number };
  /** Let a WebSocket hear a leg. */
  stream: Activity & Streaming;
  /** Find out who or what is there. */
  detect: Activity & {
    machine: boolean;
    fax: boolean;
    tone: string;
    message_end: boolean;
    begin_within: number;
    end_silence: number;
    ready_silence: number;
    voice_threshold: number;
    words_threshold: number;
  };
  /** Take noise out of what a party says. */
  denoise: Activity;
  /** Let a party hear itself. */
  echo: Activity;
  /** Write down what is said. */
  transcribe: Activity & { live: boolean; parameters?: Json };
  /** Put a leg into a queue. */
  enqueue: Activity & { queue: string; wait_url?: string };
  /** Put a leg into a conference or room. */
  join: Activity & {
    room: string;
    video: boolean;
    muted: boolean;
    beep: string;
    start_on_enter: boolean;
    end_on_exit: boolean;
    wait_url?: string;
    max_participants: number;
    record: boolean;
    trim: boolean;
    region?: string;
    coach?: string;
    stream?: Streaming;
  };
  /** Ask the other side to call somebody else. */
  refer: Activity & { to: string; username?: string; password?: string };
  /** Do what only some hosts can. */
  extend: Activity & { extension: string; parameters: Json };
  /** Tell a running transcription or extension to do something; nothing follows. */
  adjust: { leg: LegId; media: number; action: Json };
  /** Tell the client on a leg something; nothing follows. */
  "user-event": { leg: LegId; event: Json };
  /** Ask over HTTP. `fetched` follows, always. */
  fetch: { fetch: number; request: HttpRequest };
  /** Tell somebody over HTTP; nobody waits. */
  notify: { notify: number; request: HttpRequest };
  /** The call is over. The last order. */
  done: { outcome: Outcome };
}

/** The name of an order. */
export type CommandName = keyof Commands;

/** One order. */
export type Command = { [Name in CommandName]: { name: Name } & Commands[Name] }[CommandName];

/** Why a leg ended. */
export type Cause =
  | "normal"
  | "busy"
  | "decline"
  | "no-answer"
  | "cancel"
  | "not-found"
  | "time-limit"
  | "error";

/** One fact: what the world did. Late and strange facts are welcome. */
export type Event =
  | { name: "ringing"; leg: LegId; status: number }
  | { name: "early-media"; leg: LegId; status: number }
  | { name: "answered"; leg: LegId; headers?: Header[]; sip_call_id?: string }
  | { name: "failed"; leg: LegId; status: number; reason?: string; headers?: Header[]; sip_call_id?: string }
  | { name: "ended"; leg: LegId; cause: Cause; headers?: Header[] }
  | { name: "digit"; leg: LegId; digit: string }
  | { name: "progress"; leg: LegId; media: number; progress: Progress }
  | { name: "media-done"; leg: LegId; media: number; result: MediaResult; error?: string }
  | { name: "fetched"; fetch: number; status: number; headers?: Header[]; body?: string; error?: string }
  | { name: "notified"; notify: number; status: number };

/** A place in one of the call's documents. `start` and `end` count bytes of UTF-8. */
export interface Place {
  document: number;
  start: number;
  end: number;
  line: number;
  column: number;
}

/** A remark of the engine: `step`, `set`, `timer`, `absorbed`, `leg`, `problem` … */
export interface Note {
  kind: "note";
  name: string;
  leg?: LegId;
  text: string;
}

/** One line of a trace. */
export type TraceEntry = { at: number; span?: Place } & (
  | ({ kind: "event" } & Event)
  | ({ kind: "command" } & Command)
  | Note
);

/** A leg, as reports show it. */
export interface LegReport {
  leg: LegId;
  from: string;
  to: string;
  direction: "inbound" | "outbound";
  status: number;
  cause?: Cause;
  created: number;
  answered?: number;
  ended?: number;
}

/** How a call ended. */
export interface Ended {
  outcome: Outcome;
  vars: { [name: string]: Json };
  legs: LegReport[];
}

/** What one input led to. */
export interface Step {
  /** Orders, in order. */
  commands: Command[];
  /** When to call `timeout`, if no event comes before; null for never. */
  deadline: number | null;
  trace: TraceEntry[];
  /** How the call ended, with the last step. */
  ended?: Ended;
}

/** A request that a simulated call sent. */
export interface SimulatedRequest {
  at: number;
  method: string;
  url: string;
  headers: Header[];
  body: string;
}

/** What a simulation tells. */
export interface Simulation {
  /** None when the call never ended, or the document was refused. */
  outcome: Outcome | null;
  vars: { [name: string]: Json };
  legs: LegReport[];
  trace: TraceEntry[];
  requests: SimulatedRequest[];
  /** About the document, and about expectations that were not met. */
  diagnostics: Report[];
}
