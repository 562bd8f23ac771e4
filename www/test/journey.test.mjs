// Afternoons that we promise: what a person does from the first click to the last, and what is to be seen at each stop.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { native, seed } from "./outside.mjs";
import { where } from "./playing.mjs";
import { complaints, editor, open, options, page, ready, steps, text, until } from "./visit.mjs";

/** From the first click to the first step of a call, for somebody who was never here. */
const FIRST_STEP_MS = 10_000;
const FIRST_STEP_CLICKS = 3;
/** A template and one edit, by keyboard: every letter counts one, and so does a chord. */
const TEMPLATE_AND_EDIT_PRESSES = 40;

const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };
const happened = async () => Number(/event (\d+) of/.exec(await where())?.[1] ?? NaN);
const counts = () => page.locator(".bar .counts").innerText();
const variables = () => page.getByRole("region", { name: "Variables", exact: true }).innerText();
const dialog = (name) => page.getByRole("dialog", { name });
const focused = (selector) => page.evaluate((selector) => document.activeElement?.matches(selector) === true, selector);

/** Counts what a pointer does in the page. */
const countPointer = (page) =>
  page.addInitScript(() => {
    window.pointed = 0;
    window.addEventListener("pointerdown", () => (window.pointed += 1), true);
  });
const pointed = () => page.evaluate(() => window.pointed);

test("who was never here sees the first step of a call", options, async () => {
  await open({ prepare: countPointer });
  await page.getByRole("button", { name: /Begin with a template/ }).waitFor();
  assert.equal(await page.locator(".step").count(), 0);

  const began = Date.now();
  await page.getByRole("button", { name: /Begin with a template/ }).click();
  await page.getByRole("button", { name: /Ring all at once/ }).click();
  await until("a step that the call came through", async () => (await page.locator(".step.visited").count()) > 0);
  const took = Date.now() - began;

  const first = page.locator(".step.visited", { hasText: "One moment, please" });
  assert.equal(await first.count(), 1, "it is the first one");
  const { x, y } = await first.boundingBox();
  assert.ok(x > 0 && x < 1440 && y > 0 && y < 900, "it can be seen");
  await until("the rows of the call", async () => (await page.locator(".ladder .row").count()) > 3);
  const clicks = await pointed();
  assert.ok(clicks > 0 && clicks <= FIRST_STEP_CLICKS, `${clicks} clicks`);
  assert.ok(took <= FIRST_STEP_MS, `${took} ms`);
  console.log(`first simulated step: ${clicks} clicks, ${took} ms`);
  assert.deepEqual(complaints, []);
});

