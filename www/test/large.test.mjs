// Documents of more than 250 KB are read beside the page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MENU, complaints, editor, open, options, page, ready, steps, text, until } from "./visit.mjs";

const LARGE = `sections:\n${Array.from({ length: 150 }, (_, at) => `  ${at ? `part${at}` : "main"}:\n${Array.from({ length: 45 }, (_, step) => `    - play: {url: "say:this is number ${step} of part ${at}"}\n`).join("")}`).join("")}`;
const status = () => page.locator(".status").innerText();
const begin = async () => {
  assert.ok(LARGE.length > 250_000);
  await open({ flow: LARGE, context: { reducedMotion: "reduce" } });
  await until("the graph", async () => (await steps().count()) > 0 && /6750 steps/.test(await status()));
  await until("the editor", async () => (await page.locator(".cm-content").count()) > 0);
};

test("what is typed is there at once, its graph later; only the newest text counts", { ...options, timeout: 180_000 }, async () => {
  await begin();
  assert.equal(page.workers().length, 1, "the engine beside the page");
  await page.locator(".cm-line", { hasText: "number 0 of part 0" }).click();
  await page.keyboard.press("End");
  await page.evaluate(() => {
      window.seen = new Promise((resolve) => {
        const found = [];
        const watch = new MutationObserver(() => {
          const words = document.querySelector(".status").textContent;
          if (/reading/.test(words) && !found.includes("reading")) found.push("reading");
          const steps = /(\d{4}) steps/.exec(words)?.[1];
          if (steps !== "6750" && !found.includes(steps)) found.push(steps);
          if (found.includes("6753") && !/reading/.test(words)) resolve(found);
        });
        watch.observe(document.querySelector(".status"), { subtree: true, childList: true, characterData: true });
      });
  });
  for (const step of ["answer", "sleep: 1", "hangup"]) await page.keyboard.insertText(`\n    - ${step}`);
  assert.match(await editor().innerText(), /- answer[^]*- sleep: 1\n\s*- hangup/);
  const found = await page.evaluate(() => window.seen);
  assert.equal(found[0], "reading", "it is told that the answer is on its way");
  assert.equal(found.at(-1), "6753");
  await page.locator(".step", { hasText: "sleep" }).first().waitFor();
  assert.deepEqual(complaints, []);
});

test("an edit in the graph does not wait for an answer", { ...options, timeout: 180_000 }, async () => {
  await begin();
  await page.locator(".step", { hasText: "number 1 of part 0" }).first().click();
  await page.keyboard.press("Delete");
  await until("it to be gone", async () => /6749 steps/.test(await status()));
  assert.doesNotMatch(await text(), /number 1 of part 0"/);
  assert.deepEqual(complaints, []);
});

/** Counts what the worker is asked to read. */
const counting = (page) =>
  page.addInitScript(() => {
    window.asked = 0;
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message) {
      if ("text" in message) window.asked += 1;
      return post.call(this, message);
    };
  });

test("a smaller document is read beside the page once, then in it", options, async () => {
  await open({ flow: MENU, prepare: counting });
  await ready(8);
  await page.locator(".card.asked").first().waitFor();
  await page.locator(".cm-line").last().click();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText("\n    - sleep: 1");
  await ready(9);
  assert.equal(await page.evaluate(() => window.asked), 1);
  assert.deepEqual(complaints, []);
});

for (const [what, prepare] of [
  ["cannot be loaded", (page) => page.route("**/reader.worker-*.js", (route) => route.abort())],
  ["is not allowed", (page) => page.addInitScript(() => { window.Worker = class { constructor() { throw new Error("no workers here"); } }; })],
]) {
  test(`where the worker ${what}, the page reads and runs`, options, async () => {
    await open({ flow: MENU, prepare });
    await ready(8);
    await page.locator(".card.asked").first().waitFor();
    complaints.length = 0; // The browser tells of the file.
  });
}
