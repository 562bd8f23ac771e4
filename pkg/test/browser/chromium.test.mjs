// The package and the guest in Chromium, against the same in Node.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { simulate } from "patchcord";
import { replay } from "patchcord/guest";
import { ask, guest, names, native, scenes } from "../same.mjs";
import { browser, serve } from "./serve.mjs";

const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
const options = { skip: existsSync(chromium) ? false : "there is no Chromium" };
const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const all = scenes();

let server;
let chrome;
let page;
const complaints = [];

before(async () => {
  if (options.skip) return;
  // The strictest policy that WebAssembly allows.
  const policy = "default-src 'none'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
  server = await serve({ "/dist/": dist, "/guest.wasm": guest ?? "", "/": "<!doctype html><title>test</title>" }, { "content-security-policy": policy });
  chrome = await browser();
  page = await chrome.newPage();
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.goto(`${server.url}/`);
});

after(async () => {
  await chrome?.close();
  server?.close();
});

for (const entry of ["inline.js", "url.js"]) {
  test(`${entry} says in Chromium what it says in Node`, options, async () => {
    const inputs = all.map((scene) => ({ flow: scene.flow, scenario: scene.scenario, ...names(scene) }));
    const found = await page.evaluate(
      async ([entry, inputs]) => {
        const patchcord = await import(`/dist/${entry}`);
        await patchcord.init?.();
        return inputs.map(({ flow, scenario, file, scenario_file }) =>
          JSON.stringify(patchcord.simulate(flow, scenario, { file, scenarioFile: scenario_file })),
        );
      },
      [entry, inputs],
    );
    for (const [index, scene] of all.entries()) {
      const { file, scenario_file: scenarioFile } = names(scene);
      assert.ok(found[index] === JSON.stringify(simulate(scene.flow, scene.scenario, { file, scenarioFile })), scene.name);
    }
  });
}

test("the guest replays journals in Chromium as in Node", { skip: options.skip || !guest || !native }, async () => {
  const module = await WebAssembly.compile(await readFile(guest));
  const journals = all.map((scene) => ask(scene).journal);
  const found = await page.evaluate(async (journals) => {
    const { replay } = await import("/dist/guest.js");
    const module = await WebAssembly.compileStreaming(fetch("/guest.wasm"));
    return Promise.all(journals.map(async (journal) => JSON.stringify(await replay(module, journal))));
  }, journals);
  for (const [index, scene] of all.entries()) {
    assert.ok(found[index] === JSON.stringify(await replay(module, journals[index])), scene.name);
  }
});

test("nothing was complained about", options, () => assert.deepEqual(complaints, []));
