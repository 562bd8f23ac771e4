import { useEffect, useMemo, useState } from "react";
import { useFlow } from "../flow/flow";
import { LONG, LONGEST, link, redact, secrets } from "../flow/link";
import { Dialog } from "../parts/Dialog";
import { download } from "../shell/files";
import { tell } from "../shell/live";
import { close } from "../shell/overlay";
import { useScenario } from "../sim/scenario";
import { useWords } from "../words/words";

/** A link that holds the flow; what it gives away is shown before it is copied. */
export default function Share() {
  const words = useWords();
  const { text, name } = useFlow();
  const scenario = useScenario(({ text }) => text);
  const found = useMemo(() => secrets(text), [text]);
  const [hides, setHides] = useState({ secret: true, number: false });
  const [address, setAddress] = useState("");
  const hidden = useMemo(() => found.filter(({ kind }) => hides[kind]), [found, hides]);
  const shown = useMemo(() => redact(text, hidden), [text, hidden]);
  useEffect(() => {
    let stays = true;
    void link({ name, text: shown, scenario }).then((made) => stays && setAddress(made));
    return () => {
      stays = false;
    };
  }, [name, shown, scenario]);
  const size = address.length;
  const count = (kind: "secret" | "number") => found.filter((secret) => secret.kind === kind).length;
  const lines = useMemo(() => changedLines(text, shown), [text, shown]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      close();
      tell(words.copied);
    } catch {
      tell(words.cannotCopy, "trouble");
    }
  };
  return (
    <Dialog label={words.share}>
      <div className="share">
        <p>{words.shareSays}</p>
        {(["secret", "number"] as const).map(
          (kind) =>
            count(kind) > 0 && (
              <label key={kind} className="check">
                <input type="checkbox" checked={hides[kind]} onChange={(event) => setHides({ ...hides, [kind]: event.currentTarget.checked })} /> {words.hide(kind, count(kind))}
              </label>
            ),
        )}
        {lines.length > 0 && (
          <pre tabIndex={0} aria-label={words.preview}>
            {lines.join("\n")}
          </pre>
        )}
        <label className="meter">
          <span>
            {words.size(size)} {size > LONGEST ? words.tooLong : size > LONG ? words.long : ""}
          </span>
          <meter min={0} max={LONGEST} low={LONG} high={LONGEST - 1} optimum={0} value={Math.min(size, LONGEST)} />
        </label>
        <footer>
          <button
            type="button"
            onClick={() => {
              close();
              download();
            }}
          >
            {words.save}
          </button>
          <button type="button" className="main" disabled={size === 0 || size > LONGEST} onClick={() => void copy()}>
            {words.copyLink}
          </button>
        </footer>
      </div>
    </Dialog>
  );
}

/** Lines as they will be given away, where they differ. */
function changedLines(before: string, after: string): string[] {
  const old = before.split("\n");
  return after
    .split("\n")
    .map((line, index) => ({ line, index }))
    .filter(({ line, index }) => line !== old[index])
    .slice(0, 12)
    .map(({ line, index }) => `${String(index + 1).padStart(3)}  ${line.trim()}`);
}
