// What the dock shows of a call: ladder, timeline, branches, values; how it is kept, and what happens when the engine breaks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { card, say, stepOn, where } from "./playing.mjs";
import { breakable } from "./breakable.mjs";
import { MENU, audit, complaints, open, options, page, press, ready, until, write } from "./visit.mjs";

/** Alice talks for a while; bob rings in vain. */
export const TALK = 'callees:\n  - { to: "sip:alice@*", does: [ {at: 200ms, ring: 180}, {at: 3s, answer: 200}, {at: 20s, hang_up: normal} ] }\n  - { to: "sip:bob@*", does: [ {at: 500ms, ring: 180} ] }\n';
/** So many clips, one after the other: two events each. */
const clips = (count) => `sections:\n  main:\n    - play: {urls: [${Array.from({ length: count }, (_, at) => `"say:${at % 3}"`).join(", ")}]}\n    - hangup: {}\n`;

const ladder = () => page.locator(".ladder");
const rows = () => page.locator(".ladder .row");
const row = (label) => rows().filter({ hasText: label }).first();
const labels = () => page.locator(".ladder .row .label, .ladder .row .remark").allInnerTexts();

async function played({ flow = MENU, scenario = TALK, ...more } = {}) {
  await open({ flow, scenario, settings: { dock: 480 }, ...more });
  await until("the call", async () => (await page.locator(".call").count()) === 1);
  await press("F5");
  await until("its end", async () => /completed/.test(await where()));
}

test("the ladder has two levels, and says that one is made up", options, async () => {
  await played();
  assert.equal(await page.locator(".illustrative").count(), 0);
  await page.getByLabel("Level").selectOption("sip");
  await until("messages", async () => /100 Trying/.test(await ladder().innerText()));
  assert.equal(await page.locator(".illustrative").innerText(), "illustrative");
  await page.locator(".ladder-box").evaluate((box) => (box.scrollTop = 0));
  await until("the beginning", async () => (await labels())[0] === "INVITE");
  const seen = new Set();
  for (let at = 0; at < 40; at += 1) {
    for (const label of await labels()) seen.add(label);
    await page.locator(".ladder-box").evaluate((box) => (box.scrollTop += 112));
  }
  for (const message of ["100 Trying", "180 Ringing", "200 OK", "ACK", "CANCEL", "487 Request Terminated", "BYE"]) assert.ok(seen.has(message), `${message} in ${[...seen]}`);
  assert.ok(![...seen].some((label) => /finished/.test(label)), "what is no message is left out");
  assert.deepEqual(complaints, []);
});

test("the ladder is looked at in other ways: time between rows, columns, sound, repeats", options, async () => {
  await played({ flow: clips(40), scenario: "" });
  const all = async () => Number(await page.locator(".ladder li").last().getAttribute("aria-setsize"));
  const before = await all();
  assert.ok(before > 80);
  await page.getByLabel("Collapse repeats").check();
  await until("fewer rows", async () => (await all()) < before / 3);
  assert.match(await page.locator(".ladder .times").first().innerText(), /×13/);
  await page.getByRole("checkbox", { name: "Media" }).uncheck();
  await until("no sound", async () => (await page.locator(".ladder .row.media").count()) === 0);
  assert.ok((await rows().count()) > 2, "the rest stays");
  await page.getByRole("checkbox", { name: "Media" }).check();
  await page.getByLabel("Collapse repeats").uncheck();
  await page.getByLabel("Δt").check();
  await until("what passed", async () => /\+0:02\.000/.test(await ladder().innerText()));
  const width = () => page.locator(".ladder .lanes").evaluate((lanes) => parseFloat(getComputedStyle(lanes).minWidth));
  const wide = await width();
  await page.getByLabel("Compress columns").check();
  assert.ok((await width()) < wide, "columns are narrower");
});

