// Drives the built page in Chromium as a person would.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { browser, serve } from "../../pkg/test/browser/serve.mjs";

const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
const options = { skip: existsSync(chromium) ? false : "there is no Chromium", timeout: 120_000 };
const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

let server;
let chrome;
let page;
let complaints;

before(async () => {
  if (options.skip) return;
  server = await serve({ "/": dist });
  chrome = await browser();
});

after(async () => {
  await chrome?.close();
  server?.close();
});

beforeEach(async () => {
  if (options.skip) return;
  await open();
});

/** A new visit. */
async function open(context = {}, route) {
  await page?.context().close();
  const visit = await chrome.newContext({ viewport: { width: 1400, height: 900 }, ...context });
  page = await visit.newPage();
  complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await route?.(page);
  await page.goto(`${server.url}/index.html`);
}

const run = () => page.getByRole("button", { name: "Run" });
const rows = () => page.locator(".ladder .row");
const problems = () => page.getByRole("region", { name: "Problems" });
const button = (name) => page.getByRole("button", { name, exact: true });

/** Replaces the text of an editor by typing. */
async function write(label, text) {
  await page.getByRole("textbox", { name: label }).click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
}

async function until(what, check) {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await check()) return;
    await page.waitForTimeout(50);
  }
  assert.fail(`expected ${what}`);
}

test("a call is run, stepped and reset", options, async () => {
  await run().click();
  await until("rows", async () => (await rows().count()) > 10);
  assert.match(await page.locator(".outcome").innerText(), /completed · 0:22\.000/);
  assert.match(await page.locator(".below dl").innerText(), /connect_result/);
  await button("Reset").click();
  assert.equal(await rows().count(), 0);
  await button("Step ▶").click();
  await button("Step ▶").click();
  await button("Step ▶").click();
  assert.equal(await rows().count(), 3);
  assert.ok(await page.locator(".flow .cm-line.lit").count(), "the line is lit");
  await button("◀ Back").click();
  assert.equal(await rows().count(), 2);
  assert.deepEqual(complaints, []);
});

test("every template runs", options, async () => {
  const values = await page.locator("select option:not([disabled])").evaluateAll((all) => all.map((option) => option.value));
  assert.ok(values.length >= 6);
  for (const value of values) {
    await page.getByRole("combobox", { name: "Template" }).selectOption(value);
    await until(`${value} to be without problems`, async () => (await problems().innerText()).includes("none"));
    await run().click();
    await until(`${value} to come to an end`, async () => /·/.test(await page.locator(".outcome").innerText()));
  }
  assert.deepEqual(complaints, []);
});

test("a mistake is shown in place, and mended", options, async () => {
  await write("Flow", "sections:\n  main:\n    - connect: {tto: sip:ada@example.com}\n    - hangup: 7\n");
  await until("a squiggle", async () => (await page.locator(".flow .cm-lintRange-error").count()) > 0);
  assert.ok((await page.locator(".flow .cm-lint-marker-error").count()) > 0, "a mark in the gutter");
  assert.match(await problems().innerText(), /has no field `tto`/);
  assert.ok(await run().isDisabled());
  assert.match(await page.getByRole("region", { name: "Call", exact: true }).innerText(), /The flow has/);
  await problems().getByRole("button", { name: /has no field/ }).click();
  assert.ok(await page.evaluate(() => document.activeElement?.closest(".flow") !== null), "the cursor went there");
  await problems().getByRole("button", { name: "rename to `to`" }).click();
  await until("the mistake to be gone", async () => !/tto/.test(await problems().innerText()));
});

test("a mistake in the scenario is shown there", options, async () => {
  await write("Scenario", "caller: {frm: x}\n");
  await until("a squiggle", async () => (await page.locator(".scenario .cm-lintRange-error").count()) > 0);
  assert.match(await problems().innerText(), /scenario 1:\d+/);
  await write("Scenario", "expect: {outcome: failed}\n");
  await until("an expectation that is not met", async () => /expected the outcome/.test(await problems().innerText()));
});

test("an edit simulates again at once", options, async () => {
  await run().click();
  await write("Scenario", 'callees: [{to: "*", does: [{at: 100ms, reject: 486}]}]\n');
  await until("the busy signal", async () => /486/.test(await page.locator(".ladder").innerText()));
});

test("a very long call stays usable", options, async () => {
  const steps = Array.from({ length: 600 }, (_, index) => `    - set: {n: ${index}}\n`).join("");
  await write("Flow", `sections:\n  main:\n${steps}    - hangup\n`);
  await until("the flow to be read", async () => !(await run().isDisabled()));
  await run().click();
  await until("the note about earlier rows", async () => (await page.getByText("earlier rows are left out").count()) === 1);
  assert.ok((await rows().count()) <= 1_000);
});

test("an empty page offers templates", options, async () => {
  await write("Flow", " ");
  await page.getByRole("button", { name: /Say hello/ }).click();
  await until("the flow", async () => /"verb"/.test(await page.getByRole("textbox", { name: "Flow" }).innerText()));
});

test("what was written is there after a reload", options, async () => {
  await write("Flow", "sections: {main: [hangup]}");
  await page.waitForTimeout(200);
  await page.reload();
  await until("the text", async () => /main: \[hangup\]/.test(await page.getByRole("textbox", { name: "Flow" }).innerText()));
});

test("the keyboard is enough", options, async () => {
  await until("the engine", async () => !(await run().isDisabled()));
  await page.keyboard.press("Control+Enter");
  await until("rows", async () => (await rows().count()) > 10);
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement?.classList.contains("row"))) break;
  }
  assert.ok(await page.evaluate(() => document.activeElement?.classList.contains("row")), "Tab reaches the ladder");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.match(await page.locator(".below pre").innerText(), /"kind"/);
  await page.keyboard.press("Shift+F10");
  await page.keyboard.press("F10");
});

test("without WebAssembly the text stays and the reason is told", options, async () => {
  await open({}, (page) => page.route("**/*.wasm", (route) => route.abort()));
  await until("the reason", async () => /could not be loaded/.test(await page.getByRole("alert").innerText()));
  assert.match(await page.getByRole("textbox", { name: "Flow" }).innerText(), /sections/);
});

for (const colorScheme of ["light", "dark"]) {
  for (const [state, act] of [
    ["at first", async () => {}],
    ["with a call", async () => run().click()],
    ["with a row", async () => (await run().click(), rows().nth(4).click())],
    ["with mistakes", async () => write("Flow", "sections: {main: [{conect: {}}]}")],
    ["empty", async () => write("Flow", " ")],
  ]) {
    test(`axe finds nothing ${state}, ${colorScheme}`, options, async () => {
      await open({ colorScheme });
      await until("the engine", async () => !(await page.getByText("Loading the engine").count()));
      await act();
      await page.waitForTimeout(200);
      await page.addScriptTag({ path: axe });
      const { violations } = await page.evaluate(() => window.axe.run());
      const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join("; ")}`);
      assert.deepEqual(told, []);
    });
  }
}

test("a narrow window needs no sideways scrolling", options, async () => {
  await open({ viewport: { width: 400, height: 800 } });
  await run().click();
  const { scrolls, wide } = await page.evaluate(() => ({ scrolls: document.documentElement.scrollWidth, wide: window.innerWidth }));
  assert.ok(scrolls <= wide, `${scrolls} of ${wide}`);
});
