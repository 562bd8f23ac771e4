/**
 * The call that is played through: one session of the engine, and what is to be seen of it. Nothing
 * here decides anything about the call.
 */
import { EngineError, type Fact, type Session, type SessionStatus } from "patchcord/slim";
import { selectTime } from "../flow/cursor";
import { withEngine } from "../flow/engine";
import { type Call, NOTHING, useCall } from "./call";
import { type Answer, Story } from "./story";
import { stepBegan, valuesAt } from "./values";

/** The session; everything that is done to it is shown afterwards. */
export let session: Session | undefined;
let story: Story | undefined;
/** Where the session stood when the engine broke. */
let place: SessionStatus | undefined;
/** Another session takes the place of the one before. */
export function take(told: Story): void {
  story = told;
  session = told.begin();
}

/** The same answers, for another text. */
export function retext(text: string): void {
  if (!session) return;
  const divergence = session.reload(text) ?? undefined;
  story?.changed(text);
  show({ divergence, stop: undefined }, true);
}

/** There is no call, perhaps for a reason. */
export function drop(refusal: string | undefined): void {
  session?.free();
  session = undefined;
  story = undefined;
  useCall.setState({ ...NOTHING, refusal, speed: 0 });
}

/** Looks at the session again. `anew` when what was known may have changed. */
export function show(more: Partial<Call> = {}, anew = false): void {
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
  // Amid what one fact leads to, nobody is waited for yet.
  const amid = (events[status.position]?.entry.kind ?? "event") !== "event";
  const latest = happened.findLast(({ node }) => node !== undefined)?.node;
  const current = amid ? latest : status.ended ? undefined : (awaiting.find(({ decides }) => decides)?.node ?? latest);
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
export function acting<Given extends unknown[], Found>(act: (...given: Given) => Found): (...given: Given) => Found | undefined {
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
      // It is begun anew when the document was read.
      drop(undefined);
      return "lost";
    }
  },
);

/** The answers that were given. */
export const answers = (): Answer[] => story?.answers ?? [];

/** A fact happens so many milliseconds from now. */
export function told(fact: Fact, after: number): void {
  if (!session) return;
  const at = session.status;
  session.answer(fact, after);
  story?.answered(at, fact, after);
}
