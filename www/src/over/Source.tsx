import { useEffect, useRef, useState } from "react";
import { useFlow } from "../flow/flow";
import { unlink } from "../flow/link";
import { recall } from "../flow/memory";
import { forget, useSnapshots } from "../flow/snapshots";
import { tell } from "../shell/live";
import { useWords } from "../words/words";

/** One side of a comparison. */
export interface Side {
  /** `now`, `opened`, `snapshot 3`, or `other` for what came from outside. */
  of: string;
  text: string;
  /** What came from outside is called so. */
  name: string;
}

/** What a side shows: the open document as it is now, or a text that was chosen. */
export function useText({ of, text }: Side): string {
  const now = useFlow(({ text }) => text);
  const snapshot = useSnapshots(({ all }) => all.find(({ id }) => of === `snapshot ${id}`)?.text);
  return of === "now" ? now : of === "opened" ? (recall("opened") ?? "") : (snapshot ?? text);
}

interface Props {
  label: string;
  side: Side;
  onSide(side: Side): void;
}

/** Chooses what stands on one side: of this browser, a file, the clipboard, a text or link that is pasted. */
export function Source({ label, side, onSide }: Props) {
  const words = useWords();
  const snapshots = useSnapshots(({ all }) => all);
  const [pasting, setPasting] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (pasting) field.current?.focus();
  }, [pasting]);
  const take = async (given: string, name: string) => {
    const shared = await unlink(given);
    onSide({ of: "other", text: shared?.text ?? given, name: shared?.name ?? name });
  };
  const choose = (of: string) => {
    setPasting(of === "paste");
    if (of === "file") {
      const input = document.createElement("input");
      input.type = "file";
      input.onchange = () => {
        const file = input.files?.[0];
        if (file) void file.text().then((text) => onSide({ of: "other", text, name: file.name }));
      };
      input.click();
    } else if (of === "clipboard") {
      navigator.clipboard.readText().then(
        (text) => take(text, words.theClipboard),
        () => {
          tell(words.cannotRead, "trouble");
          setPasting(true);
        },
      );
    } else if (of !== "paste" && of !== "other") onSide({ of, text: "", name: "" });
  };
  const snapshot = snapshots.find(({ id }) => side.of === `snapshot ${id}`);
  return (
    <div className="source">
      <label>
        <span>{label}</span>
        <select aria-label={label} value={pasting ? "paste" : side.of} onChange={(event) => choose(event.currentTarget.value)}>
          <option value="now">{words.asNow}</option>
          <option value="opened">{words.asOpened}</option>
          {snapshots.map(({ id, name }) => (
            <option key={id} value={`snapshot ${id}`}>
              {words.snapshotOf(name)}
            </option>
          ))}
          {side.of === "other" && <option value="other">{side.name}</option>}
          <option value="file">{words.aFile}</option>
          <option value="clipboard">{words.theClipboard}</option>
          <option value="paste">{words.aText}</option>
        </select>
      </label>
      {snapshot && (
        <button
          type="button"
          className="plain"
          aria-label={words.forgetSnapshot(snapshot.name)}
          title={words.forgetSnapshot(snapshot.name)}
          onClick={() => {
            forget(snapshot.id);
            onSide({ of: "opened", text: "", name: "" });
          }}
        >
          ×
        </button>
      )}
      {pasting && (
        <label className="pasted">
          <span className="unseen">{words.textOrLink(label)}</span>
          <textarea ref={field} rows={2} spellCheck={false} placeholder={words.aText} onInput={(event) => void take(event.currentTarget.value, words.aText)} />
        </label>
      )}
    </div>
  );
}
