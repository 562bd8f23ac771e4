// Changes made in the graph, in the outline and in the form are changes of the text.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { MENU, audit, complaints, editor, open, options, page, press, ready, steps, text, until, write } from "./visit.mjs";

beforeEach(async () => {
  if (options.skip) return;
  await open({ flow: MENU });
  await ready(8);
});

const step = (line) => page.locator(".step", { has: page.locator(`.line:text-is("${line}")`) });
const pick = async (name) => {
  await page.locator("[role=combobox]:focus").waitFor();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
};

test("one cursor: text, graph and outline select the same", options, async () => {
  await step(6).click();
  await until("the outline to follow", async () => (await page.locator("[role=treeitem][aria-selected=true] .verb").innerText()) === "play");
  await until("the text to follow", async () => (await page.locator(".cm-line.lit", { hasText: "Welcome" }).count()) === 1);
  await page.getByRole("treeitem", { name: /^execute/ }).click();
  await until("the graph to follow", async () => /execute/.test(await page.locator(".step.selected").innerText()));
  await page.locator(".cm-line", { hasText: "say:Goodbye" }).click();
  await until("the graph to follow", async () => /Goodbye/.test(await page.locator(".step.selected").innerText()));
  assert.match(await page.locator(".status .path").innerText(), /sections\.goodbye\[0\]/);
});