test("two rows are compared by pointer and by key, and a row is linked with step and line", options, async () => {
  await played();
  await row("180 ringing").click();
  assert.equal(await page.locator(".payloads").count(), 0);
  await row("200 answered").click({ modifiers: ["Shift"] });
  await until("both", async () => (await page.locator(".payloads tr.differs").count()) > 0);
  assert.match(await page.locator(".payloads").innerText(), /name\s+differs\s+ringing\s+answered/);
  assert.match(await page.locator(".payloads tr.same").allInnerTexts().then((all) => all.join(" ")), /leg\s+b1/);
  await row("INVITE alice").click();
  await until("its step", async () => /connect/.test(await page.locator(".step.selected").innerText()));
  assert.match(await row("INVITE alice").innerText(), /7$/);
  assert.equal(await page.locator(".payloads").count(), 0);
  await press("Shift+ArrowDown");
  await until("both again", async () => /alice@example\.com\s+sip:bob/.test(await page.locator(".payloads").innerText()));
  // A step that is chosen elsewhere is found here.
  await page.getByRole("treeitem", { name: /^play say:Welcome/ }).click();
  await until("its row", async () => /Welcome/.test(await page.locator('.ladder .row[aria-current="true"]').innerText()));
  assert.ok(await page.locator(".ladder .row.of-node").first().isVisible());
});

test("of thousands of rows only those that can be seen are in the page", options, async () => {
  await played({ flow: clips(2600), scenario: "" });
  const last = page.locator(".ladder li").last();
  assert.ok((await page.locator(".field .bar").count()) < 450, "bars that cannot be told apart are not all drawn");
  await until("all rows", async () => Number(await last.getAttribute("aria-setsize")) > 5_000);
  assert.ok((await rows().count()) < 60, `${await rows().count()}`);
  await page.locator('.ladder .row[aria-current="true"]').focus();
  await press("Home");
  await until("the first row", async () => (await page.evaluate(() => document.activeElement?.closest("li")?.getAttribute("aria-posinset"))) === "1");
  await press("PageDown", "ArrowDown");
  await until("a later row", async () => Number(await page.evaluate(() => document.activeElement?.closest("li")?.getAttribute("aria-posinset"))) > 3);
  await page.locator(".ladder-box").evaluate((box) => (box.scrollTop = box.scrollHeight / 2));
  await until("the middle", async () => Math.abs(Number(await page.locator(".ladder li").nth(20).getAttribute("aria-posinset")) - 2600) < 60);
  assert.ok((await rows().count()) < 60, `${await rows().count()}`);
  assert.ok(await page.evaluate(() => document.activeElement?.matches(".ladder .row")), "the keyboard stays where it was");
});

const field = () => page.locator(".timeline .field");
const bar = (name) => page.getByRole("button", { name, exact: false }).and(page.locator(".bar"));
const at = async () => Number(/event (\d+) of/.exec(await where())[1]);

test("the timeline has a lane for each leg, for sound, web and timers, and says in words what its bars are", options, async () => {
  await played({
    flow: "sections:\n  main:\n    - answer\n    - record: {beep: true, status_url: 'https://app.example/hook'}\n    - sleep: 4000\n    - connect: {to: 'sip:alice@example.com', timeout: 9}\n    - enter_queue: {queue_name: support}\n    - hangup\n",
    scenario: 'activities: [{order: "record *", does: [{at: 1s, recorded: "https://x.example/1.wav", duration: 1s}, {at: 1s, done: finished}]}, {order: "enqueue *", does: [{at: 0, queued: 1, of: 1}, {at: 3s, connected: call}, {at: 5s, done: finished}]}]\nhttp: [{request: "POST https://app.example/*", reply: {status: 200, after: 80ms}}]\ncallees: [{to: "sip:alice@*", does: [{at: 100ms, ring: 180}, {at: 1s, early_media: 183}, {at: 2s, answer: 200}, {at: 4s, hang_up: normal}]}]\n',
  });
  const lanes = await page.locator(".lane-names li").allInnerTexts();
  assert.deepEqual(lanes, ["Caller", "alice", "Media", "Web", "Timers"]);
  const kinds = await field().locator(".bar").evaluateAll((bars) => [...new Set(bars.map((bar) => bar.className.replace("bar ", "")))]);
  for (const kind of ["dials", "rings", "early", "up", "hold", "record", "web", "timer"]) assert.ok(kinds.includes(kind), `${kind} in ${kinds}`);
  const patterns = await field().evaluate((field) => ["rings", "early", "up", "hold", "record"].map((kind) => getComputedStyle(field.querySelector(`.bar.${kind}`)).backgroundImage.replace(/(rgba?|color)\([^()]*\)/g, "")));
  assert.equal(new Set(patterns).size, 5, patterns.join(" | "));
  assert.match(await bar("rings").first().getAttribute("aria-label"), /rings, 0:\d\d\.\d{3} to/);
  assert.equal(await field().locator(".link").count(), 4, "two bridges begin and end, the first one for early audio");
});

