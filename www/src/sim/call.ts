/**
 * The call that is played through: one session of the engine, and what is to be seen of it. Nothing
 * here decides anything about the call.
 */
import { type Awaited, type Branch, type Dialect, type Divergence, EngineError, type Fact, type Json, ScenarioError, type Session, type SessionEvent, type SessionStatus, type Stop, type Until, WireError } from "patchcord/slim";
import { create } from "zustand";
import { selectNode, selectTime } from "../flow/cursor";
import { withEngine } from "../flow/engine";
import { useFlow } from "../flow/flow";
import { viewer } from "../flow/place";
import { breakpoints, useBreakpoints } from "./breakpoints";
import { useScenario } from "./scenario";
import { type Answer, Story } from "./story";
import { simulated } from "./study";
import { stepBegan } from "./legs";
import { valuesAt } from "./values";

export interface Call {
  status: SessionStatus | undefined;
  /** All that is known of this branch, the future included. */
  events: SessionEvent[];
  awaiting: Awaited[];
  variables: Record<string, Json>;
  /** Variables before the step began that the latest event belongs to. */
  earlier: Record<string, Json>;
  branches: Branch[];
  stop: Stop | undefined;
  divergence: Divergence | undefined;
  /** Why there is no call. */
  refusal: string | undefined;
  /** The step where the call is. */
  current: string | undefined;
  /** How often each step was begun. */
  visits: ReadonlyMap<string, number>;
  /** Virtual milliseconds that pass in one real one; 0 while it stands still. */
  speed: number;
}

const NOTHING = {
  status: undefined,
  events: [],
  awaiting: [],
  variables: {},
  earlier: {},
  branches: [],
  stop: undefined,
  divergence: undefined,
  current: undefined,
  visits: new Map<string, number>(),
};

export const useCall = create<Call>(() => ({ ...NOTHING, refusal: undefined, speed: 0 }));

let session: Session | undefined;
let story: Story | undefined;
/** Where the session stood when the engine broke. */
let place: SessionStatus | undefined;
/** What the session was made of. */
let made = { text: "", scenario: "", hint: undefined as Dialect | undefined, opened: 0 };
/** Answers that are given again by themselves, by whom they concern. */
const remembered = new Map<string, { label: string; after: number }>();

let waiting = false;

/** Looks at the document and the scenario soon, but lets the page be painted first. */
function soon(): void {
  // Where a flow is only shown, no call is made.
  if (waiting || viewer) return;
  waiting = true;
  window.setTimeout(() => {
    waiting = false;
    follow();
  }, 20);
}

useFlow.subscribe((flow, before) => {
  if (flow.reports !== before.reports || flow.opened !== before.opened) soon();
});
useScenario.subscribe((scenario, before) => {
  if (scenario.text !== before.text) soon();
});

/** The session of the document and the scenario as they are now. */
function follow(): void {
  const { text, hint, ready, reports, opened } = useFlow.getState();
  const { text: scenario } = useScenario.getState();
  check(text, scenario, hint);
  if (!ready || text.trim() === "" || reports.some(({ severity }) => severity === "error")) {
    if (text.trim() === "") drop(undefined);
    return;
  }
  if (session && made.scenario === scenario && made.hint === hint && made.opened === opened) {
    if (made.text === text) return;
    reload(text);
  } else {
    made = { ...made, opened };
    begin(text, scenario, hint);
  }
}

/** What is wrong with the scenario, or not as it expects. */
function check(text: string, scenario: string, hint: Dialect | undefined): void {
  const reports = scenario.trim() === "" || !useFlow.getState().ready ? [] : simulated(text, scenario, hint).reports;
  useScenario.setState({ reports });
}

function begin(text: string, scenario: string, hint: Dialect | undefined): void {
  drop(undefined);
  try {
    story = new Story(text, scenario, hint);
    session = story.begin();
    made = { ...made, text, scenario, hint };
    decide();
  } catch (error) {
    if (error instanceof EngineError) return;
    if (error instanceof ScenarioError) useScenario.setState({ reports: error.reports });
    drop(error instanceof Error ? error.message : String(error));
  }
}

