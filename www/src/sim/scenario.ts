/** What the world does during the call, as text. */
import type { Report } from "patchcord/slim";
import { create } from "zustand";
import { recall, remember } from "../flow/memory";

interface Scenario {
  text: string;
  reports: Report[];
}

export const useScenario = create<Scenario>(() => ({ text: recall("scenario") ?? "", reports: [] }));

export function write(text: string): void {
  useScenario.setState({ text });
  remember("scenario", text);
}
