/** What is said aloud to those who do not see the page, and shown for a moment to those who do. */
import { create } from "zustand";

export interface Notice {
  id: number;
  text: string;
  tone: "note" | "trouble";
}

interface Live {
  polite: string;
  assertive: string;
  notices: Notice[];
}

export const useLive = create<Live>(() => ({ polite: "", assertive: "", notices: [] }));

let count = 0;

/** Said when there is nothing else to say. */
export function say(text: string): void {
  useLive.setState({ polite: text });
}

/** Said and shown. */
export function tell(text: string, tone: Notice["tone"] = "note"): void {
  count += 1;
  const notice = { id: count, text, tone };
  useLive.setState(({ notices }) => ({
    ...(tone === "note" ? { polite: text } : { assertive: text }),
    notices: [...notices.slice(-2), notice],
  }));
  window.setTimeout(() => dismiss(notice.id), tone === "note" ? 4_000 : 8_000);
}

export function dismiss(id: number): void {
  useLive.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}
