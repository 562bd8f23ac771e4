/** Documents come and go as files. Bytes are kept as they are. */
import { ENDS, syntax } from "../flow/dialect";
import { opened, useFlow } from "../flow/flow";
import { remember } from "../flow/memory";
import { withSurface } from "../flow/surface";
import { isJournal, openJournal } from "../host/journal";
import { words } from "../words/words";
import { tell } from "./live";

export function download(): void {
  const { text, name } = useFlow.getState();
  save(/\.\w+$/.test(name) ? name : name + ENDS[syntax(text)], text);
}

/** Gives a text, or a picture, to the person as a file. */
export function save(name: string, content: string | Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(typeof content === "string" ? new Blob([content], { type: "text/plain;charset=utf-8" }) : content);
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  tell(words().saved(name));
}

export function openFile(): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".json,.yaml,.yml,.xml,.rcml,.swml,.txt,.jsonl,.journal,application/json,text/*";
  input.onchange = () => {
    const file = input.files?.[0];
    if (file) void load(file);
  };
  input.click();
}

/** Opens a file that was chosen or dropped. */
export async function load(file: File): Promise<void> {
  const bytes = await file.arrayBuffer();
  try {
    // What is no UTF-8 would not come out as it went in.
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    if (isJournal(text)) openJournal(file.name, text);
    else show(text, file.name);
  } catch {
    tell(words().notText(file.name), "trouble");
  }
}

/** Shows another document. The old one is a step back in the history of the browser's tab. */
export function show(text: string, name: string): void {
  opened(text, name);
  remember("opened", text);
  withSurface((surface) => surface.open(text));
  tell(words().openedFile(name));
}
