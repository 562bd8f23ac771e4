import { Suspense, lazy, useEffect, useState } from "react";
import { Dock } from "./dock/Dock";
import { explain, load } from "./flow/engine";
import { begin, useFlow } from "./flow/flow";
import { GraphPane } from "./graph/GraphPane";
import { Bar } from "./shell/Bar";
import { Divider } from "./shell/Divider";
import { Outline } from "./shell/Outline";
import { StatusLine } from "./shell/StatusLine";
import { Voice } from "./shell/Voice";
import { clipboard } from "./shell/clipboard";
import { page } from "./shell/keys";
import { useOverlay } from "./shell/overlay";
import { type Pane, change, useSettings } from "./shell/settings";
import { useTheme } from "./shell/theme";
import { Side } from "./side/Side";
import { speak, useWords } from "./words/words";

const overlays = () => import("./over/Overlays");
const Overlays = lazy(overlays);

export function App() {
  const words = useWords();
  const settings = useSettings();
  const overlay = useOverlay(({ overlay }) => overlay);
  const [trouble, setTrouble] = useState<string>();
  const painted = usePainted(trouble !== undefined);
  useTheme(settings.theme);

  useEffect(() => {
    load().then(begin, (error: unknown) => setTrouble(explain(error)));
  }, []);
  // Letters typed after a key that opens something must not be lost.
  useEffect(() => {
    if (painted) void overlays();
  }, [painted]);
  useEffect(() => void speak(settings.locale), [settings.locale]);
  useEffect(() => {
    window.addEventListener("keydown", page);
    const stop = clipboard();
    return () => {
      window.removeEventListener("keydown", page);
      stop();
    };
  }, []);

  const { rail, side, dock, railOpen, dockOpen, pane } = settings;
  const sizes = { "--rail": `${rail}px`, "--side": `${side}px`, "--dock": `${dock}px` } as React.CSSProperties;
  return (
    <div className={`app ${railOpen ? "" : "no-rail"} ${dockOpen ? "" : "no-dock"} show-${pane}`} style={sizes}>
      <Bar />
      <main className="zones">
        {railOpen && <Outline />}
        {railOpen && <Divider of="rail" label={words.sizeOf(words.outline)} least={150} most={480} controls="outline" />}
        <div className="stage" id="stage">
          {trouble !== undefined && (
            <div className="banner trouble" role="alert">
              {trouble}
            </div>
          )}
          <GraphPane />
        </div>
        <Divider of="side" label={words.sizeOf(words.side)} least={280} most={900} controls="side" />
        <Side painted={painted} />
        {dockOpen && <Divider of="dock" label={words.sizeOf(words.dock)} least={90} most={640} controls="dock" />}
        <Dock />
      </main>
      <StatusLine />
      <nav className="narrow" aria-label={words.panes}>
        {(["graph", "side", "dock"] as Pane[]).map((name) => (
          <button key={name} type="button" aria-pressed={pane === name} onClick={() => change({ pane: name, ...(name === "dock" ? { dockOpen: true } : {}) })}>
            {{ graph: words.graph, side: words.text, dock: words.simulate }[name]}
          </button>
        ))}
      </nav>
      <Voice />
      <Suspense fallback={null}>{overlay && <Overlays overlay={overlay} />}</Suspense>
    </div>
  );
}

/** Whether the graph was painted: only then comes the editor. Without an engine it comes at once. */
function usePainted(engineFailed: boolean): boolean {
  const [painted, setPainted] = useState(false);
  const there = useFlow(({ graph, ready, text }) => graph !== undefined || (ready && text.trim() === ""));
  useEffect(() => {
    if (!there && !engineFailed) return;
    let later = requestAnimationFrame(() => {
      later = requestAnimationFrame(() => setPainted(true));
    });
    return () => cancelAnimationFrame(later);
  }, [there, engineFailed]);
  return painted;
}
