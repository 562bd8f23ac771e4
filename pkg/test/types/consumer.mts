// Compiled, never run: what TypeScript must accept and what it must refuse.
import { Engine, type EditOperation, type Host, type Report, applyEdit, check, graph, simulate } from "patchcord";
import { Guest } from "patchcord/guest";
import { init } from "patchcord/slim";

const reports: Report[] = check("[]", { dialect: "verbs" });
const line: number | undefined = reports[0]?.fix?.line;
const outcome: "completed" | "rejected" | "abandoned" | "failed" | null = simulate("[]").outcome;

for (const entry of simulate("[]").trace) {
  if (entry.kind === "command" && entry.name === "originate") {
    const to: string = entry.to;
    void to;
  }
}

const nothing = () => {};
const host: Host = {
  ring: nothing,
  answer: ({ leg }) => console.log(leg),
  reject: nothing,
  originate: ({ to, headers }) => console.log(to, headers?.length),
  cancel: nothing,
  hangup: nothing,
  bridge: ({ a, b, early }) => console.log(a, b, early),
  unbridge: nothing,
  play: ({ clip }) => console.log(clip.kind === "say" ? clip.text : clip.kind),
  stop: nothing,
  "send-digits": nothing,
  fetch: nothing,
  notify: nothing,
  done: nothing,
};
const engine = new Engine(host);
engine.event(1, { name: "answered", leg: "b1" });

// @ts-expect-error a host must know every order
const half: Host = { ring: nothing };
// @ts-expect-error there is no such dialect
check("[]", { dialect: "klingon" });
// @ts-expect-error an event must have what it needs
engine.event(1, { name: "answered" });
// @ts-expect-error a leg has a name of its own kind
engine.event(1, { name: "answered", leg: "c" });

const x: number | undefined = graph("[]", { layout: true }).layout.nodes[0]?.x;
const removal: EditOperation = { op: "delete", node: "/[0]" };
const text: string | undefined = applyEdit("[]", removal)[0]?.text;
// @ts-expect-error an operation must have what it needs
applyEdit("[]", { op: "delete" });
// @ts-expect-error nothing has a place that was not asked for
graph("[]").layout.width;

void [line, outcome, half, Guest, init, x, text];
