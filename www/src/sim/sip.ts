/**
 * A call as SIP might show it. Made from the call's events, which are all that is known: what stands
 * here was never on a wire, and the page says so.
 */
import type { Seen } from "./legs";
import { words } from "../words/words";
import { ENGINE, type Ladder, type Row, type Tone, ladder } from "./rows";

type Message = Pick<Row, "from" | "to" | "label" | "tone"> & { link?: boolean };

const PHRASES: Record<number, string> = {
  180: "Ringing",
  181: "Call Is Being Forwarded",
  182: "Queued",
  183: "Session Progress",
  200: "OK",
  202: "Accepted",
  302: "Moved Temporarily",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  407: "Proxy Authentication Required",
  408: "Request Timeout",
  410: "Gone",
  480: "Temporarily Unavailable",
  486: "Busy Here",
  487: "Request Terminated",
  488: "Not Acceptable Here",
  500: "Server Internal Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Server Time-out",
  600: "Busy Everywhere",
  603: "Decline",
};

const status = (code: number): string => `${code} ${PHRASES[code] ?? ""}`.trim();

/** Orders that let sound flow. */
const SOUNDS = new Set(["play", "send-digits", "record", "stream", "tap", "echo"]);

export function sip(call: Seen): Ladder {
  const told = ladder(call);
  const answered = new Set<string>();
  const hungUp = new Set<string>();

  const messages = (row: Row): Message[] => {
    const { entry } = row;
    const out = (leg: string, label: string, tone: Tone): Message => ({ from: ENGINE, to: leg, label, tone });
    const back = (leg: string, label: string, tone: Tone): Message => ({ from: leg, to: ENGINE, label, tone });
    if (!entry) return [row, out("a", "100 Trying", "plain")];
    if (entry.kind === "note" || row.tone === "web") return [row];
    if (entry.kind === "command") {
      switch (entry.name) {
        case "ring":
          return [out(entry.leg, status(entry.media ? 183 : 180), "go")];
        case "answer":
          answered.add(entry.leg);
          return [out(entry.leg, status(200), "good"), back(entry.leg, "ACK", "plain")];
        case "reject":
          return [out(entry.leg, status(entry.status), "bad"), back(entry.leg, "ACK", "plain")];
        case "originate":
          return [row, back(entry.leg, "100 Trying", "plain")];
        case "cancel":
          return [out(entry.leg, "CANCEL", "bad"), back(entry.leg, "200 OK (CANCEL)", "plain")];
        case "hangup":
          hungUp.add(entry.leg);
          return [out(entry.leg, "BYE", "bad")];
        case "bridge":
        case "unbridge":
          return [{ from: entry.a, to: entry.b, label: entry.name === "bridge" ? "RTP" : "RTP ends", tone: "media", link: true }];
        case "refer":
          return [out(entry.leg, row.label, "go"), back(entry.leg, status(202), "plain")];
        case "user-event":
          return [out(entry.leg, "INFO", "plain")];
        default:
          return SOUNDS.has(entry.name) ? [{ ...row, label: `RTP: ${row.label}` }] : [];
      }
    }
    switch (entry.name) {
      case "ringing":
      case "early-media":
        return [back(entry.leg, status(entry.status), "go")];
      case "answered":
        answered.add(entry.leg);
        return [back(entry.leg, status(200), "good"), out(entry.leg, "ACK", "plain")];
      case "failed":
        return [back(entry.leg, status(entry.status), "bad"), out(entry.leg, "ACK", "plain")];
      case "ended":
        if (hungUp.has(entry.leg)) return [back(entry.leg, status(200), "plain")];
        if (answered.has(entry.leg)) return [back(entry.leg, "BYE", "bad"), out(entry.leg, status(200), "plain")];
        return [back(entry.leg, "CANCEL", "bad"), out(entry.leg, "200 OK (CANCEL)", "plain"), out(entry.leg, status(487), "bad"), back(entry.leg, "ACK", "plain")];
      case "digit":
        return [{ ...row, label: `RTP: ${words().told(`key ${entry.digit}`)}`, tone: "media" }];
      case "progress":
        return entry.progress.kind === "referred" && entry.progress.notify ? [back(entry.leg, "NOTIFY", "plain"), out(entry.leg, status(200), "plain")] : [];
      default:
        return [];
    }
  };

  return { ...told, rows: told.rows.flatMap((row) => messages(row).map((message, place) => ({ ...row, link: false, ...message, key: row.key * 8 + place }))) };
}
