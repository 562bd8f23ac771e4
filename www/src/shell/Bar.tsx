import { useState } from "react";
import { DIALECTS, syntax } from "../flow/dialect";
import { tidy } from "../flow/edits";
import { treatAs, useFlow } from "../flow/flow";
import { embedded, useReadonly } from "../flow/place";
import { remember } from "../flow/memory";
import { LOCALES, type Locale } from "../words/locale";
import { useWords } from "../words/words";
import { convert } from "./actions";
import { download, openFile } from "./files";
import { useKey } from "./keymap";
import { shown } from "./keys";
import { open } from "./overlay";
import { change, type Theme, useSettings } from "./settings";

const NEXT: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const SIGNS: Record<Theme, string> = {
  system: "M8 2a6 6 0 1 0 0 12zM8 2a6 6 0 1 1 0 12",
  light: "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M8 1v1.500M8 13.500V15M1 8h1.500M13.500 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1",
  dark: "M13.500 9.500A6 6 0 0 1 6.500 2.500 6 6 0 1 0 13.500 9.500z",
};

/** Whose document it is, what it is written in, how it fares, and what can be done with all of it. */
export function Bar() {
  const words = useWords();
  const [find, save, help] = [useKey("palette"), useKey("save"), useKey("help")].map(shown);
  const readonly = useReadonly();
  return (
    <header className="bar" data-pane="bar" aria-label={words.document}>
      <h1>
        <img src="./plug.svg" alt="" width="20" height="20" /> <span className="brand">Patchcord</span>
      </h1>
      <Name />
      <Format />
      <Counts />
      <button type="button" className="find" onClick={() => open({ kind: "palette", query: "" })}>
        <svg viewBox="0 0 16 16" width="13" height="13" aria-hidden="true">
          <path d="M7 2.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9M10.500 10.500 14 14" />
        </svg>
        <span className="what">{words.palette}</span> {find && <kbd>{find}</kbd>}
      </button>
      <span className="grow" />
      <span className="group">
        {!readonly && (
          <>
            <button type="button" onClick={() => open({ kind: "templates" })}>
              {words.new}
            </button>
            <button type="button" onClick={openFile} className="wide">
              {words.openFile}
            </button>
          </>
        )}
        <button type="button" onClick={download} title={save}>
          {words.save}
        </button>
        <button type="button" onClick={() => open({ kind: "share" })} className="wide">
          {words.share}
        </button>
        <button type="button" onClick={() => open({ kind: "compare" })} className="wide">
          {words.compare}
        </button>
        {!readonly && (
          <>
            <button type="button" onClick={tidy} className="widest">
              {words.format}
            </button>
            <button type="button" onClick={convert} className="widest">
              {words.convert}
            </button>
          </>
        )}
      </span>
      {!embedded && <Looks />}
      <button type="button" className="plain" onClick={() => open({ kind: "help" })} aria-label={words.help} title={help ? `${words.help} (${help})` : words.help}>
        ?
      </button>
    </header>
  );
}

/** Colours and language; inside of another page, that page chooses them. */
function Looks() {
  const words = useWords();
  const theme = useSettings(({ theme }) => theme);
  const locale = useSettings(({ locale }) => locale);
  return (
    <>
      <button type="button" className="plain" onClick={() => change({ theme: NEXT[theme] })} aria-label={words.colours(theme)} title={words.colours(theme)}>
        <svg viewBox="0 0 16 16" width="15" height="15" aria-hidden="true" className={`theme ${theme}`}>
          <path d={SIGNS[theme]} />
        </svg>
      </button>
      <select className="plain" aria-label={words.language} value={locale} onChange={(event) => change({ locale: event.currentTarget.value as Locale })}>
        {Object.entries(LOCALES).map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </>
  );
}

function Name() {
  const words = useWords();
  const readonly = useReadonly();
  const name = useFlow(({ name }) => name);
  const [draft, setDraft] = useState<string>();
  const done = () => {
    const next = draft?.trim();
    if (next) {
      useFlow.setState({ name: next });
      remember("name", next);
    }
    setDraft(undefined);
  };
  return (
    <input
      className="document"
      aria-label={words.nameOfFlow}
      readOnly={readonly}
      value={draft ?? name}
      size={Math.max(6, Math.min(28, (draft ?? name).length + 1))}
      onInput={(event) => setDraft(event.currentTarget.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") setDraft(undefined);
      }}
    />
  );
}

/** What it is written in; a click says otherwise. */
function Format() {
  const words = useWords();
  const dialect = useFlow(({ graph }) => graph?.dialect ?? undefined);
  const kind = useFlow(({ text }) => syntax(text));
  const hint = useFlow(({ hint }) => hint);
  return (
    <label className="format" title={words.recognised}>
      <span className="unseen">{words.dialect}</span>
      <select value={hint ?? ""} onChange={(event) => treatAs((event.currentTarget.value || undefined) as typeof hint)}>
        <option value="">{dialect ? `${DIALECTS[dialect]} · ${kind.toUpperCase()}` : kind.toUpperCase()}</option>
        {(["swml", "verbs", "rcml"] as const).map((id) => (
          <option key={id} value={id}>
            {words.treatAs(DIALECTS[id])}
          </option>
        ))}
      </select>
    </label>
  );
}

function Counts() {
  const words = useWords();
  const reports = useFlow(({ reports }) => reports);
  const read = useFlow(({ text, graph }) => text.trim() !== "" && graph !== undefined);
  const count = (severity: string) => reports.filter((report) => report.severity === severity).length;
  const [errors, warnings, hints] = [count("error"), count("warning"), count("hint")];
  // Of a text that nobody read nothing is said.
  if (!read) return null;
  return (
    <button type="button" className="counts" onClick={() => change({ dockOpen: true, dockTab: "problems", pane: "dock" })}>
      {errors + warnings + hints === 0 ? (
        <span className="good">✓ {words.noProblems}</span>
      ) : (
        <>
          <span className="unseen">{words.problemCounts(errors, warnings, hints)}</span>
          {errors > 0 && <span className="error" aria-hidden="true">● {errors}</span>}
          {warnings > 0 && <span className="warning" aria-hidden="true">▲ {warnings}</span>}
          {hints > 0 && <span className="hint" aria-hidden="true">◆ {hints}</span>}
        </>
      )}
    </button>
  );
}
