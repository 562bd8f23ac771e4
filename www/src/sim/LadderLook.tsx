import { useWords } from "../words/words";
import { type Look, useLook } from "./look";

/** How the ladder is looked at. */
export function LadderLook() {
  const words = useWords();
  const look = useLook();
  const switches = [
    ["delta", words.deltaTime],
    ["compressed", words.compressColumns],
    ["media", words.mediaArrows],
    ["collapsed", words.collapseRepeats],
    ["explains", words.explain],
  ] as const;
  return (
    <div className="ladder-look" role="group" aria-label={words.lookOfLadder}>
      <select aria-label={words.level} value={look.level} onChange={(event) => useLook.setState({ level: event.currentTarget.value as Look["level"] })}>
        <option value="events">{words.levelEvents}</option>
        <option value="sip">{words.levelSip}</option>
      </select>
      {look.level === "sip" && (
        <strong className="illustrative" title={words.illustrativeSays}>
          {words.illustrative}
        </strong>
      )}
      {switches.map(([name, label]) => (
        <label key={name} className="check">
          <input type="checkbox" checked={look[name]} onChange={(event) => useLook.setState({ [name]: event.currentTarget.checked })} /> {label}
        </label>
      ))}
    </div>
  );
}
