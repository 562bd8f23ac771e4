/** The call is that of the document and of the scenario, as they are now. */
import { type Dialect, EngineError, ScenarioError } from "patchcord/slim";
import { explain, whole } from "../flow/engine";
import { useFlow } from "../flow/flow";
import { viewer } from "../flow/place";
import { LARGE } from "../flow/reader";
import { turn } from "../flow/turn";
import { decide } from "./acts";
import { useCall } from "./call";
import { drop, retext, session, take } from "./session";
import { useScenario } from "./scenario";
import { Story } from "./story";
import { simulated } from "./study";

/** What the session was made of. */
let made = { text: "", scenario: "", hint: undefined as Dialect | undefined, opened: 0 };
let waiting: number | undefined;
/** Milliseconds without a change. */
const RESTS = 1_200;

/** Looks at the document and the scenario soon, but lets the page be painted first. */
function soon(): void {
  // Where a flow is only shown, no call is made.
  if (viewer) return;
  const large = useFlow.getState().text.length > LARGE;
  // In a large document the call comes when the typing rests.
  if (waiting !== undefined && !large) return;
  window.clearTimeout(waiting);
  waiting = window.setTimeout(
    () => {
      waiting = undefined;
      whole().then(follow, (error: unknown) => drop(explain(error)));
    },
    large ? RESTS : 20,
  );
}

useFlow.subscribe((flow, before) => {
  // What is being typed puts it off.
  if (waiting !== undefined && flow.text !== before.text) soon();
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
    take(new Story(text, scenario, hint));
    made = { ...made, text, scenario, hint };
    const begun = session;
    void turn().then(() => {
      if (session === begun) decide();
    });
  } catch (error) {
    if (error instanceof EngineError) return;
    if (error instanceof ScenarioError) useScenario.setState({ reports: error.reports });
    drop(error instanceof Error ? error.message : String(error));
  }
}

/** The same answers, for another text. */
function reload(text: string): void {
  try {
    retext(text);
    made = { ...made, text };
  } catch (error) {
    if (error instanceof EngineError) return;
    useCall.setState({ refusal: error instanceof Error ? error.message : String(error) });
  }
}

// The document may have been read already.
soon();
