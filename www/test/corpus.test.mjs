// Real documents come out of the page as they went in, byte for byte.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { open, options, page } from "./visit.mjs";

const corpus = fileURLToPath(new URL("../../../shared/corpus/", import.meta.url));
const examples = fileURLToPath(new URL("../../examples/", import.meta.url));

const files = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)]));

/** Drops a file on the page, saves the document, and gives what was saved. */
const through = ([name, bytes]) =>
  page.evaluate(
    async ([name, encoded]) => {
      const binary = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([binary], name));
      const before = document.title + localStorage.getItem("patchcord.name");
      window.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, cancelable: true }));
      const end = performance.now() + 5_000;
      while (localStorage.getItem("patchcord.name") !== name) {
        if (performance.now() > end) return `it was not opened: ${before}`;
        await new Promise((done) => setTimeout(done, 4));
      }
      let saved;
      const create = URL.createObjectURL;
      URL.createObjectURL = (blob) => {
        saved = blob;
        return create(blob);
      };
      window.dispatchEvent(new KeyboardEvent("keydown", { key: "s", ctrlKey: true, cancelable: true }));
      URL.createObjectURL = create;
      if (!saved) return "it was not saved";
      const out = new Uint8Array(await saved.arrayBuffer());
      return out.length === binary.length && out.every((byte, at) => byte === binary[at]) ? "same" : `${binary.length} bytes became ${out.length}`;
    },
    [name, bytes.toString("base64")],
  );

test("every document of the corpus comes out as it went in", { ...options, timeout: 300_000 }, async () => {
  if (!existsSync(corpus)) console.log("skipped: the corpus is not here; only the examples are opened");
  const all = [examples, ...(existsSync(corpus) ? [corpus] : [])].flatMap(files).filter((path) => [".json", ".yaml", ".yml", ".xml"].includes(extname(path)));
  await open({ flow: "sections: {main: [hangup]}\n", settings: { dockOpen: false } });
  await page.locator(".step").first().waitFor();
  // Only the bytes are looked at here; saving a file again and again would ask the person.
  await page.evaluate(() => (HTMLAnchorElement.prototype.click = () => undefined));
  const wrong = [];
  let skipped = 0;
  for (const [index, path] of all.entries()) {
    const bytes = readFileSync(path);
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      // The page refuses it, and says why.
      skipped += 1;
      continue;
    }
    const result = await through([`${index}${extname(path)}`, bytes]);
    if (result !== "same") wrong.push(`${path}: ${result}`);
  }
  console.log(`${all.length - skipped} documents, ${skipped} that are no UTF-8`);
  assert.deepEqual(wrong, []);
});
