import { type Act, Positions } from "patchcord/slim";
import { useMemo } from "react";
import { selectNode, selectRange } from "../flow/cursor";
import { useFlow } from "../flow/flow";
import { close } from "../shell/overlay";
import { clock } from "../sim/rows";
import { useTests } from "../sim/tests";
import { useWords } from "../words/words";
import { type Deed, behaviour } from "./deeds";

/** Which side is the document that is open: places of it can be gone to. */
interface Open {
  before: boolean;
  after: boolean;
}

/** What calls do in both documents: the same, or where they first go apart. */
export default function Behaviour({ before, after, open }: { before: string; after: string; open: Open }) {
  const words = useWords();
  const hint = useFlow(({ hint }) => hint);
  const tests = useTests(({ tests }) => tests);
  const found = useMemo(() => behaviour(before, after, tests, hint), [before, after, tests, hint]);
  if (found.mistakes) {
    const { of, report } = found.mistakes;
    const go = () => {
      close();
      selectRange(new Positions(of === "after" ? after : before).of(report), "problems");
    };
    const place = `${report.line}:${report.column} ${report.message}`;
    return (
      <div className="behaviour">
        <p className="nothing bad" role="status">
          {words.hasMistakes(of === "before" ? words.before : words.after)}
        </p>
        {open[of] ? (
          <button type="button" className="act" onClick={go}>
            {place}
          </button>
        ) : (
          <p className="nothing">{place}</p>
        )}
      </div>
    );
  }
  const apart = found.deeds.filter(({ same }) => same === false).length;
  return (
    <div className="behaviour">
      <p className={`nothing ${apart > 0 ? "bad" : "good"}`} role="status">
        {apart > 0 ? words.callsApart(apart, found.deeds.length) : words.callsSame(found.deeds.length)}
        {` · ${tests.length > 0 ? words.ofTests : words.ofWays}`}
        {found.bounded && ` · ${words.notAllWays}`}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.call}</th>
            <th scope="col">{words.result}</th>
            <th scope="col">{words.time}</th>
            <th scope="col">{words.before}</th>
            <th scope="col">{words.after}</th>
          </tr>
        </thead>
        <tbody>
          {found.deeds.map((deed) => (
            <Row key={deed.id} deed={deed} open={open} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ deed: { id, name, same, divergence, here, wrong }, open }: { deed: Deed; open: Open }) {
  const words = useWords();
  return (
    <tr>
      <th scope="row">{name || words.wayNumber(id)}</th>
      <td>{same === undefined ? <span className="bad">{words.fails}</span> : same ? <span className="good">✓ {words.same}</span> : <span className="bad">✗ {words.goesApart}</span>}</td>
      {divergence ? (
        <>
          <td className="number">{clock(divergence.t)}</td>
          <td>
            <Doing act={divergence.a} at={open.after ? here : open.before ? divergence.a?.node : undefined} />
          </td>
          <td>
            <Doing act={divergence.b} at={open.after ? divergence.b?.node : undefined} />
          </td>
        </>
      ) : (
        <td colSpan={3}>{wrong}</td>
      )}
    </tr>
  );
}

/** What one side does. `at`: its step in the open document, which a click selects. */
function Doing({ act, at }: { act: Act | undefined; at: string | undefined }) {
  const words = useWords();
  if (!act) return <span className="quiet">{words.nothingThen}</span>;
  const text = (
    <>
      {act.text}
      {act.line !== undefined && <small className="quiet">{words.line(act.line)}</small>}
    </>
  );
  if (at === undefined) return <span>{text}</span>;
  const go = () => {
    close();
    selectNode(at, "call");
  };
  return (
    <button type="button" className="act" onClick={go}>
      {text}
    </button>
  );
}
