/** What a call and the tests can be kept as. */
import { useFlow } from "../flow/flow";
import { asSeen, useHost } from "../host/host";
import { useJournal } from "../host/journal";
import { save } from "../shell/files";
import { tell } from "../shell/live";
import { asScenario } from "../sim/acts";
import { useCall } from "../sim/call";
import { type Seen, seen } from "../sim/legs";
import { useLook } from "../sim/look";
import { useScenario } from "../sim/scenario";
import { runAll, useTests } from "../sim/tests";
import { words } from "../words/words";
import { junit } from "./junit";
import { mermaid } from "./mermaid";
import { ladderPicture, pixels, timelinePicture } from "./picture";

export type Kind = "timeline.svg" | "timeline.png" | "ladder.svg" | "ladder.png" | "mmd" | "json" | "scenario" | "junit";

/** The call that a tab shows, and its name. */
function shown(tab: string): { name: string; call: Seen } | undefined {
  const flow = useFlow.getState().name.replace(/\.\w+$/, "") || "flow";
  if (tab === "journal") {
    const { opened } = useJournal.getState();
    return opened && { name: opened.name.replace(/\.\w+$/, ""), call: opened.call };
  }
  if (tab === "live") {
    const { calls, chosen } = useHost.getState();
    const call = chosen === undefined ? undefined : calls.get(chosen);
    return call && { name: `call-${call.number}`, call: asSeen(call) };
  }
  const { events, status } = useCall.getState();
  return status && { name: flow, call: seen(events.map(({ entry }) => entry)) };
}

export async function keep(kind: Kind, tab: string): Promise<void> {
  if (kind === "junit") {
    runAll();
    const { tests, verdicts } = useTests.getState();
    const { name } = useFlow.getState();
    const flow = name.replace(/\.\w+$/, "") || "flow";
    if (verdicts.size === 0) tell(words().noTests, "trouble");
    else save(`${flow}.tests.xml`, junit(flow, tests, verdicts));
    return;
  }
  if (kind === "scenario") {
    const text = tab === "call" ? asScenario(false) : useScenario.getState().text;
    if (!text?.trim()) tell(words().noCallToKeep, "trouble");
    else save(`${useFlow.getState().name.replace(/\.\w+$/, "") || "flow"}.scenario.yaml`, text);
    return;
  }
  const found = shown(tab);
  if (!found || found.call.trace.length === 0) {
    tell(words().noCallToKeep, "trouble");
    return;
  }
  const { name, call } = found;
  const look = useLook.getState();
  const title = `${name}, ${kind.startsWith("timeline") ? words().timeline : words().ladder}`;
  switch (kind) {
    case "mmd":
      return save(`${name}.call.mmd`, mermaid(call, look));
    case "json":
      return save(`${name}.events.json`, `${JSON.stringify({ flow: name, outcome: call.outcome ?? null, legs: call.legs, events: nodes(tab, call) }, null, 2)}\n`);
    default: {
      const drawn = kind.startsWith("timeline") ? timelinePicture(call, title, words()) : ladderPicture(call, look, title, words());
      save(`${name}.${kind}`, kind.endsWith("png") ? await pixels(drawn) : drawn.svg);
    }
  }
}

/** The trace; with its steps, where the call is of this document. */
function nodes(tab: string, call: Seen): object[] {
  const events = tab === "journal" || tab === "live" ? [] : useCall.getState().events;
  return call.trace.map((entry, index) => ({ ...entry, ...(events[index]?.node === undefined ? {} : { node: events[index].node }) }));
}
