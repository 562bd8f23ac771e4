import { useRef } from "react";
import { turned } from "../words/words";
import { change, type Settings, useSettings } from "./settings";

interface Props {
  /** The size that it changes. */
  of: "rail" | "side" | "dock";
  label: string;
  least: number;
  most: number;
  controls: string;
}

/** The line between two panes: dragged, or moved with the arrows. */
export function Divider({ of, label, least, most, controls }: Props) {
  const size = useSettings((settings) => settings[of]);
  const from = useRef<{ at: number; size: number }>(undefined);
  const upright = of !== "dock";
  // The outline grows to the right, the others to the left and up; mirrored, the other way.
  const sign = () => (of === "rail" ? 1 : -1) * (upright && turned() ? -1 : 1);
  const set = (next: number) => change({ [of]: Math.round(Math.min(Math.max(next, least), most)) } as Partial<Settings>);
  return (
    <div
      className={`divider ${of}`}
      role="separator"
      aria-orientation={upright ? "vertical" : "horizontal"}
      aria-label={label}
      aria-valuenow={size}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-controls={controls}
      tabIndex={0}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { at: upright ? event.clientX : event.clientY, size };
      }}
      onPointerMove={(event) => {
        if (from.current) set(from.current.size + sign() * ((upright ? event.clientX : event.clientY) - from.current.at));
      }}
      onPointerUp={() => {
        from.current = undefined;
      }}
      onKeyDown={(event) => {
        const by = { ArrowLeft: -16, ArrowRight: 16, ArrowUp: -16, ArrowDown: 16 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        set(size + sign() * by);
      }}
    />
  );
}
