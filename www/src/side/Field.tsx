import type { Json, KindOfValue } from "patchcord/slim";
import { useEffect, useState } from "react";
import { words as vocabulary } from "../flow/vocabulary";
import { useWords } from "../words/words";
import { Parameters } from "./Form";

interface Props {
  id: string;
  node: string;
  verb: string;
  path: string[];
  kinds: KindOfValue[];
  value: Json | undefined;
  placeholder: string;
  depth: number;
  onSet(value: Json): void;
  onUnset(): void;
}

/** Deeper objects are written as JSON. */
const DEEPEST = 2;

type Of<T extends KindOfValue["type"]> = KindOfValue & { type: T };

const kind = <T extends KindOfValue["type"]>(kinds: KindOfValue[], type: T): Of<T> | undefined => kinds.find((kind): kind is Of<T> => kind.type === type);

/** One value, as its kind wants to be written. */
export function Field(props: Props) {
  const { id, kinds, value, placeholder, depth, path, node, verb, onSet, onUnset } = props;
  const words = useWords();
  const simple = value === undefined || typeof value !== "object" || value === null;
  const choice = kind(kinds, "word");
  const number = kind(kinds, "integer") ?? kind(kinds, "number");
  const object = kind(kinds, "object");
  const list = kind(kinds, "list");
  const text = kind(kinds, "text") ?? kind(kinds, "placeholder");

  if (choice && simple) {
    const chosen = typeof value === "string" ? value : "";
    const options = chosen === "" || choice.words.includes(chosen) ? choice.words : [chosen, ...choice.words];
    return (
      <select id={id} value={chosen} onChange={(event) => (event.currentTarget.value === "" ? onUnset() : onSet(event.currentTarget.value))}>
        <option value="">{placeholder || "–"}</option>
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    );
  }
  if (kind(kinds, "bool") && (value === undefined || typeof value === "boolean")) {
    return (
      <select id={id} value={value === undefined ? "" : String(value)} onChange={(event) => (event.currentTarget.value === "" ? onUnset() : onSet(event.currentTarget.value === "true"))}>
        <option value="">{placeholder || "–"}</option>
        <option value="true">{words.yes}</option>
        <option value="false">{words.no}</option>
      </select>
    );
  }
  if (number && (value === undefined || typeof value === "number")) {
    return <Line id={id} value={value === undefined ? "" : String(value)} placeholder={placeholder} number={number} onText={(given) => (given === "" ? onUnset() : onSet(/^-?\d+(\.\d+)?$/.test(given) ? Number(given) : given))} />;
  }
  const known = object && vocabulary()?.objects[object.object];
  if (known && depth < DEEPEST && typeof value === "object" && value !== null && !Array.isArray(value)) {
    return (
      <fieldset id={id}>
        <Parameters node={node} verb={verb} path={path} of={known} given={value} depth={depth + 1} />
      </fieldset>
    );
  }
  const item = list?.of && kind(list.of, "object");
  const itemKnown = item && vocabulary()?.objects[item.object];
  if (itemKnown && depth < DEEPEST && (Array.isArray(value) || (value === undefined && !text))) {
    const items = value ?? [];
    return (
      <div className="items">
        {items.map((entry, index) =>
          typeof entry === "object" && entry !== null && !Array.isArray(entry) ? (
            <fieldset key={index}>
              <legend>
                {index + 1}
                {items.length > 1 && (
                  <button type="button" className="plain unset" aria-label={words.unset(`${path.at(-1)} ${index + 1}`)} onClick={() => onSet(items.filter((_entry, at) => at !== index))}>
                    ×
                  </button>
                )}
              </legend>
              <Parameters node={node} verb={verb} path={[...path, String(index)]} of={itemKnown} given={entry} depth={depth + 1} />
            </fieldset>
          ) : null,
        )}
        <button type="button" id={id} onClick={() => onSet([...items, sample(itemKnown.parameters)])}>
          + {words.addItem}
        </button>
      </div>
    );
  }
  if (text && (simple || value === undefined)) {
    const shown = value === undefined || value === null ? "" : String(value);
    return <Line id={id} value={shown} placeholder={placeholder} long={/text|prompt|body/i.test(path.at(-1) ?? "") || shown.length > 46} onText={(given) => (given === "" ? onUnset() : onSet(given))} />;
  }
  const strings = Array.isArray(value) && value.every((entry) => typeof entry === "string");
  if (strings || (value === undefined && list?.of && kind(list.of, "text"))) {
    const shown = strings ? value.join("\n") : "";
    return <Line id={id} value={shown} placeholder={words.onePerLine} long onText={(given) => (given === "" ? onUnset() : onSet(given.split("\n").filter(Boolean)))} />;
  }
  return <Literal id={id} value={value} onSet={onSet} />;
}

/** The least object: what must be given, empty. */
function sample(parameters: { name: string; required?: boolean }[]): Json {
  return Object.fromEntries(parameters.filter(({ required }) => required).map(({ name }) => [name, name === "to" ? "sip:alice@example.com" : ""]));
}

interface LineProps {
  id: string;
  value: string;
  placeholder: string;
  number?: { min?: number; max?: number };
  long?: boolean;
  onText(text: string): void;
}

/** A field that is taken when one leaves it, or with Enter: one step of the history, not one per letter. */
function Line({ id, value, placeholder, number, long = false, onText }: LineProps) {
  const [draft, setDraft] = useState<string>();
  const done = () => {
    if (draft !== undefined && draft !== value) onText(draft);
    setDraft(undefined);
  };
  const common = {
    id,
    value: draft ?? value,
    placeholder,
    onBlur: done,
    spellCheck: false,
  };
  if (long) {
    return (
      <textarea
        {...common}
        rows={Math.min(8, Math.max(2, Math.ceil((draft ?? value).length / 40), (draft ?? value).split("\n").length))}
        onInput={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.currentTarget.blur();
          if (event.key === "Escape") setDraft(undefined);
        }}
      />
    );
  }
  return (
    <input
      {...common}
      type="text"
      {...(number ? { inputMode: "numeric" as const } : {})}
      {...(number?.min === undefined && number?.max === undefined ? {} : { title: `${number.min ?? ""} … ${number.max ?? ""}` })}
      onInput={(event) => setDraft(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") done();
        if (event.key === "Escape") setDraft(undefined);
      }}
    />
  );
}

/** Anything else, as JSON. */
function Literal({ id, value, onSet }: { id: string; value: Json | undefined; onSet(value: Json): void }) {
  const words = useWords();
  const shown = value === undefined ? "" : JSON.stringify(value, null, 2);
  const [draft, setDraft] = useState<string>();
  const [wrong, setWrong] = useState(false);
  useEffect(() => setDraft(undefined), [shown]);
  const done = () => {
    if (draft === undefined || draft === shown) return;
    try {
      onSet(JSON.parse(draft) as Json);
      setWrong(false);
      setDraft(undefined);
    } catch {
      setWrong(true);
    }
  };
  return (
    <>
      <textarea
        id={id}
        className="code"
        value={draft ?? shown}
        rows={Math.min(10, Math.max(2, (draft ?? shown).split("\n").length))}
        spellCheck={false}
        aria-invalid={wrong}
        onInput={(event) => setDraft(event.currentTarget.value)}
        onBlur={done}
      />
      {wrong && <small className="bad">{words.notJson}</small>}
    </>
  );
}