test("what is idle is short until it is opened; dragging shows a part, Escape all", options, async () => {
  await played();
  const gap = page.locator(".field .gap").first();
  assert.match(await gap.textContent(), /17 s in which nothing happens/);
  const width = async () => (await gap.boundingBox()).width;
  const talk = async () => (await bar("talks to alice").first().boundingBox()).width;
  const [shut, short] = [await width(), await talk()];
  assert.ok(shut < 160);
  await gap.focus();
  await press("Enter");
  await until("its length", async () => (await gap.getAttribute("aria-expanded")) === "true" && (await talk()) > short * 2);
  await press("Enter");
  await until("it to be short", async () => Math.abs((await talk()) - short) < 2);
  const box = await field().boundingBox();
  await page.mouse.move(box.x + box.width * 0.3, box.y + 6);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 6, { steps: 4 });
  await page.mouse.up();
  const zoomed = page.getByRole("button", { name: "Show the whole call" });
  await until("a part", async () => (await zoomed.count()) === 1);
  await page.getByLabel("Moment of the call").focus();
  await press("Escape");
  await until("all", async () => (await zoomed.count()) === 0);
  await press("+");
  await until("a part again", async () => (await zoomed.count()) === 1);
  await press("-");
  await until("all again", async () => (await zoomed.count()) === 0);
});

test("the timeline is walked by keys: ends, events, changes of legs, play", options, async () => {
  await played();
  const all = await at();
  await page.getByLabel("Moment of the call").focus();
  await press("Home");
  await until("the beginning", async () => (await at()) === 0);
  await press("]");
  await until("one event", async () => (await at()) === 1);
  await press("[");
  await until("none", async () => (await at()) === 0);
  await press("}", "}");
  await until("the dialling", async () => /INVITE alice/.test(await page.locator('.ladder .row[aria-current="true"]').innerText()));
  await press("{");
  await until("the answer", async () => /answer/.test(await page.locator('.ladder .row[aria-current="true"]').innerText()));
  await press("End");
  await until("the end", async () => (await at()) === all);
  await press("Home", "Space");
  await until("it to play", async () => (await page.getByRole("button", { name: "Pause" }).count()) === 1);
  await press("Space");
  await until("it to stand", async () => (await page.getByRole("button", { name: "Pause" }).count()) === 0);
  await page.locator("#canvas").focus();
  await press("?");
  assert.match(await page.locator(".keys").innerText(), /In the timeline/);
});

test("the instant under the pointer is in all views; a bar leads to its step", options, async () => {
  await played();
  const box = await field().boundingBox();
  await page.mouse.move(box.x + 8, box.y + 4);
  await until("the crosshair", async () => (await field().locator(".cross").count()) === 1);
  assert.equal(await page.locator(".ladder .crossing").count(), 1);
  await until("the step of then", async () => /play/.test(await page.locator(".step.crossed").innerText()));
  await until("its line", async () => /play/.test(await page.locator(".cm-line.crossed").innerText()));
  await bar("rings").first().dblclick();
  await until("its step", async () => /INVITE|ringing|answer/.test(await page.locator('.ladder .row[aria-current="true"]').innerText()));
  await bar("say “Welcome”").first().focus();
  await press("Enter");
  await until("the step of the clip", async () => /Welcome/.test(await page.locator(".step.selected").innerText()));
  await press("ArrowUp", "ArrowUp");
  assert.match(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), /rings|dialling/);
});

