/** The page that only shows a flow: graph and outline, no editor, no dock, nothing that changes it. */
import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { attend } from "./embed/guest";
import { explain, load } from "./flow/engine";
import { begin, opened, useFlow } from "./flow/flow";
import { unlink } from "./flow/link";
import { embedded } from "./flow/place";
import { GraphPane } from "./graph/GraphPane";
import Outline from "./shell/Outline";
import { Unknown } from "./shell/Unknown";
import { Voice } from "./shell/Voice";
import { useSettings } from "./shell/settings";
import { useTheme } from "./shell/theme";
import { speak, useWords } from "./words/words";
import "./style/base.css";
import "./style/shell.css";
import "./style/graph.css";
import "./style/wires.css";
import "./style/first.css";
import "./style/viewer.css";
import "./style/rtl.css";

function Viewer() {
  const words = useWords();
  const { theme, locale } = useSettings();
  const [trouble, setTrouble] = useState<string>();
  const empty = useFlow(({ text, ready }) => ready && text.trim() === "");
  const unknown = useFlow(({ graph }) => graph !== undefined && graph.dialect === null);
  useTheme(theme);
  useEffect(() => void load().then(begin, (error: unknown) => setTrouble(explain(error))), []);
  useEffect(() => void speak(locale), [locale]);
  return (
    <div className="viewer">
      <main>
        <h1 className="unseen">Patchcord</h1>
        <Outline />
        <div className="stage" id="stage">
          {trouble !== undefined && (
            <div className="banner trouble" role="alert">
              {trouble}
            </div>
          )}
          {empty ? <p className="nothing">{words.nothingToSee}</p> : unknown ? <Unknown /> : <GraphPane />}
        </div>
      </main>
      <Voice />
    </div>
  );
}

/** By itself it shows what its address holds. */
async function linked(): Promise<void> {
  const shared = await unlink(location.hash);
  if (shared) opened(shared.text, shared.name);
}

const page = document.getElementById("page");
if (page) {
  void (embedded ? attend() : linked()).then(() =>
    createRoot(page).render(
      <StrictMode>
        <Viewer />
      </StrictMode>,
    ),
  );
}
