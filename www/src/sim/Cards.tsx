import type { Awaited, Fact, FactOption, FactParameter, Json } from "patchcord/slim";
import { useState } from "react";
import { selectNode } from "../flow/cursor";
import { useWords } from "../words/words";
import { answer } from "./acts";
import { useCall } from "./call";
import { clock, party } from "./rows";

/** Cards that are open; the rest is one line each. */
const OPEN = 3;

/** What happens next? Only what may happen is offered. */
export function Cards() {
  const words = useWords();
  const awaiting = useCall(({ awaiting }) => awaiting);
  const status = useCall(({ status }) => status);
  const [all, setAll] = useState(false);
  if (!status) return null;
  if (status.ended) return <p className="nothing">{words.callEnded(words.told(status.outcome ?? ""), clock(status.t))}</p>;
  const asked = awaiting.filter(({ decides }) => decides);
  const others = awaiting.filter(({ decides }) => !decides);
  const shown = all ? [...asked, ...others] : asked.length > 0 ? asked : others.slice(0, OPEN);
  return (
    <section className="cards" aria-label={words.whatNext}>
      <h2>{words.whatNext}</h2>
      {shown.length === 0 && <p className="quiet">{words.goesOnByItself}</p>}
      <ul>
        {shown.map((awaited) => (
          <li key={`${awaited.kind} ${awaited.leg ?? ""} ${awaited.fetch ?? ""} ${awaited.media ?? ""} ${awaited.since}`}>
            <Card awaited={awaited} />
          </li>
        ))}
      </ul>
      {others.length > 0 && asked.length > 0 && (
        <button type="button" className="plain more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? words.onlyAsked : words.alsoPossible(others.length)}
        </button>
      )}
    </section>
  );
}

function Card({ awaited }: { awaited: Awaited }) {
  const words = useWords();
  const [after, setAfter] = useState<string>();
  const [remember, setRemember] = useState(false);
  const [open, setOpen] = useState<string>();
  const { node, line, kind, leg, name, comes, since } = awaited;
  const who = leg === "a" && kind === "leg" ? words.caller : name === undefined ? (leg ?? kind) : kind === "leg" ? party(name) : name;
  const delay = (option: FactOption): number => (after === undefined || after === "" ? option.after : Math.max(Math.round(Number(after) * 1000), 0));
  const give = (option: FactOption, fact: Fact) => answer(awaited, fact, delay(option), remember, option.label);
  const chosen = awaited.options.find(({ label }) => label === open);
  return (
    <article className={`card ${awaited.decides ? "asked" : ""}`} aria-label={who}>
      <header>
        <strong title={name}>{who}</strong>
        <span className="quiet">{comes === undefined ? words.sinceTime(clock(since)) : words.comesAt(clock(comes))}</span>
        {node !== undefined && line !== undefined && (
          <button type="button" className="plain" onClick={() => selectNode(node, "call")}>
            {words.line(line)}
          </button>
        )}
      </header>
      <div className="options">
        {awaited.options.map((option) => (
          <span key={option.label} className={`option is-${tone(option.fact)}`}>
            <button type="button" onClick={() => give(option, option.fact)} title={words.afterSeconds(delay(option) / 1000)}>
              {words.told(option.label)}
            </button>
            {option.parameters.length > 0 && (
              <button type="button" className="how" aria-expanded={open === option.label} aria-label={words.howExactly(words.told(option.label))} onClick={() => setOpen(open === option.label ? undefined : option.label)}>
                …
              </button>
            )}
          </span>
        ))}
      </div>
      {chosen && <Details key={chosen.label} option={chosen} onGive={(fact) => give(chosen, fact)} />}
      <footer>
        <label>
          {words.afterTime}{" "}
          <input type="number" min={0} step={0.1} value={after ?? ""} placeholder={String((awaited.options[0]?.after ?? 0) / 1000)} onChange={(event) => setAfter(event.currentTarget.value)} /> s
        </label>
        {name !== undefined && (
          <label>
            <input type="checkbox" checked={remember} onChange={(event) => setRemember(event.currentTarget.checked)} /> {words.rememberAnswer}
          </label>
        )}
      </footer>
    </article>
  );
}

/** The parts of a fact that can be changed. */
function Details({ option, onGive }: { option: FactOption; onGive(fact: Fact): void }) {
  const words = useWords();
  const usual = option.fact as unknown as Record<string, Json | undefined>;
  const [values, setValues] = useState<Record<string, string>>({});
  const [wrong, setWrong] = useState<string>();
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    try {
      const given = option.parameters.filter(({ name }) => values[name] !== undefined);
      const parts = given.map((parameter) => [parameter.name, read(parameter, values[parameter.name] ?? "")] as const);
      onGive({ ...option.fact, ...Object.fromEntries(parts) } as Fact);
    } catch (error) {
      setWrong(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <form className="details" onSubmit={submit}>
      {option.parameters.map((parameter) => (
        <Part key={parameter.name} parameter={parameter} value={values[parameter.name] ?? written(usual[parameter.name])} onChange={(value) => setValues({ ...values, [parameter.name]: value })} />
      ))}
      {wrong !== undefined && (
        <p role="alert" className="trouble">
          {wrong}
        </p>
      )}
      <button type="submit" className="main">
        {words.told(option.label)}
      </button>
      <span className="unseen">{words.whatNext}</span>
    </form>
  );
}

function Part({ parameter, value, onChange }: { parameter: FactParameter; value: string; onChange(value: string): void }) {
  const { name, type, words, min, max } = parameter;
  const change = (event: React.ChangeEvent<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>) => onChange(event.currentTarget.value);
  return (
    <label>
      <span>{name.replaceAll("_", " ")}</span>
      {type === "word" || type === "bool" ? (
        <select value={value} onChange={change}>
          {(type === "bool" ? ["true", "false"] : (words ?? [])).map((word) => (
            <option key={word}>{word}</option>
          ))}
        </select>
      ) : type === "json" || name === "body" ? (
        <textarea rows={3} spellCheck={false} value={value} onChange={change} />
      ) : (
        <input type={type === "number" ? "number" : "text"} min={min} max={max} step="any" value={value} onChange={change} />
      )}
    </label>
  );
}

const written = (value: Json | undefined): string => (value === undefined || value === null ? "" : typeof value === "string" ? value : JSON.stringify(value));

function read({ type }: FactParameter, text: string): Json {
  switch (type) {
    case "number":
      return Number(text);
    case "bool":
      return text === "true";
    case "json":
      return text.trim() === "" ? null : (JSON.parse(text) as Json);
    case "text":
    case "word":
    case "keys":
      return text;
  }
}

/** Whether it is good or bad for the call, to be seen at a glance besides being read. */
function tone(fact: Fact): "good" | "bad" | "plain" {
  switch (fact.fact) {
    case "answers":
    case "finishes":
    case "connects":
      return "good";
    case "rejects":
    case "hangs-up":
    case "fails":
    case "unsupported":
      return "bad";
    case "replies":
      return fact.status !== undefined && (fact.status === 0 || fact.status >= 400) ? "bad" : "good";
    default:
      return "plain";
  }
}