test("two branches stand beside each other, from where they part", options, async () => {
  await open({ flow: MENU, scenario: "", settings: { dock: 480 } });
  await until("a card", async () => (await page.locator(".card.asked").count()) > 0);
  await say("alice", "answers");
  await say("bob", "does not answer");
  await say("alice", "hangs up");
  await until("the end", async () => /completed/.test(await where()));
  await press("Shift+F5");
  await until("alice and bob", async () => ((await card("bob").count()) && (await card("alice").count()) ? true : (await stepOn(), false)));
  await say("alice", "declines");
  await until("alice to be gone", async () => (await card("alice").count()) === 0);
  await say("bob", "answers");
  await until("the talk", async () => /talk to each other/.test(await ladder().innerText()));
  await page.getByLabel("Compare with").selectOption("0");
  const pair = page.locator(".beside .pair");
  await until("where they part", async () => (await page.locator(".beside .pair.first-other").count()) === 1);
  assert.match(await page.locator(".beside [role=status]").innerText(), /They part at 0:0/);
  await until("it to have the keyboard", async () => page.evaluate(() => document.activeElement?.classList.contains("first-other") ?? false));
  assert.ok(await page.locator(".beside .pair.first-other").isVisible());
  assert.match(await page.locator(".beside .pair.first-other").innerText(), /◆/);
  const first = Number(await page.locator(".beside .pair.first-other").getAttribute("data-row"));
  const before = await pair.evaluateAll((all, first) => all.filter((one) => Number(one.dataset.row) < first).map((one) => one.className), first);
  assert.ok(before.length > 3 && before.every((name) => /same/.test(name)), before.join());
  assert.match(await page.locator(".beside").innerText(), /alice → Patchcord: 603[\s\S]*bob → Patchcord: 200 answered/);
  const position = await at();
  assert.deepEqual(await audit(), []);
  await page.locator(".beside-box").evaluate((box) => (box.scrollTop = 0));
  await pair.filter({ hasText: "INVITE alice" }).first().click();
  await until("its step", async () => /connect/.test(await page.locator(".step.selected").innerText()));
  assert.equal(await at(), position, "the call stays where it was");
  await page.getByRole("button", { name: "Back to the ladder" }).click();
  await until("the ladder", async () => (await ladder().count()) === 1);
  assert.deepEqual(complaints, []);
});

const COUNTS = "sections:\n  main:\n    - answer\n    - set: {tries: 1}\n    - play: say:one\n    - set: {tries: 2}\n    - play: say:two\n    - set: {tries: 3, other: x}\n    - play: say:three\n    - hangup\n";
const values = () => page.locator(".below dl").innerText();

test("values are those of the moment, with what the step changed, and are filtered", options, async () => {
  await played({ flow: COUNTS, scenario: "" });
  await until("the last value", async () => /tries\s+3/.test(await values()));
  await press("Shift+F5");
  const changed = page.locator(".below dl .changed");
  await until("the beginning", async () => (await at()) === 0);
  const walk = (to) =>
    until(String(to), async () => {
      if (to.test((await changed.allInnerTexts()).join())) return true;
      await stepOn();
      return false;
    });
  await walk(/tries\s+changed at this step\s+1\s+new/);
  await walk(/tries\s+changed at this step\s+2\s+was 1/);
  await press("F11");
  await until("no change at the next step", async () => (await changed.count()) === 0);
  assert.match(await values(), /answer_result/);
  await page.getByLabel("Filter variables").fill("TRI");
  await until("one of them", async () => (await page.locator(".below dl dt").count()) === 1);
  await page.getByLabel("Filter variables").fill("nothing like it");
  await until("none of them", async () => (await page.locator(".below dl").count()) === 0);
  assert.deepEqual(complaints, []);
});