test("a flow is pasted, mended, changed, played in three ways, kept, run outside, and set beside a real call", { ...options, timeout: 240_000 }, async () => {
  const { flow: original, from } = seed();
  console.log(`the flow is ${from}`);
  const wrong = original.replace('"from"', '"fron"');
  assert.notEqual(wrong, original);
  await open({ context: clipboard, prepare: countPointer });
  await page.locator(".first").waitFor();

  // It is pasted, and has a mistake that is mended by two keys.
  await page.evaluate((flow) => navigator.clipboard.writeText(flow), wrong);
  await page.keyboard.press("Control+v");
  await ready(3);
  assert.equal(await text(), wrong);
  await until("the mistake", async () => (await page.locator(".bar .counts .error").count()) === 1);
  await page.keyboard.press("F8");
  await until("its place", async () => /connect/.test(await page.locator(".step.selected").innerText()));
  await page.keyboard.press("Control+.");
  await until("no mistake", async () => (await page.locator(".bar .counts .error").count()) === 0);
  assert.equal(await text(), original, "nothing else was touched");

  // A step is put on the edge of those who talked, without a pointer.
  for (let pane = 0; pane < 6 && !(await focused("#canvas")); pane += 1) await page.keyboard.press("F6");
  assert.ok(await focused("#canvas"), "F6 comes to the graph");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowDown");
  await until("the first step", async () => /connect/.test(await page.locator(".step.selected").innerText()));
  await page.keyboard.press("e");
  await page.locator(".wire.selected").first().waitFor({ state: "attached" });
  await page.keyboard.press("Enter");
  await page.locator("[role=combobox]:focus").waitFor();
  await page.keyboard.type("play");
  await page.keyboard.press("Enter");
  await until("the step", async () => /play/.test(await page.locator(".step.selected").innerText()));
  await until("the keyboard to be in the graph again", () => focused("#canvas"));
  const flow = await text();
  const { connected } = JSON.parse(flow).sections.main[0].connect.result.case;
  assert.deepEqual([Object.keys(connected[0]), connected[1]], [["play"], "hangup"], "it stands on the edge");
  assert.equal(await pointed(), 0, "no pointer so far");

  // One call, three answers.
  const callee = page.locator(".card.asked");
  const say = (what) => callee.first().getByRole("button", { name: what, exact: true }).click();
  const asked = () => until("the question", async () => (await callee.first().getByRole("button", { name: "busy", exact: true }).count()) === 1);
  const ended = (how) => until(`the call to be ${how}`, async () => new RegExp(how).test(await where()));
  /** Back to where the first one was asked. */
  const backTo = async (position) => {
    for (let at = await happened(); at > position; at -= 1) {
      await page.keyboard.press("Shift+F10");
      await until("one event less", async () => (await happened()) === at - 1);
    }
  };
  const keepAsTest = async (number) => {
    await page.getByRole("button", { name: "Keep as test" }).click();
    await until("it to be kept", async () => (await page.locator(".tests tbody tr").count()) === number);
    await page.getByRole("tab", { name: "Call", exact: true }).click();
    await page.locator(".call").waitFor();
  };
  await asked();
  const question = await happened();
  assert.doesNotMatch(await variables(), /connect_result/);

  await say("busy");
  await ended("failed");
  assert.match(await variables(), /connect_failed_reason\s+busy/);
  await keepAsTest(1);

  await backTo(question);
  assert.doesNotMatch(await variables(), /connect_result|busy/, "variables are those of then");
  await until("the step of then", async () => /connect/.test(await page.locator(".step.here").innerText()));
  await asked();
  await say("does not answer");
  await ended("failed");
  assert.match(await variables(), /connect_failed_reason\s+noAnswer/);
  await keepAsTest(2);

  await backTo(question);
  await asked();
  await say("answers");
  await until("the talk", async () => /talk to each other/.test(await page.locator(".ladder").innerText()));
  await say("hangs up");
  await ended("completed");
  assert.match(await variables(), /connect_result\s+connected/);
  const branches = page.getByLabel("Branches");
  assert.equal(await branches.locator("option").count(), 3, "no answer was lost");
  await keepAsTest(3);

  // And back once more, to what was before the answer.
  await backTo(question);
  assert.doesNotMatch(await variables(), /connect_result/);
  await until("the step of then", async () => /connect/.test(await page.locator(".step.here").innerText()));
  assert.equal(await page.locator(".step.visited").count(), 1);
  await page.keyboard.press("F5");
  await ended("completed");

  // Flow and scenario are taken along.
  const saved = async (act) => {
    const [download] = await Promise.all([page.waitForEvent("download"), act()]);
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
  };
  const keptFlow = await saved(() => page.keyboard.press("Control+s"));
  assert.equal(keptFlow.text, flow);
  const scenario = await saved(async () => {
    await page.getByRole("button", { name: "Export", exact: true }).click();
    await page.getByRole("menuitem", { name: "Scenario as YAML" }).click();
  });
  assert.match(scenario.name, /\.scenario\.yaml$/);
  assert.match(scenario.text, /answer: 200/);
  const tests = JSON.parse(await page.evaluate(() => localStorage.getItem("patchcord.tests")));
  assert.equal(tests.length, 3);

  const folder = mkdtempSync(join(tmpdir(), "patchcord-journey-"));
  try {
    let journal;
    if (native) {
      const place = (name) => join(folder, name);
      writeFileSync(place(keptFlow.name), flow);
      const stem = keptFlow.name.replace(/\.\w+$/, "");
      tests.forEach(({ id, text }) => writeFileSync(place(`${stem}.${id}.scenario.yaml`), text));
      assert.match(execFileSync(native, ["test", "--native", folder], { encoding: "utf8" }), /3 passed/);
      writeFileSync(place("answered.yaml"), scenario.text);
      const run = JSON.parse(execFileSync(native, ["simulate", "--native", place(keptFlow.name), "--scenario", place("answered.yaml"), "--format", "json"], { encoding: "utf8" }));
      assert.equal(run.outcome, "completed");
      const [, minutes, seconds] = /· (\d+):([\d.]+) ·/.exec(await where());
      assert.equal(run.trace.at(-1).at, Math.round(Number(minutes) * 60_000 + Number(seconds) * 1000), "it takes as long");
      journal = readDemo(place("journals"));
    } else console.log("skipped: no native program, so nothing is run outside of the page");
    if (!journal) console.log("skipped: no real call can be made here; the journal is written by hand");

    // A real call, beside it.
    await page.getByRole("tab", { name: "Journal" }).click();
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Open a journal" }).click()]);
    await chooser.setFiles({ name: "call-1.jsonl", mimeType: "application/json", buffer: Buffer.from(journal ?? written(flow)) });
    await page.locator(".recorded .ladder .row").first().waitFor();
    assert.equal(await text(), flow, "the document stays");
    if (journal) {
      await page.getByRole("button", { name: "Open the document of this call" }).click();
      await until("its document", async () => (await text()) !== flow);
      await page.locator(".recorded .ladder .row").first().waitFor();
    }
    const past = () => page.locator(".recorded .scrub .name").innerText();
    const last = await past();
    const rows = Number(await page.locator(".recorded .ladder li").last().getAttribute("aria-setsize"));
    const invite = page.locator(".recorded .ladder .row", { hasText: "INVITE" }).nth(1);
    await invite.click();
    await until("its step", async () => /connect/.test(await page.locator(".step.selected").innerText()));
    await page.locator(".recorded").getByRole("button", { name: "Reset" }).click();
    await until("the beginning", async () => (await past()) === "0:00.000");
    const forth = page.locator(".recorded").getByRole("button", { name: /^Step/ });
    let walked = 0;
    while (await forth.isEnabled()) {
      await forth.click();
      walked += 1;
      assert.ok(walked < 500, "it comes to an end");
    }
    // What the flow notes for itself is walked through, too.
    assert.ok(rows > 4 && walked >= rows, `${walked} of ${rows} rows`);
    assert.equal(await past(), last);
  } finally {
    rmSync(folder, { recursive: true });
  }
  assert.deepEqual(complaints, []);
});

