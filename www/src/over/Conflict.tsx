import { useMemo, useState } from "react";
import { useFlow } from "../flow/flow";
import { merge } from "../flow/merge";
import { withSurface } from "../flow/surface";
import { type Conflict as Both, agree } from "../flow/tabs";
import { Dialog } from "../parts/Dialog";
import { Tabs } from "../parts/Tabs";
import { close } from "../shell/overlay";
import { useWords } from "../words/words";
import { Differences } from "./Differences";

/** Another tab changed the document while this one did: three ways out, and what each would be. */
export default function Conflict({ conflict }: { conflict: Both }) {
  const words = useWords();
  const merged = useMemo(() => merge(conflict.base, conflict.ours, conflict.theirs), [conflict]);
  const [chosen, setChosen] = useState("merged");
  const result = chosen === "ours" ? conflict.ours : chosen === "theirs" ? conflict.theirs : merged.text;
  const take = () => {
    close();
    agree(result);
    if (result !== useFlow.getState().text) withSurface((surface) => surface.open(result));
    else localStorage.setItem("patchcord.flow", result);
  };
  return (
    <Dialog label={words.conflict} size="wide">
      <div className="compare">
        <p>{merged.conflicts > 0 ? words.conflictSays(merged.conflicts) : words.mergesCleanly}</p>
        <Tabs
          label={words.conflict}
          tabs={[
            { id: "merged", title: words.merged },
            { id: "ours", title: words.thisTab },
            { id: "theirs", title: words.otherTab },
          ]}
          chosen={chosen}
          onChoose={setChosen}
        />
        <div role="tabpanel" id={`panel-${chosen}`} aria-labelledby={`tab-${chosen}`} className="texts">
          <Differences before={conflict.base} after={result} />
        </div>
        <footer>
          <button type="button" className="main" onClick={take}>
            {words.takeThis}
          </button>
        </footer>
      </div>
    </Dialog>
  );
}
