/** What is done with the call. */
import { type Awaited, EngineError, type Fact, type SessionEvent, type Stop, type Until } from "patchcord/slim";
import { selectNode } from "../flow/cursor";
import { useCall } from "./call";
import { runOn as runSession } from "./run";
import { acting, session, show, told } from "./session";

/** Answers that are given again by themselves, by whom they concern. */
const remembered = new Map<string, { label: string; after: number }>();

/** Runs on until something stops it. */
function run(until: Until): Stop | undefined {
  if (!session) return undefined;
  const stop = runSession(session, until);
  show({ stop, divergence: undefined });
  return stop;
}

/** To the end; whom nobody answers for, time answers for. */
export const finish = acting((): void => void run({}));

/** To where somebody must be asked. What is remembered is answered. */
export const decide = acting((): void => {
  for (let round = 0; round < 100; round += 1) {
    const stop = run({ decision: true });
    if (stop?.stopped !== "decision" || !session) return;
    const asked = session.awaiting().find(({ decides, name }) => decides && name !== undefined && remembered.has(name));
    const known = asked?.name === undefined ? undefined : remembered.get(asked.name);
    const option = asked?.options.find(({ label }) => label === known?.label);
    if (!known || !option) return;
    told(option.fact, known.after);
  }
});

/** One event on. */
export const step = acting((): void => {
  if (!session) return;
  const { position, length } = session.status;
  if (position < length) session.jump(position + 1);
  else session.step();
  show({ stop: undefined });
  point();
});

/** To the next event at another step. */
export const stepOver = acting((): void => {
  if (!session) return;
  const { current, status } = useCall.getState();
  let before = status?.position ?? 0;
  for (let count = 0; count < 200; count += 1) {
    const { position, length } = session.status;
    if (position < length) session.jump(position + 1);
    else if (!session.step()) break;
    const [event] = session.events(before, before + 1);
    before = session.status.position;
    if (event?.node !== undefined && event.node !== current) break;
  }
  show({ stop: undefined });
  point();
});

/** To after so many events. */
export const jump = acting((position: number): void => {
  if (!session) return;
  const { length } = session.status;
  session.jump(Math.min(Math.max(position, 0), length));
  show({ stop: undefined });
});

export const back = (): void => {
  jump((useCall.getState().status?.position ?? 0) - 1);
  point();
};

export function reset(): void {
  useCall.setState({ speed: 0 });
  jump(0);
}

/** Selects the step of the latest event everywhere. */
export function point(): void {
  const { events, status } = useCall.getState();
  const event = events[(status?.position ?? 0) - 1];
  if (event?.node !== undefined && event.document === undefined) selectNode(event.node, "call");
}

/** Somebody does something. Then the call runs to where the next one must be asked. */
export function answer(awaited: Awaited, fact: Fact, after: number, remember: boolean, label: string): void {
  if (!session) return;
  try {
    told(fact, after);
  } catch (error) {
    if (error instanceof EngineError) return;
    useCall.setState({ refusal: error instanceof Error ? error.message : String(error) });
    return;
  }
  if (awaited.name !== undefined) {
    if (remember) remembered.set(awaited.name, { label, after });
    else remembered.delete(awaited.name);
  }
  decide();
  lookAtCurrent();
}

/** Brings the step where the call is into view, everywhere. */
export function lookAtCurrent(): void {
  const { current } = useCall.getState();
  if (current !== undefined) selectNode(current, "call");
}

export const switchTo = acting((branch: number): void => {
  if (!session?.switch(branch)) return;
  show({ stop: undefined, divergence: undefined }, true);
});

/** All that is known of a branch. The one that is looked at stays where it is. */
export function eventsOf(branch: number): SessionEvent[] {
  if (!session) return [];
  const { branch: current, position } = session.status;
  if (branch === current) return session.events();
  if (!session.switch(branch)) return [];
  const events = session.events();
  session.switch(current);
  if (session.status.position !== position) session.jump(position);
  return events;
}

/** On to a time, unless somebody must be asked before. */
export const runOn = acting((time: number): Stop | undefined => {
  if (!session) return undefined;
  const stop = runSession(session, { time, decision: true });
  show({ stop });
  return stop;
});

/** The answers so far as a scenario; with what happened as what must happen. */
export const asScenario = (expect: boolean): string | undefined => session?.scenario({ expect });
