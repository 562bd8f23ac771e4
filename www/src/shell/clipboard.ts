/** Steps on the clipboard, as text: wherever steps have the keyboard. */
import { readonly } from "../flow/place";
import { chosen, copy, erase, paste } from "./actions";

export function clipboard(): () => void {
  const ours = (event: ClipboardEvent): boolean => {
    const target = event.target instanceof Element ? event.target : document.activeElement;
    if (target?.closest("input, textarea, .cm-editor, dialog")) return false;
    return document.activeElement?.closest("#canvas, [role=tree]") !== null;
  };
  const onCopy = (event: ClipboardEvent) => {
    const text = ours(event) ? copy() : undefined;
    if (text === undefined) return;
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
    if (event.type === "cut" && !readonly() && chosen().length > 0) erase(false);
  };
  const onPaste = (event: ClipboardEvent) => {
    if (!ours(event)) return;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (paste(text)) event.preventDefault();
  };
  document.addEventListener("copy", onCopy);
  document.addEventListener("cut", onCopy);
  document.addEventListener("paste", onPaste);
  return () => {
    document.removeEventListener("copy", onCopy);
    document.removeEventListener("cut", onCopy);
    document.removeEventListener("paste", onPaste);
  };
}
