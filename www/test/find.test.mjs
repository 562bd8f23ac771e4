// Searching: steps and lines, by words and filters; scenarios by name.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MENU, audit, complaints, open, options, page, ready, text, until } from "./visit.mjs";

const finder = () => page.locator(".finder");
const results = () => finder().getByRole("option");
const look = async (words) => {
  await page.keyboard.press("Control+f");
  await page.locator(".finder [role=combobox]:focus").waitFor();
  await page.keyboard.type(words);
};
const found = () => page.locator(".step.found").evaluateAll((steps) => steps.map((step) => step.querySelector(".verb").textContent.trim().replace(/\d+$/, "")));
const opened = (flow) => (page) => page.addInitScript((flow) => localStorage.setItem("patchcord.opened", flow), flow);

test("words find steps and lines, shown in list, graph and text", options, async () => {
  await open({ flow: MENU });
  await ready(8);
  await page.locator("#canvas").focus();
  await look("goodbye");
  await until("them", async () => (await results().count()) === 3);
  assert.deepEqual((await found()).sort(), ["execute", "play"]);
  assert.match(await results().last().innerText(), /goodbye:/, "the section's line");
  await page.keyboard.press("Enter");
  await until("the first", async () => /execute/.test(await page.locator(".step.selected").innerText()));
  await page.keyboard.press("Enter");
  await until("the second", async () => /Goodbye/.test(await page.locator(".step.selected").innerText()));
  await page.keyboard.press("Enter");
  await until("the line", async () => /goodbye:/.test(await page.locator(".cm-line.lit").innerText()));
  await page.keyboard.press("Shift+Enter");
  await until("the second again", async () => /Goodbye/.test(await page.locator(".step.selected").innerText()));
  await page.keyboard.press("Escape");
  await until("nothing to be left of it", async () => (await page.locator(".step.found").count()) === 0 && (await finder().count()) === 0);
  assert.equal(await page.evaluate(() => document.activeElement.id), "canvas");
  assert.deepEqual(complaints, []);
});

test("what is written before the field is there is written into it, and does nothing else", options, async () => {
  let release;
  const held = new Promise((done) => (release = done));
  await open({ flow: MENU });
  await ready(8);
  const before = await text();
  await page.route(/\/assets\/(Find|Overlays)-/, async (route) => (await held, route.continue()));
  await page.locator("#canvas").focus();
  await page.keyboard.press("Control+f");
  await page.keyboard.type("goodd");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Enter");
  release();
  await finder().locator("input").waitFor();
  await until("the letters", async () => (await finder().locator("input").inputValue()) === "good");
  await page.keyboard.type("bye");
  await until("the results", async () => (await finder().locator("input").inputValue()) === "goodbye" && (await results().count()) > 1);
  await page.keyboard.press("Escape");
  await page.locator("#canvas").focus();
  await page.keyboard.press("a");
  await page.keyboard.type("hang");
  await until("the list", async () => (await page.locator(".picker input").inputValue()) === "hang");
  await page.keyboard.press("Escape");
  await page.locator("#canvas").focus();
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Escape");
  assert.equal(await text(), before);
  assert.deepEqual(complaints, []);
});

/** What is written over the field, and Enter before a frame was painted. */
const writeAndEnter = (words) =>
  page.evaluate(async (words) => {
    const field = document.activeElement;
    field.select();
    document.execCommand("insertText", false, words);
    await Promise.resolve();
    await new Promise((done) => queueMicrotask(done));
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  }, words);

test("Enter takes what is written, however soon it follows", options, async () => {
  await open({ flow: MENU });
  await ready(8);
  await page.locator("#canvas").focus();
  await look("say");
  await until("results", async () => (await results().count()) > 1);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await writeAndEnter("goodbye");
  await until("the first of the new ones", async () => /^1\/3$/.test(await finder().locator(".many").innerText()));
  assert.match(await page.locator(".step.selected").innerText(), /execute/);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.locator(".picker [role=combobox]:focus").waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await writeAndEnter("goodbye");
  await until("the section", async () => (await page.getByRole("treeitem", { name: /^goodbye section/ }).getAttribute("aria-selected")) === "true");
  assert.deepEqual(complaints, []);
});

test("filters: verb, mistakes, what no call went through, what was changed", options, async () => {
  const flow = MENU.replace("say:Goodbye", "say:Bye").replace("- answer", "- answr");
  await open({ flow, prepare: opened(MENU) });
  await ready(8);
  await look("verb:connect");
  await until("the step", async () => (await found()).join() === "connect");
  const filter = (name) => finder().getByRole("button", { name, exact: true });
  await filter("verb:connect").click();
  await filter("is:error").click();
  await until("the mistake", async () => (await found()).join() === "answr");
  await filter("is:error").click();
  await filter("is:changed").click();
  await until("both changes", async () => (await found()).sort().join() === "answr,play");
  await open({ flow: MENU, scenario: "callees:\n  - { to: \"sip:alice@*\", does: [ {at: 1s, answer: 200} ] }\n" });
  await ready(8);
  await look("is:uncovered");
  await until("the rest", async () => (await found()).includes("execute"));
  assert.ok(!(await found()).includes("answer"));
  assert.deepEqual(complaints, []);
});

test("the palette lists scenarios and tests", options, async () => {
  const kept = JSON.stringify([{ id: 1, name: "nobody is there", text: "callees: []\n" }]);
  await open({ flow: MENU, prepare: (page) => page.addInitScript((kept) => localStorage.setItem("patchcord.tests", kept), kept) });
  await ready(8);
  await page.keyboard.press("Control+k");
  await page.locator("[role=combobox]:focus").waitFor();
  await page.keyboard.type("@nobody");
  await until("the test", async () => (await page.getByRole("option", { name: /nobody is there/ }).count()) === 1);
  await page.keyboard.press("Enter");
  await until("its scenario", async () => (await page.evaluate(() => localStorage.getItem("patchcord.scenario"))) === "callees: []\n");
  assert.equal(await text(), MENU);
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing while one searches, ${colorScheme}`, options, async () => {
    await open({ flow: MENU, context: { colorScheme, reducedMotion: "reduce" } });
    await ready(8);
    await look("say");
    await until("results", async () => (await results().count()) > 1);
    await page.keyboard.press("Enter");
    assert.deepEqual(await audit(), []);
  });
}

test("the text has its own search, which comes when it is asked for", options, async () => {
  await open({ flow: MENU });
  await ready(8);
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Control+f");
  await page.locator(".cm-search input[name=search]:focus").waitFor();
  await page.keyboard.type("goodbye");
  await page.keyboard.press("Enter");
  await until("the first place", async () => (await page.locator(".cm-searchMatch-selected").innerText()) === "goodbye");
  await page.keyboard.press("Escape");
  await until("no panel", async () => (await page.locator(".cm-search").count()) === 0);
  await until("the other places to be lit", async () => (await page.locator(".cm-selectionMatch").count()) > 0);
  assert.equal(await text(), MENU);
  await page.keyboard.press("F3");
  await page.keyboard.press("Control+f");
  await page.locator(".cm-search input[name=search]:focus").waitFor();
  assert.deepEqual(complaints, []);
});
