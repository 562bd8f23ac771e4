import { DIALECTS, syntax } from "../flow/dialect";
import { treatAs, useFlow } from "../flow/flow";
import { useWords } from "../words/words";

/** A document that no dialect claims: what was looked for, and what it may be. */
export function Unknown() {
  const words = useWords();
  const kind = useFlow(({ text }) => syntax(text));
  const text = useFlow(({ text }) => text);
  const seen = [
    { what: "`sections`", found: /(^|[\s"{,])sections"?\s*:/.test(text), dialect: "SWML" },
    { what: "`verb`", found: /"?verb"?\s*:/.test(text), dialect: "jambonz" },
    { what: "`<Response>`", found: /<Response[\s>/]/.test(text), dialect: "RCML" },
  ];
  return (
    <section className="first" aria-label={words.unknownFormat}>
      <h2>{words.unknownFormat}</h2>
      <p>{words.looksLike(kind.toUpperCase())}</p>
      <ul className="evidence">
        {seen.map(({ what, found, dialect }) => (
          <li key={what}>
            {found ? "✓" : "–"} {words.evidence(what, dialect)}
          </li>
        ))}
      </ul>
      <div className="ways narrowly">
        {(["swml", "verbs", "rcml"] as const).map((id) => (
          <button key={id} type="button" onClick={() => treatAs(id)}>
            {words.treatAs(DIALECTS[id])}
          </button>
        ))}
      </div>
    </section>
  );
}
