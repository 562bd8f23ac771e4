// What the dock shows of a call: ladder, timeline, branches, values; how it is kept, and what happens when the engine breaks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MENU, audit, complaints, open, options, page, ready, until } from "./visit.mjs";

/** Alice talks for a while; bob rings in vain. */
export const TALK = 'callees:\n  - { to: "sip:alice@*", does: [ {at: 200ms, ring: 180}, {at: 3s, answer: 200}, {at: 20s, hang_up: normal} ] }\n  - { to: "sip:bob@*", does: [ {at: 500ms, ring: 180} ] }\n';
/** So many clips, one after the other: two events each. */
const clips = (count) => `sections:\n  main:\n    - play: {urls: [${Array.from({ length: count }, (_, at) => `"say:${at % 3}"`).join(", ")}]}\n    - hangup: {}\n`;

const ladder = () => page.locator(".ladder");
const rows = () => page.locator(".ladder .row");
const row = (label) => rows().filter({ hasText: label }).first();
const labels = () => page.locator(".ladder .row .label, .ladder .row .remark").allInnerTexts();
const where = () => page.locator(".call .outcome").innerText();
const press = async (...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};

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
  await page.getByLabel("Media", { exact: true }).uncheck();
  await until("no sound", async () => (await page.locator(".ladder .row.media").count()) === 0);
  assert.ok((await rows().count()) > 2, "the rest stays");
  await page.getByLabel("Media", { exact: true }).check();
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

const states = {
  "with messages": async () => page.getByLabel("Level").selectOption("sip"),
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
