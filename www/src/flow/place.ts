/** Where this page stands: by itself, or inside of another one. */
import { create } from "zustand";

const asked = new URLSearchParams(location.search).get("embed");

/** The origin of the page that embeds this one; it alone is spoken with. */
export const embedder: string | undefined = window.parent === window || asked === null ? undefined : asked;

export const embedded = embedder !== undefined;

/** This is the page that only shows a flow: nothing runs, nothing is kept. */
export const viewer = document.documentElement.dataset["page"] === "viewer";

/** Whether the document may only be looked at. */
export const useAccess = create<{ readonly: boolean }>(() => ({ readonly: viewer }));

export const readonly = (): boolean => useAccess.getState().readonly;

/** For components: they follow when it changes. */
export const useReadonly = (): boolean => useAccess(({ readonly }) => readonly);
