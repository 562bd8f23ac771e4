import type { Overlay } from "../shell/overlay";
import { Suspense, lazy } from "react";
import Ask from "./Ask";
import Connect from "./Connect";
import Help from "./Help";
import Insert from "./Insert";
import Palette from "./Palette";
import Share from "./Share";
import Templates from "./Templates";
import Tour from "./Tour";

// They come when they are wanted; comparing brings the editor along.
const Compare = lazy(() => import("./Compare"));
const Address = lazy(() => import("./Address"));
const Keys = lazy(() => import("./Keys"));
const Find = lazy(() => import("./Find"));
const Conflict = lazy(() => import("./Conflict"));

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
    case "find":
      return (
        <Suspense fallback={null}>
          <Find />
        </Suspense>
      );
    case "help":
      return <Help />;
    case "keys":
      return (
        <Suspense fallback={null}>
          <Keys />
        </Suspense>
      );
    case "address":
      return (
        <Suspense fallback={null}>
          <Address address={overlay.address} />
        </Suspense>
      );
    case "templates":
      return <Templates />;
    case "share":
      return <Share />;
    case "compare":
      return (
        <Suspense fallback={null}>
          <Compare />
        </Suspense>
      );
    case "conflict":
      return (
        <Suspense fallback={null}>
          <Conflict conflict={overlay.conflict} />
        </Suspense>
      );
    case "tour":
      return <Tour />;
  }
}