test("the call stops at events and at a condition; all stops are in one list and are removed there", options, async () => {
  await played({ flow: COUNTS, scenario: "" });
  const stops = page.getByRole("list", { name: "All that stops the call" }).getByRole("listitem");
  const stopped = () => until("it to stop", async () => /stopped at a breakpoint/.test(await where()));
  let seed = 1;
  /** Another scenario is another call. */
  const again = async () => {
    seed += 1;
    await page.getByRole("tab", { name: "Scenario" }).click();
    await write("Scenario", `seed: ${seed}\n`);
    await page.getByRole("tab", { name: "Call" }).click();
  };
  await page.getByLabel("Stop at an event").selectOption("event media-done");
  await until("it in the list", async () => (await stops.count()) === 1);
  await again();
  await stopped();
  assert.match(await values(), /tries\s+1/);
  await stops.getByRole("button", { name: /No longer stop: at media-done/ }).click();
  await until("an empty list", async () => (await stops.count()) === 0);

  // Half a condition stops nothing, breaks nothing, and is told.
  const when = page.getByLabel("when", { exact: true });
  await when.fill("vars.tries ==");
  await until("what is wrong", async () => (await when.getAttribute("aria-invalid")) === "true");
  await page.locator("#canvas").focus();
  await press("F5");
  await until("the end", async () => /completed/.test(await where()));
  await when.fill("vars.tries == 2");
  assert.equal(await when.getAttribute("aria-invalid"), "false");
  await again();
  await stopped();
  assert.match(await values(), /tries\s+(changed at this step\s+)?2/);
  await page.getByRole("treeitem", { name: /^play say:three/ }).click();
  await press("F9");
  await until("both", async () => (await stops.count()) === 2);
  assert.match((await stops.allInnerTexts()).join(), /play, line 9[\s\S]*when vars\.tries == 2/);
  await stops.getByRole("button", { name: /No longer stop: when/ }).click();
  await press("F5");
  await until("it to stop there", async () => /three/.test(await page.locator(".step.here").innerText()));
  await stopped();
  await stops.getByRole("button", { name: /No longer stop: play/ }).click();
  assert.equal(await page.locator(".step.stops").count(), 0);
  assert.deepEqual(complaints, []);
});

test("a condition that is set later stops the call in what is known of it, run or played", options, async () => {
  await played({ flow: COUNTS, scenario: "" });
  const stopped = () => until("it to stop", async () => /stopped at a breakpoint/.test(await where()));
  await press("Shift+F5");
  await until("the beginning", async () => /^0:00\.000 · /.test(await where()));
  const known = /of (\d+)/.exec(await where())[1];
  await page.getByLabel("when", { exact: true }).fill("vars.tries == 2");
  await page.locator("#canvas").focus();
  await press("F5");
  await stopped();
  assert.match(await values(), /tries\s+(changed at this step\s+)?2/);
  assert.equal(/of (\d+)/.exec(await where())[1], known, "nothing new has happened");
  await press("F5");
  await until("the end", async () => /completed/.test(await where()));
  await press("Shift+F5");
  await page.getByLabel("Speed").selectOption("8");
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await stopped();
  assert.match(await values(), /tries\s+(changed at this step\s+)?2/);
  assert.deepEqual(complaints, []);
});

