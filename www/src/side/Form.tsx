import type { GraphNode, Json, WordOfObject, WordOfParameter, WordOfStep } from "patchcord/slim";
import { type ReactNode, useMemo, useState } from "react";
import { useCursor } from "../flow/cursor";
import { find, perform } from "../flow/edits";
import { useFlow } from "../flow/flow";
import { stepValue, verbOf } from "../flow/fragment";
import { word as wordOf } from "../flow/vocabulary";
import { Sign } from "../graph/Step";
import { add, connect, duplicate, erase, extract, inline, rename, shiftChosen, wrap } from "../shell/actions";
import { useWords } from "../words/words";
import { Field } from "./Field";

type Props = { [key: string]: Json };

/** The selected step, parameter by parameter. */
export default function Form() {
  const words = useWords();
  const { node: id, group } = useCursor();
  const graph = useFlow(({ graph }) => graph);
  const stale = useFlow(({ stale }) => stale);
  const node = useMemo(() => find(id), [id, graph]);
  if (node) return <StepForm key={node.id} node={node} stale={stale?.groups.has(graph?.groups[node.group]?.name ?? "") ?? false} />;
  const section = graph?.groups.find(({ name }) => name === group);
  if (section) {
    return (
      <div className="form">
        <h2>{words.section(section.name)}</h2>
        <p className="quiet">{section.end}</p>
        <div className="actions">
          <button type="button" onClick={add}>
            {words.addStep}
          </button>
          <button type="button" onClick={rename}>
            {words.rename}
          </button>
        </div>
      </div>
    );
  }
  return <p className="nothing">{words.selectStep}</p>;
}