test("a step is added behind another, and undone with one key", options, async () => {
  await step(6).click();
  await press("a");
  await pick("send_dig");
  await until("the step", async () => /send_digits/.test(await text()));
  assert.match(await text(), /- play: \{ url: "say:Welcome" \} {3}# greets\n {4}- send_digits:/);
  await until("it to be selected", async () => /send_digits/.test(await page.locator(".step.selected").innerText()));
  await press("Control+z");
  await until("the old text", async () => (await text()) === MENU);
  await press("Control+Shift+z");
  await until("the new text", async () => /send_digits/.test(await text()));
  assert.deepEqual(complaints, []);
});

test("a step is put on an edge", options, async () => {
  await step(6).click();
  await press("e");
  assert.equal(await page.locator(".wire.selected").count(), 1);
  await press("Enter");
  await pick("sleep");
  await until("the step", async () => /# greets\n {4}- sleep/.test(await text()));
});

test("an outcome is connected to a section", options, async () => {
  await step(7).click();
  await press("c");
  await pick("failed");
  await page.getByRole("combobox", { name: /^failed: where to/ }).waitFor();
  await pick("goodbye");
  await until("the case", async () => /goodbye[\s\S]*- execute/.test(await text()));
  await until("the edge", async () => (await page.locator(".step .port.full", { hasText: "failed" }).count()) === 1);
});

test("steps move, are deleted, duplicated, copied and pasted", options, async () => {
  await step(6).click();
  await press("Alt+ArrowDown");
  await until("the move", async () => (await text()).indexOf("Welcome") > (await text()).indexOf("connect:"));
  assert.match(await page.locator(".step.selected").innerText(), /play/);
  await press("Control+z", "Control+d");
  await until("two of them", async () => (await text()).match(/Welcome/g)?.length === 2);
  await press("Delete");
  await until("one of them", async () => (await text()).match(/Welcome/g)?.length === 1);
  await step(5).click();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await step(6).click();
  await press("Control+c");
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^- play: \{ url: "say:Welcome" \}$/);
  await page.evaluate(() => navigator.clipboard.writeText('[{"play": {"url": "say:Pasted"}}, "answer"]'));
  await press("Control+v");
  await until("what was pasted", async () => /say:Pasted[\s\S]*- answer/.test(await text()));
  assert.deepEqual(complaints, []);
});

test("a stretch becomes a section and comes back", options, async () => {
  await page.getByRole("treeitem", { name: /^answer line 5/ }).click();
  await press("Shift+ArrowDown");
  await press("Control+k");
  await pick("Make it a section");
  await page.getByLabel("Name of the section").fill("greeting");
  await press("Enter");
  await until("the section", async () => /\n {2}greeting:\n {4}- answer/.test(await text()));
  await page.getByRole("treeitem", { name: /greeting/ }).first().click();
  await press("F2");
  await page.getByLabel("Name of the section").fill("main2");
  await press("Escape");
  assert.doesNotMatch(await text(), /main2/);
});

test("a section is renamed with all who call it", options, async () => {
  await page.getByRole("treeitem", { name: /^goodbye section/ }).click();
  await press("F2");
  await page.getByLabel("Name of the section").fill("farewell");
  await press("Enter");
  await until("the name", async () => /dest: farewell/.test(await text()) && /\n {2}farewell:/.test(await text()));
});

test("the form sets and removes parameters", options, async () => {
  await step(7).dblclick();
  const timeout = page.getByLabel("timeout", { exact: true });
  await timeout.fill("33");
  await press("Enter");
  await until("the number", async () => /timeout: 33/.test(await text()));
  await page.getByLabel("to required").first().fill("sip:carol@example.com");
  await press("Tab");
  await until("the address", async () => /to: sip:carol@example.com/.test(await text()));
  await page.getByRole("button", { name: "Remove timeout" }).first().click();
  await until("no number", async () => !/timeout/.test(await text()));
  await page.getByRole("combobox", { name: "Parameter" }).last().selectOption("answer_on_bridge");
  await page.getByLabel("answer_on_bridge", { exact: true }).selectOption("true");
  await until("the switch", async () => /answer_on_bridge: true/.test(await text()));
  assert.match(await text(), /# greets/);
  assert.deepEqual(complaints, []);
});

test("a mistake is shown everywhere, and mended", options, async () => {
  await write("Text", "sections:\n  main:\n    - connect: {tto: sip:ada@example.com}\n    - hangup: 7\n");
  await until("a squiggle", async () => (await page.locator(".cm-lintRange-error").count()) > 0);
  assert.ok(await page.locator(".step.has-error .badge.error").count());
  assert.ok(await page.locator("[role=treeitem] .badge.error").count());
  await page.getByRole("tab", { name: /Problems/ }).click();
  const problems = page.getByRole("list", { name: "Problems" });
  await problems.getByRole("button", { name: /has no field/ }).click();
  await until("the step", async () => /connect/.test(await page.locator(".step.selected").innerText()));
  await problems.getByRole("button", { name: "rename to `to`" }).click();
  await until("the mistake to be gone", async () => !/tto/.test(await text()));
  await page.locator("#canvas").focus();
  await press("Control+z");
  await until("it to be back", async () => /tto/.test(await text()));
});

test("while the text is broken the last graph stays and says so", options, async () => {
  await write("Text", MENU.replace('play: { url: "say:Welcome" }', 'play: { url: "say:Welcome"'));
  const ribbon = page.locator(".ribbon");
  await until("the ribbon", async () => (await ribbon.count()) === 1);
  assert.match(await ribbon.innerText(), /last valid version of `main`/);
  assert.equal(await steps().count(), 8);
  assert.ok((await page.locator(".step.stale").count()) > 0);
  assert.ok((await page.locator(".step:not(.stale)").count()) > 0, "the other section is live");
  await ribbon.getByRole("button").first().click();
  assert.ok(await page.evaluate(() => document.activeElement?.closest(".cm-editor") !== null));
  await ribbon.getByRole("button", { name: "replace it" }).click();
  await until("no ribbon", async () => (await ribbon.count()) === 0);
});

test("a step put elsewhere stays there through edits, and layout comes back", options, async () => {
  const box = await step(6).boundingBox();
  await page.mouse.move(box.x + 60, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y + 40, { steps: 6 });
  await page.mouse.move(box.x + 400, box.y + 130, { steps: 6 });
  await page.mouse.up();
  await until("its place", async () => (await step(6).boundingBox()).x > box.x + 200);
  assert.equal(await text(), MENU);
  await page.locator(".cm-line", { hasText: "- answer" }).click();
  await press("End", "Enter");
  await page.keyboard.insertText("- sleep: 1");
  await until("it moved on", async () => (await step(7).count()) === 1);
  await until("its place", async () => (await step(7).boundingBox()).x > box.x + 200);
  await page.getByRole("button", { name: "Reset layout" }).click();
  await until("the layout", async () => (await step(7).boundingBox()).x < box.x + 100);
});

/** From the port of an outcome to a point, by hand. */
const pull = async (line, outcome, to) => {
  const port = await step(line).locator(".port", { hasText: outcome }).locator(".handle").boundingBox();
  const [x, y] = [port.x + port.width / 2, port.y + port.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move((x + to.x) / 2, (y + to.y) / 2 + 20, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
};
const middle = async (part) => {
  const { x, y, width, height } = await part.boundingBox();
  return { x: x + width / 2, y: y + Math.min(height / 2, 20) };
};

test("a line drawn from an outcome to a step connects them, and Escape lets go of it", options, async () => {
  const lines = page.locator(".cable path");
  await pull(7, "failed", await middle(step(15)));
  await until("the line", async () => (await lines.count()) === 1);
  assert.equal(await page.locator(".cable rect").count(), 1, "the step is framed");
  await press("Escape");
  await until("no line", async () => (await lines.count()) === 0);
  await page.mouse.up();
  assert.equal(await text(), MENU);
  await pull(7, "failed", await middle(step(15)));
  await page.mouse.up();
  await until("the text to change", async () => (await text()) !== MENU);
  await until("the outcome to lead there", async () => (await step(7).locator(".port.full", { hasText: "failed" }).count()) === 1);
  assert.deepEqual(complaints, []);
});

test("a line that ends nowhere asks where it shall lead", options, async () => {
  const { x, y, width, height } = await page.locator(".surface").boundingBox();
  await pull(7, "failed", { x: x + width / 2, y: y + height - 60 });
  await page.mouse.up();
  await page.locator("dialog[open] [role=combobox]").waitFor();
  await press("Escape");
  assert.equal(await text(), MENU);
});

test("the plane is pushed by hand, by wheel and by two fingers; what moved it is no click", options, async () => {
  const plane = page.locator(".plane");
  const eye = () => plane.evaluate((element) => (({ a, e, f }) => ({ zoom: a, x: Math.round(e), y: Math.round(f) }))(new DOMMatrix(getComputedStyle(element).transform)));
  const { x, y, width, height } = await page.locator(".surface").boundingBox();
  const at = { x: Math.round(x + width - 220), y: Math.round(y + height - 40) };
  await step(6).click();
  const before = await eye();
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await page.mouse.move(at.x - 40, at.y - 30, { steps: 5 });
  await page.mouse.up();
  assert.deepEqual(await eye(), { ...before, x: before.x - 40, y: before.y - 30 });
  assert.equal(await page.locator(".step.selected").count(), 1, "the step is selected still");
  await page.mouse.wheel(10, 15);
  await until("the plane to be pushed", async () => (await eye()).y === before.y - 45);
  assert.equal((await eye()).x, before.x - 50);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, 100);
  await page.keyboard.up("Control");
  await until("it to be farther", async () => (await eye()).zoom < before.zoom);
  const { zoom } = await eye();
  const touch = await page.context().newCDPSession(page);
  const fingers = (apart) => ({ touchPoints: [{ x: at.x - apart, y: at.y, id: 1 }, { x: at.x + apart, y: at.y, id: 2 }] });
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", ...fingers(20) });
  for (const apart of [24, 30, 36, 40]) await touch.send("Input.dispatchTouchEvent", { type: "touchMove", ...fingers(apart) });
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await until("it to be twice as near", async () => Math.abs((await eye()).zoom / zoom - 2) < 0.1);
  assert.deepEqual(complaints, []);
});

test("a click on a section's head folds it", options, async () => {
  await page.getByRole("button", { name: "Fold goodbye" }).click();
  await until("fewer steps", async () => (await steps().count()) === 6);
  assert.equal(await page.getByRole("treeitem", { name: /^goodbye section/ }).getAttribute("aria-expanded"), "false");
});

test("the palette finds steps, lines, problems and sections", options, async () => {
  await press("Control+f");
  await page.locator("[role=combobox]:focus").waitFor();
  await page.keyboard.type("verb:play good");
  await until("one step", async () => (await page.getByRole("listbox", { name: "Find", exact: true }).getByRole("option").count()) === 1);
  await press("Enter");
  await until("the step", async () => /Goodbye/.test(await page.locator(".step.selected").innerText()));
  await press("Control+k");
  await pick(":7");
  await until("the line", async () => /Ln 7/.test(await page.locator(".status").innerText()));
  assert.deepEqual(complaints, []);
});

test("what JSON cannot hold is told before, and comes back", options, async () => {
  const convert = async () => (await press("Control+k"), pick("YAML ⇄"));
  const question = page.getByRole("dialog", { name: "YAML ⇄ JSON" });
  await convert();
  await question.waitFor();
  assert.match(await question.innerText(), /2 comments would be lost/);
  await press("Escape");
  await until("it to be gone", async () => (await question.count()) === 0);
  assert.equal(await text(), MENU);
  await convert();
  await question.waitFor();
  assert.deepEqual(await audit(), []);
  await press("Enter");
  await until("JSON", async () => (await text()).startsWith("{"));
  await press("Control+z");
  await until("the comments", async () => (await text()) === MENU);

  const bare = 'sections:\n  main:\n    - play: "say:dial #1"\n';
  await write("Text", bare);
  await until("the text", async () => (await text()) === bare);
  await convert();
  await until("JSON, without a question", async () => (await text()).startsWith("{"));
  assert.deepEqual(complaints, []);
});

test("completion knows the verbs and their parameters", options, async () => {
  await page.locator(".cm-line", { hasText: "- answer" }).click();
  await press("End", "Enter");
  await page.keyboard.type("- send_d");
  await until("the verb", async () => (await page.locator(".cm-tooltip-autocomplete li", { hasText: "send_digits" }).count()) === 1);
  await press("Escape");
  assert.ok(await editor().isVisible());
});
