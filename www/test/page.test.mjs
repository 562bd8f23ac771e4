// The page as a whole: what it keeps, what it says, how it fits.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { MENU, audit, complaints, editor, open, options, page, ready, text, until, write } from "./visit.mjs";

beforeEach(async () => {
  if (options.skip) return;
  await open({ flow: MENU });
  await ready(8);
});

const rows = () => page.locator(".ladder .row");
const button = (name) => page.getByRole("button", { name, exact: true });

test("an edit simulates again at once", options, async () => {
  await page.getByRole("tab", { name: "Scenario" }).click();
  await until("the editor", async () => (await editor("Scenario").count()) === 1);
  await write("Scenario", "caller: {frm: x}\n");
  await until("a squiggle", async () => (await page.locator(".scenario .cm-lintRange-error").count()) >= 0);
  await write("Scenario", 'callees: [{to: "*", does: [{at: 100ms, reject: 486}]}]\n');
  await page.getByRole("tab", { name: "Call" }).click();
  await until("the busy signal", async () => /486/.test(await page.locator(".ladder").innerText()));
});

test("a very long call stays usable", options, async () => {
  const many = Array.from({ length: 600 }, (_, index) => `    - set: {n: ${index}}\n`).join("");
  await write("Text", `sections:\n  main:\n${many}    - hangup\n`);
  await until("the call", async () => (await rows().count()) > 0);
  await page.getByLabel("Explain").check();
  await page.keyboard.press("F5");
  await until("all of it", async () => Number(await page.locator(".ladder li").last().getAttribute("aria-setsize")) > 1_000);
  assert.ok((await rows().count()) <= 100);
});

test("what was written is there after a reload", options, async () => {
  await write("Text", "sections: {main: [hangup]}");
  await until("the text", async () => (await text()) === "sections: {main: [hangup]}");
  await page.reload();
  await until("the text", async () => /main: \[hangup\]/.test(await editor().innerText()));
});

test("line ends and the mark at the beginning stay", options, async () => {
  const exact = `\uFEFF${MENU.replace(/\n/g, "\r\n")}`;
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), button("Open").click()]);
  await chooser.setFiles({ name: "exact.yaml", mimeType: "text/yaml", buffer: Buffer.from(exact) });
  await until("the name", async () => (await page.getByLabel("Name of the flow").inputValue()) === "exact.yaml");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Control+s")]);
  assert.equal(download.suggestedFilename(), "exact.yaml");
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  assert.deepEqual(Buffer.concat(chunks), Buffer.from(exact));
});

test("without WebAssembly the text stays and the reason is told", options, async () => {
  await open({ flow: MENU, prepare: (page) => page.route("**/*.wasm", (route) => route.abort()) });
  await until("the reason", async () => /could not be loaded/.test((await page.getByRole("alert").count()) ? await page.getByRole("alert").innerText() : ""));
  await until("the text", async () => /sections/.test(await editor().innerText()));
  assert.equal(await page.locator(".bar .counts").count(), 0, "nobody read it: nothing is said of it");
  await page.unroute("**/*.wasm");
  await page.getByRole("alert").getByRole("button", { name: "Load the page again" }).click();
  await ready(8);
  await until("what is said of it", async () => /No problems/.test(await page.locator(".bar .counts").innerText()));
});

test("a narrow window needs no sideways scrolling", options, async () => {
  for (const width of [400, 900]) {
    await open({ flow: MENU, context: { viewport: { width, height: 800 } } });
    await ready(1);
    const { scrolls, wide } = await page.evaluate(() => ({ scrolls: document.documentElement.scrollWidth, wide: window.innerWidth }));
    assert.ok(scrolls <= wide, `${scrolls} of ${wide}`);
  }
  await open({ flow: MENU, context: { viewport: { width: 400, height: 800 } } });
  await button("Text").click();
  await until("the text", async () => (await editor().count()) === 1 && (await editor().isVisible()));
  assert.ok((await page.locator("aside.side").boundingBox()).height > 600, "it has the whole window");
  await button("Simulate").click();
  await until("the call", async () => (await rows().count()) > 3);
  await rows().nth(2).click();
  const { right } = await page.evaluate(() => document.querySelector("section.dock").getBoundingClientRect());
  assert.ok(right <= 400, `${right}`);
});

test("panes have sizes that the keyboard changes, and F6 visits them", options, async () => {
  const divider = page.getByRole("separator", { name: /Outline/ });
  await divider.focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await divider.getAttribute("aria-valuenow"), "248");
  const seen = new Set();
  for (let presses = 0; presses < 6; presses += 1) {
    await page.keyboard.press("F6");
    seen.add(await page.evaluate(() => document.activeElement?.closest("[data-pane]")?.getAttribute("data-pane")));
  }
  assert.deepEqual([...seen].sort(), ["bar", "dock", "graph", "outline", "side"]);
});

test("Tab enters and leaves the graph and the outline in one stop each", options, async () => {
  await page.locator("#canvas").focus();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.closest("#canvas")), null);
  await page.locator("[role=treeitem][tabindex='0']").focus();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.closest("[role=tree]")), null);
});

test("another language is everywhere", options, async () => {
  await page.getByRole("combobox", { name: "Language" }).selectOption("pseudo");
  await until("accents", async () => /\[Prób/.test(await page.locator("section.dock").innerText()));
  const plain = await page.evaluate(() => [...document.querySelectorAll("[role=tab], .bar .group button")].map((element) => element.textContent).filter((text) => !text.startsWith("[")));
  assert.deepEqual(plain, []);
});

const CROWD = { error: "sections: {main: [{conect: {}}, {play: {}}]}\n", warning: MENU, empty: "sections:\n  main: []\n  other:\n    - hangup\n" };
const states = {
  "at first": async () => {},
  "with a step selected": async () => page.locator(".step").nth(2).click(),
  "with the form": async () => page.locator(".step").nth(2).dblclick(),
  "with the docs": async () => (await page.locator(".step").nth(2).click(), page.getByRole("tab", { name: "Docs" }).click()),
  "with a row of the call": async () => rows().nth(4).click(),
  "with the scenario": async () => page.getByRole("tab", { name: "Scenario" }).click(),
  "with mistakes": async () => (await write("Text", CROWD.error), page.getByRole("tab", { name: /Problems/ }).click()),
  "with an older graph": async () => write("Text", MENU.replace('"say:Welcome" }', '"say:Welcome"')),
  "with an empty section": async () => write("Text", CROWD.empty),
  "with the palette": async () => page.keyboard.press("Control+k"),
  "with the list of steps": async () => (await page.locator(".step").nth(1).click(), page.keyboard.press("a")),
  "with the keys": async () => (await page.locator("#canvas").focus(), page.keyboard.press("?")),
};
for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing, ${colorScheme}`, { ...options, timeout: 300_000 }, async (parent) => {
    for (const [state, act] of Object.entries(states)) {
      await parent.test(state, async () => {
        await open({ flow: MENU, context: { colorScheme, reducedMotion: "reduce" } });
        await ready(8);
        await act();
        await page.waitForTimeout(250);
        assert.deepEqual(await audit(), []);
        assert.deepEqual(complaints, []);
      });
    }
  });
}
