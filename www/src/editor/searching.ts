import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import type { Extension } from "@codemirror/state";
import { keymap } from "@codemirror/view";

export const bindings = searchKeymap;

/** Searches, and lights what is like the selection. */
export const searching: Extension = [highlightSelectionMatches(), keymap.of([...searchKeymap])];
