/** Steps that were searched for and found; the graph shows them as long as one searches. */
import { create } from "zustand";

export const useFound = create<{ nodes: ReadonlySet<string> }>(() => ({ nodes: new Set() }));

export const show = (nodes: ReadonlySet<string>): void => useFound.setState({ nodes });
