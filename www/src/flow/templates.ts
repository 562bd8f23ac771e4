/** Flows to begin with, in the three dialects. */
export interface Template {
  id: string;
  group: string;
  name: string;
  flow: string;
  scenario: string;
}

const RING_TWO_SCENARIO = `# Who calls, who is called, and what they do.
caller: { from: "+15550001111", to: "+15552220000" }
callees:
  - { to: "sip:alice@*", does: [ {at: 200ms, ring: 180} ] }
  - { to: "sip:bob@*",   does: [ {at: 300ms, ring: 180}, {at: 3s, answer: 200}, {at: 20s, hang_up: normal} ] }
`;

export const TEMPLATES: Template[] = [
  {
    id: "swml-ring-two",
    group: "SignalWire SWML",
    name: "Ring two phones at once",
    flow: `version: 1.0.0
sections:
  main:
    - play:
        url: "say:Hello, one moment please"
    - connect:
        timeout: 20
        parallel:
          - to: sip:alice@example.com
          - to: sip:bob@example.com
        result:
          case:
            connected:
              - hangup
          default:
            - play: { url: "say:Nobody is there, sorry" }
            - hangup
`,
    scenario: RING_TWO_SCENARIO,
  },
  {
    id: "swml-hunt",
    group: "SignalWire SWML",
    name: "Hunt through two groups",
    flow: `version: 1.0.0
sections:
  main:
    - connect:
        answer_on_bridge: true
        serial_parallel:
          - - { to: "+15551110001", timeout: 5 }
            - { to: "+15551110002", timeout: 8 }
          - - { to: "sip:sales@example.com" }
    - switch:
        variable: connect_result
        case:
          connected: [ hangup ]
          failed: [ { hangup: busy } ]
`,
    scenario: `callees:
  - { to: "+1555*", does: [ {at: 200ms, ring: 180} ] }
  - { to: "sip:sales@*", does: [ {at: 400ms, ring: 180}, {at: 2s, answer: 200}, {at: 12s, hang_up: normal} ] }
`,
  },
  {
    id: "swml-branch",
    group: "SignalWire SWML",
    name: "Variables and branches",
    flow: `version: 1.0.0
sections:
  main:
    - set:
        tries: 0
    - label: again
    - set:
        tries: "\${vars.tries + 1}"
    - connect:
        to: sip:alice@example.com
        timeout: 5
    - cond:
        - when: "connect_result == 'connected'"
          then: [ hangup ]
    - goto:
        label: again
        when: "vars.tries < 2"
        max: 3
    - play:
        url: "say:We tried %{vars.tries} times"
    - hangup
`,
    scenario: `callees:
  - to: "sip:alice@*"
    attempts:
      - [ {at: 200ms, ring: 180}, {at: 1s, reject: 486} ]
      - [ {at: 200ms, ring: 180} ]
`,
  },
  {
    id: "verbs-simring",
    group: "jambonz verbs",
    name: "Ring all, then ask the application",
    flow: `[
  { "verb": "say", "text": "One moment please" },
  {
    "verb": "dial",
    "actionHook": "/dialled",
    "callerId": "+15550009999",
    "timeout": 20,
    "target": [
      { "type": "phone", "number": "+15551110001" },
      { "type": "sip", "sipUri": "sip:alice@example.com" }
    ]
  },
  { "verb": "hangup" }
]
`,
    scenario: `url: https://app.example/start
callees:
  - { to: "sip:alice@*", does: [ {at: 200ms, ring: 180}, {at: 2s, answer: 200}, {at: 8s, hang_up: normal} ] }
  - { to: "*", does: [ {at: 300ms, ring: 180} ] }
http:
  - request: "POST https://app.example/dialled"
    reply: { after: 30ms, status: 200, headers: {content-type: application/json}, body: '[{"verb": "say", "text": "How was it?"}, {"verb": "hangup"}]' }
`,
  },
  {
    id: "verbs-hello",
    group: "jambonz verbs",
    name: "Say hello",
    flow: `[
  { "verb": "answer" },
  { "verb": "pause", "length": 1 },
  { "verb": "say", "text": "Hello, and goodbye" },
  { "verb": "hangup" }
]
`,
    scenario: "",
  },
  {
    id: "rcml-dial",
    group: "RCML and TwiML",
    name: "Dial several, then an action",
    flow: `<?xml version="1.0" encoding="UTF-8"?>
<Response>
  <Say>Please hold</Say>
  <Dial timeout="20" callerId="+15550009999" action="/after.xml">
    <Sip statusCallback="/status" statusCallbackEvent="initiated ringing answered completed">sip:alice@example.com</Sip>
    <Sip>sip:bob@example.com</Sip>
  </Dial>
</Response>
`,
    scenario: `url: https://app.example/voice.xml
callees:
  - { to: "sip:alice@*", does: [ {at: 200ms, ring: 180}, {at: 2s, answer: 200}, {at: 8s, hang_up: normal} ] }
  - { to: "*", does: [ {at: 300ms, ring: 180} ] }
http:
  - request: "POST https://app.example/after.xml"
    reply: { headers: {content-type: text/xml}, body: "<Response><Say>Goodbye</Say><Hangup/></Response>" }
  - { request: "POST *", reply: { status: 204 } }
`,
  },
  {
    id: "rcml-busy",
    group: "RCML and TwiML",
    name: "Everybody is busy",
    flow: `<Response>
  <Dial timeout="15">
    <Number>+15551110001</Number>
  </Dial>
  <Say>All lines are busy, please call again</Say>
  <Hangup/>
</Response>
`,
    scenario: `callees:
  - { to: "*", does: [ {at: 100ms, ring: 180}, {at: 1500ms, reject: 486} ] }
`,
  },
];
