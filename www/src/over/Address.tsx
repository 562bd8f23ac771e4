import { useEffect, useRef, useState } from "react";
import { Dialog, first } from "../parts/Dialog";
import { show } from "../shell/files";
import { close } from "../shell/overlay";
import { useWords } from "../words/words";
import { type Failure, fetchFlow } from "./address";

/** Opens a document from an address; where that does not work, says why and takes it as text. */
export default function Address({ address: given }: { address: string }) {
  const words = useWords();
  const [address, setAddress] = useState(given);
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);
  const [pasted, setPasted] = useState<string>();
  const control = useRef<AbortController>(undefined);
  const field = useRef<HTMLTextAreaElement>(null);
  const take = async (from: string) => {
    control.current?.abort();
    const own = new AbortController();
    control.current = own;
    setFailure(undefined);
    setBusy(true);
    try {
      const found = await fetchFlow(from, own.signal);
      setBusy(false);
      if ("why" in found) setFailure(found);
      else {
        close();
        show(found.text, found.name);
      }
    } catch (error) {
      // Somebody closed it, or asks for another one.
      if (!own.signal.aborted) throw error;
    }
  };
  useEffect(() => {
    if (given !== "") void take(given);
    return () => control.current?.abort();
  }, []);
  useEffect(() => {
    if (pasted === "") field.current?.focus();
  }, [pasted]);
  return (
    <Dialog label={words.openAddress}>
      <form
        className="ask"
        onSubmit={(event) => {
          event.preventDefault();
          if (pasted !== undefined && pasted.trim() !== "") {
            close();
            show(pasted, "pasted");
          } else void take(address);
        }}
      >
        <label>
          {words.address}
          <input type="text" inputMode="url" value={address} ref={first} spellCheck={false} placeholder="https://" onInput={(event) => setAddress(event.currentTarget.value)} />
        </label>
        <p role="status" className="quiet">
          {busy ? words.fetching : failure ? "" : words.addressSays}
        </p>
        {failure && (
          <div className="unfetched" role="alert">
            <p>
              <strong>{words.notFetched(failure.why, "status" in failure ? failure.status : 0)}</strong>
            </p>
            <p>{words.fetchRemedy(failure.why)}</p>
          </div>
        )}
        {pasted !== undefined && (
          <label>
            {words.pasteHere}
            <textarea ref={field} rows={8} value={pasted} spellCheck={false} onInput={(event) => setPasted(event.currentTarget.value)} />
          </label>
        )}
        <footer>
          {failure && pasted === undefined && (
            <button type="button" onClick={() => setPasted("")}>
              {words.pasteInstead}
            </button>
          )}
          <span className="grow" />
          <button type="button" onClick={close}>
            {words.cancel}
          </button>
          <button type="submit" className="main" disabled={busy || (pasted === undefined ? address.trim() === "" : pasted.trim() === "")}>
            {pasted === undefined ? words.openFile : words.openText}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
