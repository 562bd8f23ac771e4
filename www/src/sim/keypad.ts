/** The keys of a telephone, for a call that waits for them. */
import { useCall } from "./call";

/** Whether the key was taken. */
export function press(key: string): boolean {
  if (!/^[0-9*#]$/.test(key)) return false;
  const { awaiting } = useCall.getState();
  const awaited = awaiting.find(({ decides, options }) => decides && options.some(({ fact }) => fact.fact === "presses"));
  const option = awaited?.options.find(({ fact }) => fact.fact === "presses");
  if (!awaited || option?.fact.fact !== "presses") return false;
  const fact = { ...option.fact, keys: key };
  void import("./acts").then(({ answer }) => answer(awaited, fact, 0, false, option.label));
  return true;
}
