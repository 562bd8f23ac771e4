/** What may stand at the cursor: verbs in lists of steps, parameters inside of a step, words as values. */
import { type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import type { KindOfValue, WordOfParameter } from "patchcord/slim";
import { nodeAt } from "../flow/cursor";
import { syntax } from "../flow/dialect";
import { useFlow } from "../flow/flow";
import { word, words } from "../flow/vocabulary";

export function completions(context: CompletionContext): CompletionResult | null {
  const { graph, text } = useFlow.getState();
  const all = words();
  if (!graph || !all) return null;
  const kind = syntax(text);
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const typed = /[\w:.-]*$/.exec(before)?.[0] ?? "";
  const from = context.pos - typed.length;
  const rest = before.slice(0, before.length - typed.length);
  if (typed === "" && !context.explicit) return null;

  const verbs = (wrap: (name: string) => string): Completion[] =>
    all.steps.filter(({ runs }) => runs !== "nobody").map(({ name, category, bare }) => ({ label: name, type: "class", detail: category, apply: bare && kind === "yaml" ? name : wrap(name) }));

  if (kind === "xml") {
    if (/<$/.test(rest)) return { from, options: all.steps.map(({ name, category }) => ({ label: name, type: "class", detail: category })), validFor: /^\w*$/ };
    const tag = /<(\w+)[^<>]*\s$/.exec(rest)?.[1];
    const parameters = tag === undefined ? undefined : (word(tag)?.parameters ?? all.objects[tag]?.parameters);
    if (parameters) return { from, options: parameters.filter(({ name }) => name !== "text").map((parameter) => ({ ...named(parameter), apply: `${parameter.name}=""` })), validFor: /^\w*$/ };
    return null;
  }
  const colon = kind === "yaml" ? ": " : '": ';
  if (kind === "yaml" && /^\s*-\s+$/.test(rest)) return { from, options: verbs((name) => `${name}: `), validFor: /^[\w:]*$/ };
  if (kind === "json" && /"verb"\s*:\s*"$/.test(rest)) return { from, options: verbs((name) => name), validFor: /^[\w:]*$/ };
  const step = nodeAt(graph, context.pos) ?? above(context.pos);
  const known = step && word(step.verb);
  if (!known) return null;
  // A word behind a parameter's name is a value of it.
  const name = /(?:^|[\s{,"])([\w]+)"?\s*:\s*"?$/.exec(rest)?.[1];
  const parameter = known.parameters.find((parameter) => parameter.name === name);
  if (parameter) {
    const options = values(parameter.kinds);
    return options.length > 0 ? { from, options, validFor: /^[\w-]*$/ } : null;
  }
  const atKey = kind === "yaml" ? /^\s*$|[{,]\s*$/.test(rest) : /[{,]\s*"$|^\s*"$/.test(rest);
  if (!atKey) return null;
  return { from, options: known.parameters.filter(({ instead }) => !instead).map((parameter) => ({ ...named(parameter), apply: parameter.name + colon })), validFor: /^\w*$/ };
}

const named = ({ name, default: otherwise, required }: WordOfParameter): Completion => ({
  label: name,
  type: "property",
  detail: otherwise ?? "",
  ...(required ? { boost: 10 } : {}),
});

function values(kinds: KindOfValue[]): Completion[] {
  return kinds.flatMap((kind) => (kind.type === "word" ? kind.words.map((label) => ({ label, type: "enum" })) : kind.type === "bool" ? ["true", "false"].map((label) => ({ label, type: "keyword" })) : []));
}

/** The step that a new line below it belongs to. */
function above(at: number) {
  const { graph } = useFlow.getState();
  return graph?.nodes.findLast((node) => node.range.to <= at);
}
