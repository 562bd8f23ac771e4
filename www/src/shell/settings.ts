/** How this person likes the page. None of it is part of a document. */
import { create } from "zustand";
import { recall, remember } from "../flow/memory";
import { type Locale, spoken } from "../words/locale";

export type Theme = "system" | "light" | "dark";
export type SideTab = "text" | "form" | "docs";
/** Panes of a window too narrow for all of them. */
export type Pane = "graph" | "side" | "dock";

export interface Settings {
  theme: Theme;
  locale: Locale;
  /** Widths and heights of panes, in pixels. */
  rail: number;
  side: number;
  dock: number;
  railOpen: boolean;
  dockOpen: boolean;
  sideTab: SideTab;
  dockTab: string;
  pane: Pane;
}

const FIRST: Settings = {
  theme: "system",
  locale: spoken(navigator.language) ?? "en",
  rail: 232,
  side: 460,
  // Timeline and ladder want room, where there is some.
  dock: window.innerHeight >= 800 ? 320 : 236,
  railOpen: true,
  dockOpen: true,
  sideTab: "text",
  dockTab: "call",
  pane: "graph",
};

export const useSettings = create<Settings>(() => ({ ...FIRST, ...known() }));

useSettings.subscribe((settings) => remember("settings", JSON.stringify(settings)));

export const change = useSettings.setState;

function known(): Partial<Settings> {
  try {
    const value: unknown = JSON.parse(recall("settings") ?? "{}");
    if (typeof value !== "object" || value === null) return {};
    // A setting of another kind than ours is from another version.
    return Object.fromEntries(Object.entries(value).filter(([key, value]) => key in FIRST && typeof value === typeof FIRST[key as keyof Settings]));
  } catch {
    return {};
  }
}
