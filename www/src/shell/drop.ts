/** Documents that are dropped on the page, or pasted where there is none yet. */
import { useFlow } from "../flow/flow";
import { readonly } from "../flow/place";
import { load, show } from "./files";

export function drops(): () => void {
  const over = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  };
  const drop = (event: DragEvent) => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    // The browser would go there.
    event.preventDefault();
    if (!readonly()) void load(file);
  };
  const paste = (event: ClipboardEvent) => {
    const target = event.target instanceof Element ? event.target : document.activeElement;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (readonly() || useFlow.getState().text.trim() !== "" || text.trim() === "" || target?.closest("input, textarea, .cm-editor, dialog")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    show(text, "pasted");
  };
  window.addEventListener("dragover", over);
  window.addEventListener("drop", drop);
  document.addEventListener("paste", paste, true);
  return () => {
    window.removeEventListener("dragover", over);
    window.removeEventListener("drop", drop);
    document.removeEventListener("paste", paste, true);
  };
}
