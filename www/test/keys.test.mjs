// Keys that a person chose: they work, they stay, conflicts are told, they go back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MENU, audit, complaints, open, options, page, ready, steps, text, until } from "./visit.mjs";

const pane = () => page.getByRole("dialog", { name: "Change keys" });
const row = (title) => pane().locator("li", { has: page.locator(`.what:text-is("${title}")`) });
const settle = async () => {
  await open({ flow: MENU });
  await ready(8);
};
const openPane = async () => {
  await page.locator("#canvas").focus();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard" }).getByRole("button", { name: "Change keys" }).click();
  await pane().waitFor();
};
const choose = async (title, key) => {
  await pane().getByRole("button", { name: `Change the key of: ${title}`, exact: true }).click();
  await page.keyboard.press(key);
  await until(`${key} to be its key`, async () => (await pane().getByRole("button", { name: /Press the new key/ }).count()) === 0);
};

test("a key is chosen, works, is shown and stays; the old one does nothing", options, async () => {
  await settle();
  await openPane();
  await choose("Duplicate", "Control+u");
  assert.match(await row("Duplicate").innerText(), /CTRL U/i);
  await page.keyboard.press("Escape");
  await page.reload();
  await ready(8);
  await page.locator(".step", { hasText: "Welcome" }).first().click();
  await page.keyboard.press("Control+d");
  assert.equal(await text(), MENU);
  await page.keyboard.press("Control+u");
  await until("another one", async () => (await text()).match(/Welcome/g).length === 2);
  await page.keyboard.press("?");
  await until("the key", async () => /Ctrl U\s*\n?\s*Duplicate/i.test(await page.getByRole("dialog", { name: "Keyboard" }).innerText()));
  assert.deepEqual(complaints, []);
});

test("tooltips tell the keys as they are", options, async () => {
  await settle();
  const title = () => page.getByRole("button", { name: "To the end", exact: true }).getAttribute("title");
  await until("the call", async () => (await page.locator(".call .controls").count()) === 1);
  assert.equal(await title(), "To the end (F5)");
  assert.equal(await page.getByRole("button", { name: "Zoom in", exact: true }).getAttribute("title"), "Zoom in (+)");
  await openPane();
  await choose("Run the call to its end or a breakpoint", "Control+e");
  await page.keyboard.press("Escape");
  await until("the new key", async () => (await title()) === "To the end (Ctrl E)");
});

test("a conflict is told; one key and all keys go back", options, async () => {
  await settle();
  await openPane();
  await choose("Next problem", "Control+k");
  assert.match(await pane().locator("li.own").innerText(), /Next problem[^]*also does: Commands and steps/);
  await until("it to be said", async () => /also does: Commands and steps/.test(await page.locator("[role=alert], [aria-live=assertive]").allInnerTexts().then((all) => all.join(" "))));
  await pane().getByRole("button", { name: "Reset the key of: Next problem", exact: true }).click();
  await until("F8", async () => /F8/.test(await row("Next problem").innerText()));
  await choose("Undo", "Control+Shift+m");
  await until("the key", async () => /CTRL SHIFT M/i.test(await pane().locator("li.own").innerText()));
  await pane().getByRole("button", { name: "Take the key away from: Redo", exact: true }).click();
  await until("none", async () => /no key/.test(await row("Redo").innerText()));
  await pane().getByRole("button", { name: "Reset all keys" }).click();
  await until("both back", async () => /CTRL Z/i.test(await row("Undo").innerText()) && /CTRL Y/i.test(await row("Redo").innerText()));
  assert.equal(await page.evaluate(() => localStorage.getItem("patchcord.keys")), "{}");
});

test("waiting for a key is left by Esc, and the pane stays", options, async () => {
  await settle();
  await openPane();
  await pane().getByRole("button", { name: "Change the key of: Undo", exact: true }).click();
  await page.keyboard.press("Escape");
  await until("it to be left", async () => (await pane().getByRole("button", { name: /Press the new key/ }).count()) === 0);
  assert.equal(await pane().count(), 1);
  await page.keyboard.press("Escape");
  await until("the page", async () => (await pane().count()) === 0);
  assert.ok((await steps().count()) > 0);
});

test("no two commands come with one key", options, async () => {
  await settle();
  await openPane();
  assert.deepEqual(await pane().locator("li small").allInnerTexts(), []);
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing where keys are changed, ${colorScheme}`, options, async () => {
    await open({ flow: MENU, context: { colorScheme, reducedMotion: "reduce" } });
    await ready(8);
    await openPane();
    await choose("Next problem", "Control+k");
    assert.deepEqual(await audit(), []);
  });
}
