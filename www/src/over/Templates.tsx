import type { Dialect, StepCategory } from "patchcord/slim";
import { useState } from "react";
import { DIALECTS } from "../flow/dialect";
import { Sign } from "../graph/Step";
import { Dialog } from "../parts/Dialog";
import { close } from "../shell/overlay";
import { change } from "../shell/settings";
import { show } from "../shell/files";
import { write } from "../sim/scenario";
import { SUBJECTS, type Subject, template } from "../templates/templates";
import { useWords } from "../words/words";

const SIGNS: Record<Subject, StepCategory> = { answer: "media", menu: "input", ring: "dial", hunt: "call", machine: "ai", hours: "logic", webhook: "data", record: "media" };

/** Eight flows to begin with, in every dialect. */
export default function Templates() {
  const words = useWords();
  const [dialect, setDialect] = useState<Dialect>("swml");
  return (
    <Dialog label={words.templates} size="wide">
      <div className="templates">
        <div className="choice" role="radiogroup" aria-label={words.dialect}>
          {(["swml", "verbs", "rcml"] as const).map((id) => (
            <label key={id}>
              <input type="radio" name="dialect" checked={dialect === id} onChange={() => setDialect(id)} /> {DIALECTS[id]}
            </label>
          ))}
        </div>
        <ul>
          {SUBJECTS.map((subject) => (
            <li key={subject}>
              <button
                type="button"
                onClick={() => {
                  const { flow, name, scenario } = template(subject, dialect);
                  close();
                  write(scenario);
                  show(flow, name);
                  change({ dockTab: "call", pane: "graph" });
                  requestAnimationFrame(() => document.getElementById("canvas")?.focus());
                }}
              >
                <Sign kind={SIGNS[subject]} />
                <span>
                  <strong>{words.subject(subject)}</strong>
                  <small>{words.subjectSays(subject, dialect)}</small>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
