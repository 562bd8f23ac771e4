// What is measured: a menu of a company in each dialect, and fifty steps.
const DEPARTMENTS = ["sales", "support", "billing", "press", "jobs", "office", "night", "lab"];

const menu = (name, index) => [
  { answer: {} },
  { set: { department: name, tries: index } },
  { play: { urls: [`say:You have reached ${name}.`, "silence:1.0"], volume: 4 } },
  { prompt: { play: "say:Press 1 to be connected, 2 to leave a message.", max_digits: 1, terminators: "#" } },
  {
    switch: {
      variable: "prompt_value",
      case: {
        1: [{ connect: { to: `+1555123000${index}`, from: "%{call.from}", timeout: 20, answer_on_bridge: true } }],
        2: [{ record: { beep: true, max_length: 60, terminators: "#" } }],
      },
      default: [{ play: { url: "say:Sorry." } }, { hangup: {} }],
    },
  },
  { cond: [{ when: "vars.tries < 3", then: [{ transfer: { dest: "main" } }] }, { else: [{ hangup: {} }] }] },
];

const sections = { main: [{ answer: {} }, { execute: { dest: DEPARTMENTS[0] } }, { hangup: {} }] };
DEPARTMENTS.forEach((name, index) => (sections[name] = menu(name, index)));
export const swml = JSON.stringify({ version: "1.0.0", sections });

const verbsOf = (name, index) => [
  { verb: "say", text: `You have reached ${name}. Please hold the line.`, loop: 1, earlyMedia: true },
  { verb: "play", url: `https://example.com/${name}/welcome.mp3` },
  {
    verb: "dial",
    callerId: "+15550001111",
    actionHook: `/${name}/done`,
    answerOnBridge: true,
    timeLimit: 3600,
    timeout: 30,
    target: [
      { type: "phone", number: `+1555123000${index}` },
      { type: "sip", sipUri: `sip:${name}@example.com`, auth: { username: name, password: "secret" } },
    ],
  },
  { verb: "pause", length: 1 },
];
const last = [{ verb: "say", text: "Nobody is here." }, { verb: "redirect", actionHook: "/closed" }, { verb: "hangup" }];
export const verbs = JSON.stringify([{ verb: "answer" }, ...[...DEPARTMENTS, ...DEPARTMENTS.slice(0, 3)].flatMap(verbsOf), ...last]);

const dial = (name, index) => `  <Dial timeout="30" timeLimit="3600" action="https://example.com/${name}/done" method="POST">
    <Number statusCallback="https://example.com/${name}/number" statusCallbackEvent="initiated ringing">+1555123000${index % 10}</Number>
    <Sip username="${name}" password="secret" url="https://example.com/${name}/screen">sip:${name}@example.com;transport=tcp?X-Department=${name}&amp;X-Index=${index}</Sip>
  </Dial>
`;
export const rcml = `<?xml version="1.0" encoding="UTF-8"?>\n<Response>\n${[...DEPARTMENTS, ...DEPARTMENTS].map(dial).join("")}</Response>\n`;

const quoted = (value) => JSON.stringify(value);
function block(value, indent) {
  const pad = " ".repeat(indent);
  if (Array.isArray(value)) {
    return value.map((item) => `${pad}- ${block(item, indent + 2).trimStart()}`).join("");
  }
  if (value && typeof value === "object") {
    const entries = Object.entries(value);
    if (entries.length === 0) return `${pad}{}\n`;
    const entry = ([key, inner]) => {
      const name = /^\d/.test(key) ? quoted(key) : key;
      const plain = typeof inner !== "object" || inner === null || Object.keys(inner).length === 0;
      return plain ? `${pad}${name}: ${block(inner, 0)}` : `${pad}${name}:\n${block(inner, indent + 2)}`;
    };
    return entries.map(entry).join("");
  }
  return `${pad}${quoted(value)}\n`;
}
export const yaml = block({ version: "1.0.0", sections }, 0);

/** Fifty times a condition and a variable. */
const step = { cond: [{ when: "vars.n < 100", then: [{ set: { n: "${vars.n + 1}" } }] }] };
export const steps = JSON.stringify({ sections: { main: [{ set: { n: 0 } }, ...Array.from({ length: 50 }, () => step)] } });

export const condition = "vars.tries < 3 && call.call_state == 'answered' && call.from == '+15550001111'";
export const scope = {
  vars: { tries: 2, department: "sales", prompt_value: "1", request_result: "success" },
  call: { call_id: "c0ffee", call_state: "answered", direction: "inbound", from: "+15550001111", to: "+15552220000" },
};