function StepForm({ node, stale }: { node: GraphNode; stale: boolean }) {
  const words = useWords();
  const text = useFlow(({ text }) => text);
  const word = wordOf(node.verb);
  const value = useMemo(() => stepValue(node), [node, text]);
  const given = useMemo(() => parameters(value, word), [value, word]);
  return (
    <div className="form" key={node.id}>
      <header>
        <Sign kind={node.category} />
        <h2>{node.verb}</h2>
        <span className="quiet">{words.line(node.line)}</span>
      </header>
      {word && word.runs !== "engine" && <p className="warn">▲ {words.runsNot(word.runs)}</p>}
      {node.problem && <p className="bad">● {node.problem}</p>}
      {stale || given === undefined || !word ? (
        <p className="quiet">{words.notInForm}</p>
      ) : (
        <Parameters node={node.id} verb={node.verb} path={[]} of={word} given={given} depth={0} />
      )}
      {word && word.results.length > 0 && (
        <section>
          <h3>{words.sets}</h3>
          <ul className="results">
            {word.results.map((result) => (
              <li key={result.name}>
                <code>{result.name}</code> {result.values.length > 0 && <span className="quiet">{result.values.join(", ")}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="actions" aria-label={words.actions}>
        <button type="button" onClick={add}>
          {words.addStep} <kbd>A</kbd>
        </button>
        {node.ports.some(({ open, to }) => open || to !== undefined) && (
          <button type="button" onClick={connect}>
            {words.connectTo} <kbd>C</kbd>
          </button>
        )}
        <button type="button" onClick={() => shiftChosen(-1)}>
          {words.moveEarlier}
        </button>
        <button type="button" onClick={() => shiftChosen(1)}>
          {words.moveLater}
        </button>
        <button type="button" onClick={duplicate}>
          {words.duplicate}
        </button>
        <button type="button" onClick={() => wrap("condition")}>
          {words.wrapCondition}
        </button>
        <button type="button" onClick={() => wrap("loop")}>
          {words.wrapLoop}
        </button>
        <button type="button" onClick={extract}>
          {words.extract}
        </button>
        <button type="button" onClick={inline}>
          {words.inline}
        </button>
        <button type="button" onClick={() => erase(true)}>
          {words.removeReconnect}
        </button>
        <button type="button" className="danger" onClick={() => erase(false)}>
          {words.removeStep}
        </button>
      </section>
    </div>
  );
}

interface ParametersProps {
  node: string;
  verb: string;
  path: string[];
  of: WordOfObject;
  given: Props;
  depth: number;
}

/** Given parameters, those that must be given, and a list of the others. */
export function Parameters({ node, verb, path, of, given, depth }: ParametersProps) {
  const words = useWords();
  const [added, setAdded] = useState<string[]>([]);
  const known = new Set(of.parameters.map(({ name }) => name));
  const shown = of.parameters.filter(({ name, required }) => name in given || required || added.includes(name));
  const rest = of.parameters.filter((parameter) => !shown.includes(parameter) && !parameter.instead && parameter.runs !== false);
  const strange = Object.keys(given).filter((name) => !known.has(name));
  const set = (name: string, value: Json) =>
    perform({ op: "set-prop", node, path: [...path, name], value }, words.changed([verb, ...path, name].join(" ")));
  const unset = (name: string) => {
    setAdded((added) => added.filter((other) => other !== name));
    if (name in given) perform({ op: "unset-prop", node, path: [...path, name] }, words.unset([verb, ...path, name].join(" ")));
  };
  const first = of.rules?.find(({ kind }) => kind === "one" || kind === "some");
  return (
    <div className="parameters">
      {first && shown.every(({ name }) => !first.names.includes(name)) && <p className="warn">▲ {words.oneOf(first.names.join(", "))}</p>}
      {shown.map((parameter) => (
        <Row key={parameter.name} id={`field-${[...path, parameter.name].join("-")}`} parameter={parameter} onUnset={() => unset(parameter.name)}>
          <Field
            id={`field-${[...path, parameter.name].join("-")}`}
            node={node}
            verb={verb}
            path={[...path, parameter.name]}
            kinds={parameter.kinds}
            value={given[parameter.name]}
            placeholder={parameter.default ?? ""}
            depth={depth}
            onSet={(value) => set(parameter.name, value)}
            onUnset={() => unset(parameter.name)}
          />
        </Row>
      ))}
      {strange.map((name) => (
        <Row key={name} id={`field-${[...path, name].join("-")}`} parameter={{ name, kinds: [{ type: "anything" }] }} onUnset={() => unset(name)} strange={!of.others}>
          <Field
            id={`field-${[...path, name].join("-")}`}
            node={node}
            verb={verb}
            path={[...path, name]}
            kinds={of.others ?? [{ type: "anything" }]}
            value={given[name]}
            placeholder=""
            depth={depth}
            onSet={(value) => set(name, value)}
            onUnset={() => unset(name)}
          />
        </Row>
      ))}
      {(rest.length > 0 || of.others) && (
        <div className="more">
          {rest.length > 0 && (
            <select
              aria-label={words.addParameter}
              value=""
              onChange={(event) => {
                const name = event.currentTarget.value;
                if (name) setAdded([...added, name]);
                requestAnimationFrame(() => document.getElementById(`field-${[...path, name].join("-")}`)?.focus());
              }}
            >
              <option value="">+ {words.addParameter}</option>
              {rest.map((parameter) => (
                <option key={parameter.name} value={parameter.name}>
                  {parameter.name}
                  {parameter.default === undefined ? "" : ` (${parameter.default})`}
                  {parameter.idle ? ` – ${words.noEffect}` : ""}
                </option>
              ))}
            </select>
          )}
        </div>
      )}
    </div>
  );
}

interface RowProps {
  id: string;
  parameter: WordOfParameter;
  strange?: boolean;
  onUnset(): void;
  children: ReactNode;
}

function Row({ id, parameter, strange = false, onUnset, children }: RowProps) {
  const words = useWords();
  const { name, required, idle, instead, beside, says } = parameter;
  return (
    <div className={`parameter ${required ? "required" : ""}`}>
      <label htmlFor={id} title={says ?? ""}>
        {name}
        {required && <span className="quiet"> {words.required}</span>}
      </label>
      <div className="value">{children}</div>
      {!required && (
        <button type="button" className="plain unset" onClick={onUnset} aria-label={words.unset(name)} title={words.unset(name)}>
          ×
        </button>
      )}
      {idle && <small>{idle}</small>}
      {instead && <small>▲ {words.insteadUse(instead)}</small>}
      {beside && <small>{words.beside(beside)}</small>}
      {strange && <small>▲ {words.unknownParameter}</small>}
    </div>
  );
}

/** What stands in a step besides its verb. */
function parameters(value: Json | undefined, word: WordOfStep | undefined): Props | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "string") return {};
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  if (typeof value.verb === "string" && Object.keys(value)[0] !== word?.name) {
    const { verb: _verb, ...rest } = value;
    return rest;
  }
  const inner = value[verbOf(value)];
  if (inner === undefined || inner === null) return {};
  if (typeof inner === "object" && !Array.isArray(inner)) {
    const { children: _children, ...rest } = inner;
    return rest;
  }
  return word?.shorthand ? { [word.shorthand]: inner } : undefined;
}
