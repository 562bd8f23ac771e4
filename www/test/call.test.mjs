// A call is played through: answered, gone back in, answered otherwise, kept.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { MENU } from "./menu.mjs";
import { card, say, stepOn, where } from "./playing.mjs";
import { audit, complaints, open, options, page, press, ready, text, until, write } from "./visit.mjs";

beforeEach(async () => {
  if (options.skip) return;
  await open({ flow: MENU, scenario: "" });
  await ready(8);
  await until("a card", async () => (await page.locator(".card.asked").count()) > 0);
});

const rows = () => page.locator(".ladder .row");

test("only what may happen is offered, and happens", options, async () => {
  assert.match(await card("alice").innerText(), /rings[\s\S]*answers[\s\S]*busy/);
  await say("alice", "busy");
  await until("alice to be gone", async () => (await card("alice").count()) === 0);
  await until("the step", async () => /connect/.test(await page.locator(".step.here").innerText()));
  await card("bob").getByLabel("after").fill("7");
  await say("bob", "answers");
  await until("the talk", async () => /talk to each other/.test(await page.locator(".ladder").innerText()));
  await say("bob", "hangs up");
  await until("the end", async () => /completed/.test(await where()));
  assert.match(await page.locator(".cards, .call").first().innerText(), /completed/);
  assert.match(await page.locator(".below dl").innerText(), /connect_result/);
  assert.deepEqual(complaints, []);
});

test("a call is stepped forth and back, and to any moment", options, async () => {
  const at = async () => Number(/event (\d+) of/.exec(await where())[1]);
  const before = await at();
  await press("Shift+F10", "Shift+F10");
  await until("two events less", async () => (await at()) === before - 2);
  assert.equal(await page.locator(".step.selected").count(), 1, "the step is selected");
  await press("F10");
  await until("one more", async () => (await at()) === before - 1);
  await press("Shift+F5");
  await until("the beginning", async () => (await at()) === 0);
  await page.getByLabel("Moment of the call").fill("2000");
  await until("the end of what is known", async () => (await at()) === before);
});

test("another answer in the past is a branch, and the old one stays", options, async () => {
  await say("alice", "answers");
  await say("bob", "does not answer");
  await say("alice", "hangs up");
  await until("the end", async () => /completed/.test(await where()));
  const answered = await rows().count();
  await rows().filter({ hasText: "INVITE bob" }).first().waitFor();
  await press("Shift+F5");
  while (!(await card("alice").count())) await stepOn();
  await until("both are dialled", async () => {
    if (await card("bob").count()) return true;
    await stepOn();
    return false;
  });
  await say("alice", "declines");
  await until("a branch", async () => (await page.getByLabel("Branches").count()) === 1);
  await page.getByLabel("Branches").selectOption("0");
  await until("the first branch", async () => (await rows().count()) === answered);
  assert.deepEqual(complaints, []);
});

test("a breakpoint stops the call, and a condition does", options, async () => {
  await page.getByRole("treeitem", { name: /^play say:Goodbye/ }).click();
  await press("F9");
  assert.equal(await page.locator(".step.stops").count(), 1);
  await press("F5");
  await until("it to stop", async () => /stopped at a breakpoint/.test(await where()));
  assert.match(await page.locator(".step.here").innerText(), /Goodbye/);
});

test("an edit runs the same answers again, and says what came otherwise", options, async () => {
  await say("alice", "busy");
  await until("alice is gone", async () => (await card("alice").count()) === 0);
  await write("Text", MENU.replace("say:Welcome", "say:Good morning"));
  await until("what diverged", async () => (await page.locator(".diverged").count()) === 1);
  assert.match(await page.locator(".diverged").innerText(), /another way at/);
  assert.equal(await card("alice").count(), 0, "the answer still stands");
});

test("keys of a telephone go to a call that waits for them", options, async () => {
  await open({ flow: "sections:\n  main:\n    - prompt: {play: \"say:Press a key\", max_digits: 1}\n    - hangup: {}\n", scenario: "" });
  await until("a card", async () => (await page.locator(".card.asked").count()) > 0);
  await page.locator("#canvas").focus();
  await press("5");
  await until("the digit", async () => /pressed 5/.test(await page.locator(".ladder").innerText()));
  await until("the variable", async () => /prompt_value\s+5/.test(await page.locator(".below dl").innerText()));
});

