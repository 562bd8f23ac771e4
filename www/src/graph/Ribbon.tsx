import { Positions } from "patchcord/slim";
import { selectRange } from "../flow/cursor";
import { mend } from "../flow/edits";
import { type Stale, useFlow } from "../flow/flow";
import { useReadonly } from "../flow/place";
import { withSurface } from "../flow/surface";
import { change } from "../shell/settings";
import { useWords } from "../words/words";

/** Says that an older graph is shown, why, and where to mend it. */
export function Ribbon({ stale }: { stale: Stale }) {
  const words = useWords();
  const readonly = useReadonly();
  const { report, groups } = stale;
  const go = () => {
    const { text } = useFlow.getState();
    change({ sideTab: "text", pane: "side" });
    selectRange(new Positions(text).of(report), "problems");
    withSurface((surface) => surface.focus());
  };
  return (
    <div className="ribbon" role="status">
      <button type="button" onClick={go}>
        <span aria-hidden="true">●</span> {words.lastValid([...groups].map((name) => `\`${name}\``).join(", "))} — {words.line(report.line)}: {report.message}
      </button>
      {report.fix && !readonly && (
        <button type="button" className="fix" onClick={() => mend(report)}>
          {report.fix.title}
        </button>
      )}
    </div>
  );
}