/** The journal of a call that really takes place, on this machine. */
function readDemo(folder) {
  try {
    execFileSync(native, ["demo", "--native", "--journal-dir", folder], { stdio: "ignore", timeout: 30_000 });
    return readFileSync(join(folder, readdirSync(folder)[0]), "utf8");
  } catch {
    return undefined;
  }
}

/** A journal as a host writes it. */
const written = (flow) =>
  [
    { start: { source: { kind: "document", text: flow }, unix_ms: 1767225600000, seed: 1, caller: { from: "+15550001111", to: "+15552220000" } } },
    { at: 500, event: { name: "ringing", leg: "b1", status: 180 } },
    { at: 2500, event: { name: "failed", leg: "b1", status: 486 } },
    { at: 4000, stopped: "the host is shutting down" },
  ]
    .map((line) => JSON.stringify(line))
    .join("\n");

test("all of it by keyboard: template, an edit, a mistake mended, a call to its decision, the answer, the link", options, async () => {
  await open({ context: clipboard, prepare: countPointer });
  await page.locator(".first").waitFor();
  let presses = 0;
  const key = async (...keys) => {
    for (const one of keys) {
      await page.keyboard.press(one);
      presses += 1;
    }
  };
  const type = async (letters) => {
    await page.locator("[role=combobox]:focus").waitFor();
    for (const letter of letters) await key(letter === " " ? "Space" : letter);
  };
  const tabTo = async (what, there) => {
    for (let tabs = 0; tabs < 30 && !(await there()); tabs += 1) await key("Tab");
    assert.ok(await there(), `Tab comes to ${what}`);
  };
  const on = (words) => () => page.evaluate((words) => document.activeElement?.textContent?.includes(words) === true && document.activeElement.matches("button"), words);

  // A template.
  await key("Control+k");
  await type("new f");
  await key("Enter");
  await dialog("New from a template").waitFor();
  await tabTo("the template", on("Answer and speak"));
  await key("Enter");
  await ready(5);
  await until("the keyboard in the graph", () => focused("#canvas"));

  // One edit: a step on an edge.
  await key("ArrowDown", "e", "Enter");
  await type("connect");
  await key("Enter");
  await until("the step", async () => /- connect:/.test(await text()));
  await until("the keyboard in the graph", () => focused("#canvas"));
  console.log(`template and one edit: ${presses} presses`);
  assert.ok(presses > 0 && presses <= TEMPLATE_AND_EDIT_PRESSES, `${presses} presses`);

  // A slip in the text, found and mended.
  const line = (await text()).split("\n").findIndex((line) => /- hangup/.test(line)) + 1;
  await key("Control+k");
  await type(`:${line}`);
  await key("Enter");
  await until("the text to have the keyboard", () => focused(".cm-content"));
  await key("End", "Backspace");
  await until("the mistake", async () => (await page.locator(".bar .counts .error").count()) === 1);
  await key("F8", "Control+.");
  await until("no mistake", async () => /No problems/.test(await counts()));
  assert.match(await text(), /- hangup$/m);

  // The call, to where somebody must be asked, and the answer.
  await key("Alt+F5");
  await until("the question", async () => (await page.locator(".card.asked").count()) === 1);
  await key("Alt+F10");
  await until("the keyboard on an answer", () => focused(".card .option button"));
  await tabTo("`busy`", () => page.evaluate(() => document.activeElement?.textContent?.trim() === "busy"));
  await key("Enter");
  await until("the end", async () => /486/.test(await page.locator(".ladder").innerText()) && (await page.locator(".card.asked").count()) === 0);
  assert.match(await variables(), /connect_failed_reason\s+busy/);

  // The link.
  await key("Control+Shift+s");
  await dialog("Share").waitFor();
  await tabTo("the link", async () => (await on("Copy the link")()) && page.evaluate(() => !document.activeElement.disabled));
  await key("Enter");
  await until("the link", async () => /#d=/.test(await page.evaluate(() => navigator.clipboard.readText())));
  assert.equal(await dialog("Share").count(), 0);
  assert.equal(await pointed(), 0, "no pointer was needed");
  console.log(`the whole afternoon: ${presses} presses`);
  const flow = await text();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.deepEqual(complaints, []);

  await open({ hash: link.slice(link.indexOf("#")) });
  await until("the same flow", async () => (await text()) === flow);
  await ready(6);
  await editor().waitFor();
});