test("when the engine breaks, another one goes on with the call", options, async () => {
  await open({ flow: MENU, scenario: "", settings: { dock: 420 }, prepare: breakable, context: { permissions: ["clipboard-read", "clipboard-write"] } });
  const banner = page.locator(".engine-broke");
  await until("a card", async () => (await page.locator(".card.asked").count()) > 0);
  await say("alice", "answers");
  await say("bob", "does not answer");
  await say("alice", "hangs up");
  await until("the end", async () => /completed/.test(await where()));
  await press("Shift+F5");
  await until("alice and bob", async () => ((await card("bob").count()) && (await card("alice").count()) ? true : (await stepOn(), false)));
  await say("alice", "declines");
  await until("alice to be gone", async () => (await card("alice").count()) === 0);
  const [before, branches] = [await where(), await page.getByLabel("Branches").innerText()];
  await page.evaluate(() => (window.broken = 1));
  await say("bob", "answers");
  await until("another engine", async () => /the call is where it was/.test((await banner.count()) ? await banner.innerText() : ""));
  assert.equal(await page.evaluate(() => window.instances), 2);
  assert.equal(await where(), before);
  assert.equal(await page.getByLabel("Branches").innerText(), branches);
  assert.match(await banner.innerText(), /unreachable/);
  assert.deepEqual(await audit(), []);
  const copied = async () => {
    await page.evaluate(() => navigator.clipboard.writeText(""));
    await banner.getByRole("button", { name: "Copy a report" }).click();
    await until("the report", async () => (await page.evaluate(() => navigator.clipboard.readText())) !== "");
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const report = await copied();
  assert.match(report, /message: .*unreachable[\s\S]*dialect: SWML[\s\S]*"fact":"rejects","leg":"b1"/);
  assert.doesNotMatch(report, /say:Welcome/);
  await banner.getByLabel("with the text of the document").check();
  assert.match(await copied(), /say:Welcome/);
  await say("bob", "answers");
  await until("the talk", async () => /talk to each other/.test(await ladder().innerText()));
  assert.match(await ladder().innerText(), /603/, "what was told before happens");
  assert.equal(await page.evaluate(() => localStorage.getItem("patchcord.flow")), MENU);
  await banner.getByRole("button", { name: "Dismiss" }).click();
  assert.equal(await banner.count(), 0);

  // What breaks every engine is not tried for ever.
  await page.evaluate(() => (window.broken = Infinity));
  await press("Shift+F10");
  await until("it to give up", async () => /again and again/.test((await banner.count()) ? await banner.innerText() : ""));
  const tried = await page.evaluate(() => window.instances);
  assert.ok(tried <= 6, `${tried}`);
  await page.evaluate(() => (window.broken = 0));
  await banner.getByRole("button", { name: "Try again" }).click();
  await until("a call", async () => /Another engine is at work/.test(await banner.innerText()) && (await page.locator(".call .controls").count()) === 1);
  await press("F5");
  await until("its end", async () => /completed/.test(await where()));
  assert.deepEqual(complaints, []);
});

/** What the menu gives, as name and bytes. */
async function kept(name) {
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name, exact: true }).click()]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return [download.suggestedFilename(), Buffer.concat(chunks)];
}

