import { useFlow } from "../flow/flow";
import { openFile, show } from "../shell/files";
import { Recorded } from "../sim/Recorded";
import { useWords } from "../words/words";
import { useJournal } from "./journal";

/** A real call, walked through after it is over. */
export default function Journal() {
  const words = useWords();
  const opened = useJournal(({ opened }) => opened);
  const text = useFlow(({ text }) => text);
  if (!opened) {
    return (
      <div className="nothing">
        <p>{words.noJournal}</p>
        <button type="button" onClick={openFile}>
          {words.openJournal}
        </button>
      </div>
    );
  }
  const linked = opened.text === text;
  return (
    <div className="live">
      <div className="controls">
        <strong>{words.journalOf(opened.name)}</strong>
        {opened.stopped !== undefined && <span className="bad">{words.journalStops(opened.stopped)}</span>}
        {!linked && opened.text !== "" && (
          <button type="button" onClick={() => show(opened.text, opened.name.replace(/\.jsonl$/, ""))}>
            {words.openFlowOfCall}
          </button>
        )}
      </div>
      <Recorded key={opened.name} call={opened.call} live={false} linked={linked} />
    </div>
  );
}
