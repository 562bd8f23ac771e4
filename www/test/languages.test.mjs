// Languages: German, and one that is written from right to left.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MENU, audit, complaints, open, options, page, ready, until } from "./visit.mjs";

const fits = () => page.evaluate(() => document.scrollingElement.scrollWidth <= document.scrollingElement.clientWidth);
const choose = (name) => page.locator(".bar").getByLabel("Language").selectOption({ label: name });

test("German comes when it is chosen, and stays", options, async () => {
  const asked = [];
  await open({ flow: MENU, prepare: (page) => page.on("request", (request) => asked.push(new URL(request.url()).pathname.split("/").at(-1))) });
  await ready(8);
  assert.ok(!asked.some((name) => /^de-/.test(name)), "not before it is wanted");
  await choose("Deutsch");
  await until("German", async () => (await page.locator(".bar").getByRole("button", { name: "Vergleichen", exact: true }).count()) === 1);
  assert.ok(asked.some((name) => /^de-/.test(name)));
  assert.equal(await page.evaluate(() => document.documentElement.lang), "de");
  await page.reload();
  await page.locator(".cm-content").waitFor();
  await until("German again", async () => /8 Schritte, 2 Abschnitte/.test(await page.locator(".status").innerText()));
  assert.ok(await fits());
  assert.deepEqual(await audit(), []);
  assert.deepEqual(complaints, []);
});

test("a call is told in German, with the answers that the engine offers", options, async () => {
  await open({ flow: MENU, scenario: "", settings: { locale: "de" } });
  const answer = page.locator(".card.asked").first().getByRole("button", { name: "besetzt", exact: true });
  await answer.waitFor();
  const ladder = page.locator(".ladder-box, .ladder").first();
  await until("the columns", async () => /Anrufer[\s\S]*der Ablauf/.test(await ladder.innerText()));
  await page.locator(".card.asked").first().getByRole("button", { name: "nimmt ab", exact: true }).click();
  await page.locator(".card.asked", { hasText: "bob" }).getByRole("button", { name: "nimmt nicht ab", exact: true }).click();
  await until("the talk", async () => /sprechen miteinander/.test(await page.locator(".ladder").innerText()));
  await page.locator(".bar").getByLabel("Sprache").selectOption({ label: "English" });
  await until("English", async () => /talk to each other/.test(await page.locator(".ladder").innerText()));
  assert.deepEqual(complaints, []);
});

test("a browser that speaks German is spoken to in German", options, async () => {
  await open({ flow: MENU, context: { locale: "de-AT" } });
  await until("German", async () => /online, nichts wird gesendet/.test(await page.locator(".status").innerText()));
});

for (const colorScheme of ["light", "dark"]) {
  test(`from right to left the page is mirrored, ${colorScheme}`, options, async () => {
    await open({ flow: MENU, settings: { locale: "mirror" }, context: { colorScheme, reducedMotion: "reduce" } });
    await ready(8);
    await until("the direction", async () => (await page.evaluate(() => document.documentElement.dir)) === "rtl");
    const place = (what) => page.locator(what).first().boundingBox();
    const [outline, stage, side] = [await place("nav.outline"), await place(".stage"), await place(".cm-editor")];
    assert.ok(outline.x > stage.x && stage.x > side.x, "outline, graph and text, from the right");
    assert.ok(await fits());
    assert.deepEqual(await audit(), []);
    // The line between them is dragged the other way.
    await page.locator(".divider.rail").focus();
    await page.keyboard.press("ArrowLeft");
    await until("a wider outline", async () => (await place("nav.outline")).width > outline.width);
    // Into a section leads the arrow that points into it.
    await page.getByRole("treeitem").first().focus();
    await page.keyboard.press("ArrowLeft");
    await until("the first step", async () => (await page.locator("[role=treeitem][aria-selected=true]").getAttribute("aria-level")) === "2");
    assert.equal(await page.locator(".cm-editor").first().evaluate((editor) => getComputedStyle(editor).direction), "ltr");
    assert.deepEqual(complaints, []);
  });
}

for (const width of [1440, 1000, 400]) {
  test(`no language is too long for ${width} pixels`, options, async () => {
    for (const locale of ["de", "pseudo", "mirror"]) {
      await open({ flow: MENU, settings: { locale }, context: { viewport: { width, height: 800 } } });
      await until("the flow", async () => (await page.locator(".step").count()) > 0);
      await until("the language", async () => (await page.evaluate(() => document.querySelector(".bar").getAttribute("aria-label"))) !== "Document");
      assert.ok(await fits(), `${locale} at ${width}`);
    }
  });
}
