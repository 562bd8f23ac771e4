import { memo } from "react";
import { useWords } from "../words/words";
import { SIZES } from "./sizes";
import type { SceneGroup } from "./view";

interface Props {
  scene: SceneGroup;
  selected: boolean;
  onGroup(name: string): void;
  onCollapse(name: string): void;
}

/** A section: a column with a head that folds it. */
export const Section = memo(function Section({ scene, selected, onGroup, onCollapse }: Props) {
  const words = useWords();
  const { group } = scene;
  const classes = ["section", selected && "selected", scene.collapsed && "collapsed", scene.steps === 0 && "empty", scene.stale && "stale"].filter(Boolean);
  return (
    <div className={classes.join(" ")} style={{ left: scene.x, top: scene.y, width: scene.width, height: scene.height }}>
      <div className="title" style={{ height: SIZES.header }}>
        <button
          type="button"
          className="fold"
          tabIndex={-1}
          aria-expanded={!scene.collapsed}
          aria-label={words.fold(scene.name)}
          onClick={() => onCollapse(scene.name)}
        >
          <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
            <path d={scene.collapsed ? "M6 3l5 5-5 5" : "M3 6l5 5 5-5"} />
          </svg>
        </button>
        <button type="button" className="name" tabIndex={-1} onClick={() => onGroup(scene.name)}>
          {scene.name}
        </button>
        {group.entry && <span className="entry">{words.entry}</span>}
        {scene.worst && <span className={`badge ${scene.worst}`}>{scene.worst === "error" ? "●" : "▲"}</span>}
        <span className="count">{scene.steps}</span>
      </div>
      {scene.steps === 0 && !scene.collapsed && (
        <p className="hint">
          {words.emptySection}: {words.told(group.end)}
        </p>
      )}
      {scene.steps > 0 && !scene.collapsed && <p className="end">{words.told(group.end)}</p>}
    </div>
  );
});
