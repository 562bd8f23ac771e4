/** What lies over the page for a moment. Nothing in it is lost when it is closed. */
import { create } from "zustand";
import type { Conflict } from "../flow/tabs";
import { keep, taken } from "./ahead";

/** Where a new step goes. */
export type Spot =
  | { at: "after"; node: string }
  | { at: "section"; section: string }
  | { at: "edge"; from: string; port?: string; to?: string };

export interface Question {
  title: string;
  /** Without a label there is no field: it is answered with yes, or not at all. */
  says?: string;
  label: string;
  value: string;
  /** Second field, for instance how often. */
  more?: { label: string; value: string };
  /** Choices for the first field. */
  choices?: string[];
  onAnswer(value: string, more: string): void;
}

export type Overlay =
  | { kind: "palette"; query: string }
  | { kind: "insert"; spot: Spot }
  | { kind: "connect"; node: string; port: string | undefined }
  | { kind: "question"; question: Question }
  | { kind: "find" }
  | { kind: "address"; address: string }
  | { kind: "help" }
  | { kind: "keys" }
  | { kind: "templates" }
  | { kind: "share" }
  | { kind: "compare" }
  | { kind: "conflict"; conflict: Conflict }
  | { kind: "tour" };

interface OverlayState {
  overlay: Overlay | undefined;
}

export const useOverlay = create<OverlayState>(() => ({ overlay: undefined }));

let before: Element | null = null;

/** What has a field to write into at once. */
const FIELDS: Overlay["kind"][] = ["palette", "insert", "connect", "find"];

export function open(overlay: Overlay): void {
  const { overlay: now } = useOverlay.getState();
  if (!now) before = document.activeElement;
  if (FIELDS.includes(overlay.kind) && now?.kind !== overlay.kind) keep();
  useOverlay.setState({ overlay });
}

/** Closes it; the keyboard returns to where it was. */
export function close(): void {
  if (!useOverlay.getState().overlay) return;
  taken();
  useOverlay.setState({ overlay: undefined });
  // While a dialog is open, nothing below it takes the keyboard.
  document.querySelector<HTMLDialogElement>("dialog[open]")?.close();
  const back = before;
  before = null;
  if (back instanceof HTMLElement && back.isConnected) back.focus();
}

export const ask = (question: Question): void => open({ kind: "question", question });
