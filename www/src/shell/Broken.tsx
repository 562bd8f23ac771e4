import { useState } from "react";
import { DIALECTS } from "../flow/dialect";
import { restart, useTrap } from "../flow/engine";
import { useFlow } from "../flow/flow";
import { answers } from "../sim/session";
import { useWords } from "../words/words";
import { tell } from "./live";

/** The engine broke, and what was done about it. */
export default function Broken() {
  const words = useWords();
  const trap = useTrap(({ trap }) => trap);
  const [whole, setWhole] = useState(false);
  if (!trap) return null;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(report(trap.message, whole));
      tell(words.reportCopied);
    } catch {
      tell(words.cannotCopy, "trouble");
    }
  };
  return (
    <div className="banner trouble engine-broke" role="alert">
      <span>{words.engineBroke(trap.state, trap.call)}</span>
      <code>{trap.message}</code>
      <label className="check">
        <input type="checkbox" checked={whole} onChange={(event) => setWhole(event.currentTarget.checked)} /> {words.withDocument}
      </label>
      <button type="button" onClick={() => void copy()}>
        {words.copyReport}
      </button>
      {trap.state === "again" && (
        <button type="button" onClick={() => void restart()}>
          {words.tryAgain}
        </button>
      )}
      <button type="button" disabled={trap.state === "renewing"} onClick={() => useTrap.setState({ trap: undefined })}>
        {words.dismiss}
      </button>
    </div>
  );
}

/** What those need who mend the engine. The document is in it only when that was wanted. */
function report(message: string, whole: boolean): string {
  const { text, graph, hint } = useFlow.getState();
  const dialect = hint ?? graph?.dialect;
  const told = answers().map(({ t, after, fact }) => `  at ${t} ms, after ${after} ms: ${JSON.stringify(fact)}`);
  const lines = [`message: ${message}`, `dialect: ${dialect ? DIALECTS[dialect] : "unknown"}`, `answers: ${told.length === 0 ? "none" : ""}`, ...told, `browser: ${navigator.userAgent}`];
  return `${lines.join("\n")}\n${whole ? `document:\n${text}` : ""}`;
}
