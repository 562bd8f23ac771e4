import { useWords } from "../words/words";
import { useTrail } from "./trail";

/** The legs of the call that are at a step: A is the caller, B1, B2 … are those who are dialled. */
export function Tokens({ node, here }: { node: string; here: boolean }) {
  const words = useWords();
  const tokens = useTrail(({ tokens }) => tokens.get(node));
  if (!tokens && !here) return null;
  return (
    <span className="tokens">
      {here && (
        <span className="token now" title={words.callIsHere}>
          ▶
        </span>
      )}
      {tokens?.map(({ leg, name, rings }) => (
        <span key={leg} className={`token ${rings ? "rings" : ""}`} title={words.legHere(name, rings)}>
          {name}
        </span>
      ))}
    </span>
  );
}