/** The same answers, for another text. */
function reload(text: string): void {
  if (!session) return;
  try {
    const divergence = session.reload(text) ?? undefined;
    made = { ...made, text };
    story?.changed(text);
    show({ divergence, stop: undefined }, true);
  } catch (error) {
    if (error instanceof EngineError) return;
    useCall.setState({ refusal: error instanceof Error ? error.message : String(error) });
  }
}

function drop(refusal: string | undefined): void {
  session?.free();
  session = undefined;
  story = undefined;
  useCall.setState({ ...NOTHING, refusal, speed: 0 });
}

/** Looks at the session again. `anew` when what was known may have changed. */
function show(more: Partial<Call> = {}, anew = false): void {
  if (!session) return;
  const before = useCall.getState();
  const status = session.status;
  const same = !anew && before.status?.branch === status.branch;
  const kept = same ? before.events.slice(0, status.length) : [];
  const events = kept.length < status.length ? [...kept, ...session.events(kept.length, status.length)] : kept;
  const awaiting = session.awaiting();
  const happened = events.slice(0, status.position);
  const visits = new Map<string, number>();
  for (const { entry, node } of happened) {
    if (node !== undefined && entry.kind === "note" && entry.name === "step") visits.set(node, (visits.get(node) ?? 0) + 1);
  }
  const current = status.ended ? undefined : (awaiting.find(({ decides }) => decides)?.node ?? happened.findLast(({ node }) => node !== undefined)?.node);
  const begun = stepBegan(happened);
  useCall.setState({
    status,
    events,
    awaiting,
    variables: valuesAt(events, status.position, session.variables()),
    earlier: valuesAt(events, begun, session.variables(begun)),
    branches: session.branches(),
    current,
    visits,
    refusal: undefined,
    ...more,
  });
  selectTime(status.t, undefined);
}

/** When the engine breaks, what was begun is left; the call is told anew to the next one. */
function acting<Given extends unknown[], Found>(act: (...given: Given) => Found): (...given: Given) => Found | undefined {
  return (...given) => {
    try {
      return act(...given);
    } catch (error) {
      if (error instanceof EngineError) return undefined;
      throw error;
    }
  };
}

withEngine(
  () => {
    place = useCall.getState().status;
    // It is not freed: its instance must not be asked any more.
    session = undefined;
    useCall.setState({ speed: 0 });
  },
  () => {
    if (!story) return "none";
    try {
      session = story.retell(place);
      show({ stop: undefined }, true);
      return "restored";
    } catch {
      drop(undefined);
      soon();
      return "lost";
    }
  },
);

/** The answers that were given. */
export const answers = (): Answer[] => story?.answers ?? [];

/** Runs on until something stops it. */
function run(until: Until): Stop | undefined {
  if (!session) return undefined;
  forward();
  const stop = runUntil(session, until);
  show({ stop, divergence: undefined });
  return stop;
}

/** The engine refuses what only looks like a condition: then it stops nothing, and says why. */
function runUntil(session: Session, until: Until): Stop {
  try {
    return session.runUntil({ ...until, breakpoints: breakpoints() });
  } catch (error) {
    const { when, wrong } = useBreakpoints.getState();
    if (!(error instanceof WireError) || when.trim() === "" || wrong !== undefined) throw error;
    useBreakpoints.setState({ wrong: error.message });
    return session.runUntil({ ...until, breakpoints: breakpoints() });
  }
}

/** A run goes on from the end of what is known. */
function forward(): void {
  if (!session) return;
  const { position, length } = session.status;
  if (position < length) session.jump(length);
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
    told(session, option.fact, known.after);
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
function point(): void {
  const { events, status } = useCall.getState();
  const event = events[(status?.position ?? 0) - 1];
  if (event?.node !== undefined && event.document === undefined) selectNode(event.node, "call");
}

function told(session: Session, fact: Fact, after: number): void {
  const at = session.status;
  session.answer(fact, after);
  story?.answered(at, fact, after);
}

/** Somebody does something. Then the call runs to where the next one must be asked. */
export function answer(awaited: Awaited, fact: Fact, after: number, remember: boolean, label: string): void {
  if (!session) return;
  try {
    told(session, fact, after);
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
  const stop = runUntil(session, { time, decision: true });
  show({ stop });
  return stop;
});

/** The answers so far as a scenario; with what happened as what must happen. */
export const asScenario = (expect: boolean): string | undefined => session?.scenario({ expect });
