// What every runtime computes with the package. All of them must come to the same text.
import { applyEdit, applyEdits, check, EditError, Expression, graph, simulate } from "patchcord";

const flow = `
sections:
  main:
    - connect:
        parallel: [ {to: "sip:alice@example.com"}, {to: "sip:bob@example.com"} ]
        result: { case: { connected: [hangup] } }
    - play: say:Später.
`;

export function answer() {
  const codes = check(flow.replace("parallel", "paralel")).map(({ code, line }) => `${line} ${code}`);
  const { outcome, trace } = simulate(flow);
  const edited = applyEdits(flow, applyEdit(flow, { op: "delete", node: "sections.main[1]" }));
  let refused = "";
  try {
    applyEdit(flow, { op: "delete", node: "nowhere" });
  } catch (error) {
    refused = error instanceof EditError ? error.code : String(error);
  }
  const expression = new Expression("'a'.repeat(3) + n");
  const evaluated = expression.evaluate({ n: 1 });
  expression.free();
  const { layout } = graph(flow, { layout: true });
  return JSON.stringify([codes, outcome, trace.length, edited.length, refused, evaluated, layout.nodes]);
}
