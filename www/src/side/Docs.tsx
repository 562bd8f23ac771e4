import type { KindOfValue } from "patchcord/slim";
import { useState } from "react";
import { useCursor } from "../flow/cursor";
import { find } from "../flow/edits";
import { useFlow } from "../flow/flow";
import { word as wordOf, words as vocabulary } from "../flow/vocabulary";
import { Sign } from "../graph/Step";
import { useWords } from "../words/words";

/** What may be written in the selected step: the tables that the engine checks by. */
export default function Docs() {
  const words = useWords();
  const { node } = useCursor();
  useFlow(({ graph }) => graph);
  const chosen = find(node)?.verb;
  const [asked, setAsked] = useState<{ verb: string; beside: string | undefined }>();
  const verb = asked && asked.beside === chosen ? asked.verb : chosen;
  const all = vocabulary()?.steps ?? [];
  const word = verb === undefined ? undefined : wordOf(verb);
  return (
    <div className="docs" tabIndex={0} role="region" aria-label={words.docs}>
      <label className="which">
        <span className="unseen">{words.whichStep}</span>
        <select value={word?.name ?? ""} onChange={(event) => setAsked({ verb: event.currentTarget.value, beside: chosen })}>
          <option value="">{words.whichStep}</option>
          {all.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {!word && <p className="nothing">{words.selectStep}</p>}
      {word && (
        <>
          <header>
            <Sign kind={word.category} />
            <h2>{word.name}</h2>
            <span className="quiet">{words.category(word.category)}</span>
          </header>
          {word.says && <p>{word.says}</p>}
          {word.runs !== "engine" && <p className="warn">▲ {words.runsNot(word.runs)}</p>}
          <Table parameters={word.parameters} />
          {word.rules?.map((rule) => (
            <p key={rule.names.join()} className="quiet">
              {words.rule(rule.kind, rule.names.join(", "))}
            </p>
          ))}
          {word.outcomes.length > 0 && (
            <>
              <h3>{words.endsAs}</h3>
              <p>{word.outcomes.map(({ label, name }) => (label === name ? label : `${label} (${name})`)).join(", ")}</p>
            </>
          )}
          {word.results.length > 0 && (
            <>
              <h3>{words.sets}</h3>
              <ul className="results">
                {word.results.map((result) => (
                  <li key={result.name}>
                    <code>{result.name}</code> <span className="quiet">{result.values.join(", ")}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
          <h3>{words.example}</h3>
          <pre tabIndex={0}>{JSON.stringify(word.example, null, 2)}</pre>
        </>
      )}
    </div>
  );
}

function Table({ parameters }: { parameters: NonNullable<ReturnType<typeof wordOf>>["parameters"] }) {
  const words = useWords();
  if (parameters.length === 0) return <p className="quiet">{words.noParameters}</p>;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.parameter}</th>
          <th scope="col">{words.holds}</th>
          <th scope="col">{words.without}</th>
        </tr>
      </thead>
      <tbody>
        {parameters.map((parameter) => (
          <tr key={parameter.name}>
            <th scope="row">
              <code>{parameter.name}</code>
              {parameter.required && <small> {words.required}</small>}
            </th>
            <td>
              {parameter.kinds.map((kind) => told(kind)).join(` ${words.or} `)}
              {parameter.idle && <small>{parameter.idle}</small>}
              {parameter.instead && <small>{words.insteadUse(parameter.instead)}</small>}
            </td>
            <td>{parameter.default ?? ""}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A kind of value in as few words as there are. */
function told(kind: KindOfValue): string {
  switch (kind.type) {
    case "word":
      return kind.words.join(" | ");
    case "integer":
    case "number": {
      const { min, max } = kind;
      const bounds = min !== undefined && max !== undefined ? ` ${min}…${max}` : min !== undefined ? ` ≥ ${min}` : max !== undefined ? ` ≤ ${max}` : "";
      return kind.type + bounds;
    }
    case "list":
      return kind.of ? `[${kind.of.map(told).join(" | ")}]` : "[…]";
    case "map":
      return kind.of ? `{…: ${kind.of.map(told).join(" | ")}}` : "{…}";
    case "object":
      return `{${kind.object.replace(/-\d+$/, "")}}`;
    case "steps":
    case "text":
      return kind.form ?? kind.type;
    default:
      return kind.type;
  }
}
