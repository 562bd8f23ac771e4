/** The panes of the page, in the order in which F6 visits them. */
import { tell } from "./live";

export function cycle(by: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>("[data-pane]")].filter((pane) => pane.offsetParent !== null);
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(at + by + panes.length) % Math.max(panes.length, 1)];
  if (next) enter(next);
}

function enter(pane: HTMLElement): void {
  const inner = pane.querySelector<HTMLElement>("[role=application], .cm-content, [role=treeitem][tabindex='0'], [role=tab][aria-selected=true], input, button");
  inner?.focus();
  const label = pane.getAttribute("aria-label");
  if (label !== null) tell(label);
}