test("the call is kept as pictures, diagram and events; the tests as JUnit", options, async () => {
  await played({ flow: MENU.replace("say:Welcome", "say:Tom & <Jerry>; #1") });
  const parses = (svg) => page.evaluate((svg) => !new DOMParser().parseFromString(svg, "image/svg+xml").querySelector("parsererror"), svg);
  const [name, timeline] = await kept("Timeline as SVG");
  assert.equal(name, "flow.timeline.svg");
  assert.ok(await parses(String(timeline)));
  assert.match(String(timeline), /talks to alice/);
  const [, drawn] = await kept("Ladder as SVG");
  assert.ok(await parses(String(drawn)));
  assert.match(String(drawn), /say “Tom &amp; &lt;Jerry&gt;; #1”/);
  assert.match(String(drawn), /INVITE bob/);
  for (const what of ["Timeline", "Ladder"]) {
    const [file, png] = await kept(`${what} as PNG`);
    assert.equal(file, `flow.${what.toLowerCase()}.png`);
    const [width, height, inks] = await page.evaluate(async (data) => {
      const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
      const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
      context.drawImage(image, 0, 0);
      const { data: pixels } = context.getImageData(0, 0, image.width, image.height);
      return [image.width, image.height, new Set(new Uint32Array(pixels.buffer)).size];
    }, png.toString("base64"));
    assert.ok(width > 900 && height > 200, `${width} × ${height}`);
    assert.ok(inks > 20, `${inks} colours`);
  }
  const [diagram, mermaid] = await kept("Ladder as Mermaid");
  assert.equal(diagram, "flow.call.mmd");
  const lines = String(mermaid).trim().split("\n");
  assert.equal(lines[0], "sequenceDiagram");
  for (const line of lines.slice(1)) assert.match(line, /^ {2}(participant p\d+ as .+|Note over p\d+(,p\d+)?: [^;]*(#\d+;[^;]*)*|p\d+(->>|--\))p\d+: [^;]*(#\d+;[^;]*)*)$/);
  assert.ok(lines.some((line) => /p1--\)p0: say “Tom & #60;Jerry#62;#59; #35;1”/.test(line)));
  const [, json] = await kept("Events as JSON");
  const { outcome, events } = JSON.parse(String(json));
  assert.equal(outcome, "completed");
  assert.ok(events.some(({ name, node }) => name === "originate" && node === "sections.main[2]"));
  await page.getByRole("button", { name: "Keep as test" }).click();
  await until("it to pass", async () => /1 test passes/.test(await page.locator(".tests .outcome").innerText()));
  const [results, junit] = await kept("Results of the tests as JUnit XML");
  assert.equal(results, "flow.tests.xml");
  assert.match(String(junit), /<testsuite name="flow" tests="1" failures="0"[^>]*>\s*<testcase classname="flow" name="call 1" time="22\.000"\/>/);
  assert.deepEqual(complaints, []);
});

test("the first visit shows a call in its middle, until there is a document", options, async () => {
  await open();
  const sample = page.locator(".sample");
  await until("the sample", async () => /0:09\.400 into its call/.test((await sample.count()) ? await sample.innerText() : ""));
  assert.match(await sample.locator("[role=status]").innerText(), /0:09\.200: 180 ringing/);
  assert.match(await sample.getByRole("img").getAttribute("aria-label"), /the call is at connect, line 4/);
  assert.equal(await page.evaluate(() => localStorage.getItem("patchcord.flow") ?? ""), "", "it is no document");
  await sample.getByLabel("Moment of the call").focus();
  await press("End");
  await until("its end", async () => /the call is completed/.test(await sample.locator("[role=status]").innerText()));
  assert.match(await sample.getByRole("img").getAttribute("aria-label"), /hangup/);
  await page.getByRole("button", { name: /Begin with a template/ }).click();
  await page.getByRole("button", { name: /Menu by key/ }).click();
  await until("the template", async () => (await page.locator(".step").count()) > 3);
  assert.equal(await sample.count(), 0);
  assert.deepEqual(complaints, []);
  await open({ flow: MENU });
  await ready(3);
  assert.equal(await page.locator(".sample").count(), 0, "what was written here comes first");
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing in the sample, ${colorScheme}`, options, async () => {
    await open({ context: { colorScheme, reducedMotion: "reduce" } });
    await until("the sample", async () => (await page.locator(".sample .bar").count()) > 3);
    assert.deepEqual(await audit(), []);
    await page.setViewportSize({ width: 400, height: 800 });
    await until("one column", async () => (await page.locator(".sample-parts").evaluate((parts) => getComputedStyle(parts).gridTemplateColumns.split(" ").length)) === 1);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
  });
}

const states = {
  "with messages": async () => page.getByLabel("Level").selectOption("sip"),
  "with stops and a mistake in one": async () => {
    await page.getByLabel("Stop at an event").selectOption("command originate");
    await page.getByLabel("when", { exact: true }).fill("vars.tries ==");
    await page.locator("#stop-wrong").waitFor();
  },
  "with the menu of exports": async () => page.getByRole("button", { name: "Export", exact: true }).click(),
  "with a part of the time": async () => (await page.getByLabel("Moment of the call").focus(), press("+", "+")),
  "with two rows": async () => (await row("180 ringing").click(), row("200 answered").click({ modifiers: ["Shift"] })),
};
for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing in the dock, ${colorScheme}`, { ...options, timeout: 240_000 }, async (parent) => {
    for (const [state, act] of Object.entries(states)) {
      await parent.test(state, async () => {
        await played({ context: { colorScheme, reducedMotion: "reduce" } });
        await ready(3);
        await act();
        assert.deepEqual(await audit(), []);
        assert.deepEqual(complaints, []);
      });
    }
  });
}
