import { Suspense, lazy, useEffect, useState } from "react";
import { afterWhole, explain, load, useTrap } from "./flow/engine";
import { begin, useFlow } from "./flow/flow";
import { source, unlink } from "./flow/link";
import { onForgetful } from "./flow/memory";
import { embedded, useReadonly } from "./flow/place";
import { withSurface } from "./flow/surface";
import { watch } from "./flow/tabs";
import { later } from "./flow/turn";
import { follow } from "./host/host";
import { GraphPane } from "./graph/GraphPane";
import { Later } from "./parts/Later";
import { Bar } from "./shell/Bar";
import { Divider } from "./shell/Divider";
import { FirstRun } from "./shell/FirstRun";
import { StatusLine } from "./shell/StatusLine";
import { Voice } from "./shell/Voice";
import { clipboard } from "./shell/clipboard";
import { drops } from "./shell/drop";
import { page } from "./shell/keys";
import { download, show } from "./shell/files";
import { tell } from "./shell/live";
import { open, useOverlay } from "./shell/overlay";
import { type Pane, change, useSettings } from "./shell/settings";
import { useTheme } from "./shell/theme";
import { Unknown } from "./shell/Unknown";
import { Side } from "./side/Side";
import { write as writeScenario } from "./sim/scenario";
import { speak, useWords, words as currentWords } from "./words/words";

// The graph is painted first; the panes around it have their room already.
const Dock = lazy(later(() => import("./dock/Dock")));
const Outline = lazy(later(() => import("./shell/Outline")));
const Broken = lazy(() => import("./shell/Broken"));
const overlays = afterWhole(() => import("./over/Overlays"));
const Overlays = lazy(overlays);

/** The dock's height while there is no document: the first page has the room. */
const NARROW = 90;

export function App() {
  const words = useWords();
  const settings = useSettings();
  const overlay = useOverlay(({ overlay }) => overlay);
  const [trouble, setTrouble] = useState<string>();
  const empty = useFlow(({ text }) => text.trim() === "");
  const ready = useFlow(({ ready }) => ready);
  const [forgetful, setForgetful] = useState(false);
  useEffect(() => onForgetful(() => setForgetful(true)), []);
  const unknown = useFlow(({ graph }) => graph !== undefined && graph.dialect === null);
  const crash = useFlow(({ crash }) => crash);
  const trap = useTrap(({ trap }) => trap !== undefined);
  const readonly = useReadonly();
  const painted = usePainted(trouble !== undefined);
  useTheme(settings.theme);

  useEffect(() => {
    const begun = async () => {
      begin();
      const from = source(location.hash);
      if (from !== undefined) {
        history.replaceState(null, "", location.pathname + location.search);
        open({ kind: "address", address: from });
      }
      const shared = await unlink(location.hash);
      if (!shared) return;
      history.replaceState(null, "", location.pathname + location.search);
      writeScenario(shared.scenario);
      show(shared.text, shared.name);
    };
    if (!embedded) void follow();
    load().then(begun, (error: unknown) => setTrouble(explain(error)));
  }, []);
  // Letters typed after a key that opens something must not be lost.
  useEffect(() => {
    if (painted) overlays().catch((error: unknown) => setTrouble(explain(error)));
  }, [painted]);
  useEffect(() => void speak(settings.locale), [settings.locale]);
  useEffect(() => {
    window.addEventListener("keydown", page);
    const stop = clipboard();
    const stopDrops = drops();
    const stopTabs = embedded ? () => undefined : watch(
      (text) => {
        withSurface((surface) => surface.open(text));
        tell(currentWords().followed);
      },
      (conflict) => open({ kind: "conflict", conflict }),
    );
    return () => {
      window.removeEventListener("keydown", page);
      stop();
      stopDrops();
      stopTabs();
    };
  }, []);

  const { rail, side, dock, railOpen, dockOpen, pane } = settings;
  const sizes = { "--rail": `${rail}px`, "--side": `${side}px`, "--dock": `${empty && ready ? NARROW : dock}px` } as React.CSSProperties;
  return (
    <div className={`app ${railOpen ? "" : "no-rail"} ${dockOpen ? "" : "no-dock"} show-${pane}`} style={sizes}>
      <Bar />
      <main className="zones">
        <Later>
          <Suspense fallback={null}>{railOpen && <Outline />}</Suspense>
          {railOpen && <Divider of="rail" label={words.sizeOf(words.outline)} least={150} most={480} controls="outline" />}
          <div className="stage" id="stage">
            {trouble !== undefined && (
              <div className="banner trouble" role="alert">
                {trouble}
                <button type="button" onClick={() => location.reload()}>
                  {words.reload}
                </button>
              </div>
            )}
            {trap && (
              <Suspense fallback={null}>
                <Broken />
              </Suspense>
            )}
            {crash !== undefined && !trap && (
              <div className="banner trouble" role="alert">
                {words.crashed(crash)}
                <button type="button" onClick={() => location.reload()}>
                  {words.reload}
                </button>
              </div>
            )}
            {forgetful && (
              <div className="banner" role="status">
                {words.storageFull}
                <button type="button" onClick={download}>
                  {words.save}
                </button>
              </div>
            )}
            {empty && ready ? readonly ? <p className="nothing">{words.nothingToSee}</p> : <FirstRun /> : unknown ? <Unknown /> : <GraphPane />}
          </div>
          <Later>
            <Divider of="side" label={words.sizeOf(words.side)} least={280} most={900} controls="side" />
            <Side painted={painted} />
            {dockOpen && <Divider of="dock" label={words.sizeOf(words.dock)} least={90} most={640} controls="dock" />}
            <Suspense fallback={null}>
              <Dock />
            </Suspense>
          </Later>
        </Later>
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
