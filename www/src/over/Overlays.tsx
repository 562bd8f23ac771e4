import type { Overlay } from "../shell/overlay";
import Ask from "./Ask";
import Connect from "./Connect";
import Help from "./Help";
import Insert from "./Insert";
import Palette from "./Palette";

/** What lies over the page. */
export default function Overlays({ overlay }: { overlay: Overlay }) {
  switch (overlay.kind) {
    case "palette":
      return <Palette query={overlay.query} />;
    case "insert":
      return <Insert spot={overlay.spot} />;
    case "connect":
      return <Connect node={overlay.node} port={overlay.port} />;
    case "question":
      return <Ask question={overlay.question} />;
    case "help":
      return <Help />;
    default:
      return null;
  }
}