test("a call is kept as a scenario that the command line runs, and as a test", options, async () => {
  await say("alice", "declines");
  await say("bob", "answers");
  await say("bob", "hangs up");
  await until("the end", async () => /completed/.test(await where()));
  await page.getByRole("button", { name: "Keep as test" }).click();
  await until("it to pass", async () => /1 test passes/.test(await page.locator(".tests .outcome").innerText()));
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(".tests").getByRole("button", { name: "Save", exact: true }).click()]);
  assert.match(download.suggestedFilename(), /\.scenario\.yaml$/);
  const [{ text: scenario }] = JSON.parse(await page.evaluate(() => localStorage.getItem("patchcord.tests")));
  assert.match(scenario, /expect:/);
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const native = [process.env.CARGO_TARGET_DIR, join(root, "target")].filter(Boolean).map((folder) => join(folder, "debug/patchcord")).find(existsSync);
  if (!native) return console.log("skipped: the native program was not built");
  const folder = mkdtempSync(join(tmpdir(), "patchcord-test-"));
  try {
    writeFileSync(join(folder, "menu.yaml"), MENU);
    writeFileSync(join(folder, "menu.scenario.yaml"), scenario);
    assert.match(execFileSync(native, ["test", folder], { encoding: "utf8" }), /1 passed/);
  } finally {
    rmSync(folder, { recursive: true });
  }
  // A document that does otherwise fails it.
  await write("Text", MENU.replace("- return: said", "- hangup"));
  await page.getByRole("tab", { name: /^Tests/ }).click();
  await until("it to fail or pass by itself", async () => /test (passes|fails)/.test(await page.locator(".tests .outcome").innerText()));
});

test("the missing tests are made, and coverage is shown in the graph", options, async () => {
  await page.getByRole("tab", { name: /^Tests/ }).click();
  await page.getByRole("button", { name: "Make the missing tests" }).click();
  await until("tests that pass", async () => /\d tests pass · 100 %/.test(await page.locator(".tests .outcome").innerText()));
  await page.getByLabel("show in the graph").check();
  await until("counts", async () => (await page.locator(".port.covered").count()) >= 2);
  assert.equal(await page.locator(".port.uncovered").count(), 0);
  assert.deepEqual(await audit(), []);
});

test("a journal of a real call is walked through", options, async () => {
  const start = { source: { kind: "document", text: MENU }, unix_ms: 1767225600000, seed: 1, caller: { from: "+15550001111", to: "+15552220000" } };
  const journal = [{ start }, { at: 1500, event: { name: "media-done", leg: "a", media: 1, result: "finished" } }, { at: 2500, event: { name: "failed", leg: "b1", status: 486 } }, { at: 4000, stopped: "the host is shutting down" }];
  const buffer = Buffer.from(journal.map((line) => JSON.stringify(line)).join("\n"));
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Open", exact: true }).click()]);
  await chooser.setFiles({ name: "call-1.jsonl", mimeType: "application/json", buffer });
  await until("the ladder", async () => /486/.test(await page.locator(".recorded .ladder").innerText()));
  assert.match(await page.locator(".live").innerText(), /shutting down/);
  await rows().filter({ hasText: "INVITE bob" }).click();
  await until("its step", async () => /connect/.test(await page.locator(".step.selected").innerText()));
  assert.equal(await text(), MENU, "the document stays");
  assert.deepEqual(await audit(), []);
  assert.deepEqual(complaints, []);
});

for (const theme of ["light", "dark"]) {
  test(`axe finds nothing while a call waits, ${theme}`, options, async () => {
    await open({ flow: MENU, scenario: "", settings: { theme, dock: 360 } });
    await until("a card", async () => (await page.locator(".card.asked").count()) > 0);
    await card("alice").getByRole("button", { name: "answers: how exactly", exact: true }).click();
    assert.deepEqual(await audit(), []);
    await press("F5");
    await until("the end", async () => /completed/.test(await where()));
    assert.deepEqual(await audit(), []);
  });
}
