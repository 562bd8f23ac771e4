// The elements in a page of somebody else: as the README has them, twice, from another origin, to look at only.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { browser, serve } from "../../pkg/test/browser/serve.mjs";
import { MENU } from "./menu.mjs";

const options = { skip: existsSync(process.env.CHROMIUM ?? "/usr/bin/chromium") ? false : "there is no Chromium", timeout: 120_000 };
const place = (path) => fileURLToPath(new URL(path, import.meta.url));
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** A host with strong opinions on how things look. */
const host = (body) => `<!doctype html><html lang="en"><head><title>Host</title><link rel="icon" href="data:,"><style>
  * { color: rgb(255, 0, 0) !important; } .step, .outline, .app, iframe { display: none !important; } patchcord-designer { height: 860px }
</style></head><body><main><h1>Host</h1><button class="main">Host</button>${body}</main></body></html>`;

let chrome;
let server;
let elsewhere;
let page;
let complaints = [];

before(async () => {
  if (options.skip) return;
  const readme = await readFile(place("../README.md"), "utf8");
  const snippet = /```html\n([\s\S]*?)```/.exec(readme)?.[1];
  assert.ok(snippet, "the README has a snippet");
  elsewhere = await serve({ "/": place("../dist/") }, { "access-control-allow-origin": "*" });
  const element = (name, origin = "/patchcord") => `<script type="module" src="${origin}/embed/patchcord-${name}.js"></script>`;
  server = await serve({
    "/patchcord/": place("../dist/"),
    "/menu.yaml": place("../src/templates/menu.swml.yaml"),
    "/menu.scenario.yaml": place("../src/templates/menu.swml.scenario.yaml"),
    "/snippet.html": host(snippet),
    "/two.html": host(`${element("designer")}<patchcord-designer id="one"></patchcord-designer><patchcord-designer id="two" theme="dark"></patchcord-designer>`),
    "/far.html": host(`${element("designer", elsewhere.url)}<patchcord-designer id="far" src="nowhere.yaml" lang="pseudo"></patchcord-designer>`),
    "/locked.html": host(`${element("designer")}<patchcord-designer id="locked" src="menu.yaml" readonly></patchcord-designer>`),
  });
  chrome = await browser();
});

after(async () => {
  await chrome?.close();
  server?.close();
  elsewhere?.close();
});

/** Visits a page that keeps all events it hears in `heard`. */
async function visit(name, context = {}) {
  await page?.context().close();
  const visit = await chrome.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block", reducedMotion: "reduce", ...context });
  page = await visit.newPage();
  complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && !/404/.test(message.text()) && complaints.push(message.text()));
  await page.addInitScript(() => {
    window.heard = [];
    for (const kind of ["change", "diagnostics", "simulate", "select"]) {
      window.addEventListener(kind, ({ target, detail }) => target.localName?.startsWith("patchcord-") && window.heard.push({ kind, of: target.id || target.localName, detail: structuredClone(detail) }));
    }
  });
  await page.goto(`${server.url}/${name}`);
}

async function until(what, check) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await check()) return;
    await page.waitForTimeout(50);
  }
  assert.fail(`expected ${what}`);
}

const inside = (element) => page.frameLocator(`${element} iframe`);
const steps = (element) => inside(element).locator(".step");
const set = (element, value) => page.evaluate(([element, value]) => void (document.querySelector(element).value = value), [element, value]);
const value = (element) => page.evaluate((element) => document.querySelector(element).value, element);
const heard = (kind, of) => page.evaluate(([kind, of]) => window.heard.filter((event) => event.kind === kind && (!of || event.of === of)).map(({ detail }) => detail), [kind, of]);

async function type(element, text) {
  await inside(element).locator(".side .cm-content").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
}

/** What axe finds in the page and in each frame, in words. */
async function audit() {
  const found = [];
  for (const frame of page.frames()) {
    await frame.addScriptTag({ path: axe });
    const { violations } = await frame.evaluate((top) => window.axe.run(document, { iframes: false, ...(top ? { rules: { "color-contrast": { enabled: false } } } : {}) }), frame === page.mainFrame());
    found.push(...violations.map(({ id, nodes }) => `${frame.url()} ${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join("; ")}`));
  }
  return found;
}

test("the snippet of the README works: what is edited is heard, and shown by the viewer", options, async () => {
  await visit("snippet.html");
  await until("the graph", async () => (await steps("patchcord-designer").count()) > 5);
  await until("the viewer", async () => (await steps("patchcord-viewer").count()) > 5);
  await until("the call", async () => (await heard("simulate")).some(({ ended, outcome }) => ended && outcome === "completed"));
  await until("no mistakes", async () => (await heard("diagnostics", "patchcord-designer")).at(-1)?.errors === 0);
  assert.deepEqual(await heard("change"), [], "nobody edited");
  await type("patchcord-designer", MENU);
  await until("the change", async () => (await heard("change")).at(-1)?.value === MENU);
  assert.equal(await value("patchcord-designer"), MENU);
  await until("the same in the viewer", async () => (await steps("patchcord-viewer").filter({ hasText: "say:Goodbye" }).count()) === 1);
  await type("patchcord-designer", MENU.replace("- answer", "- answr"));
  await until("the mistake", async () => (await heard("diagnostics", "patchcord-designer")).at(-1)?.errors === 1);
  const [report] = (await heard("diagnostics", "patchcord-designer")).at(-1).reports;
  assert.deepEqual([report.file, report.line, report.severity], ["flow", 5, "error"]);
  assert.deepEqual(complaints, []);
});

test("no style goes in or out, and nothing is kept", options, async () => {
  await visit("snippet.html");
  await until("the graph", async () => (await steps("patchcord-designer").count()) > 5);
  assert.ok(await steps("patchcord-designer").first().isVisible());
  const colour = (locator) => locator.evaluate((element) => getComputedStyle(element).color);
  assert.notEqual(await colour(steps("patchcord-designer").first()), "rgb(255, 0, 0)");
  assert.equal(await page.locator("button.main").evaluate((element) => getComputedStyle(element).fontWeight), "400", "the host's button is the host's");
  await type("patchcord-designer", MENU);
  await until("the change", async () => (await heard("change")).length > 0);
  for (const frame of page.frames()) assert.deepEqual(await frame.evaluate(() => Object.keys(localStorage)), []);
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
});

test("the viewer shows and walks, and has nothing that edits or runs", options, async () => {
  await visit("snippet.html", { viewport: { width: 1000, height: 900 } });
  const viewer = inside("patchcord-viewer");
  await until("the graph", async () => (await steps("patchcord-viewer").count()) > 5);
  assert.equal(await viewer.locator(".cm-editor, .dock, .bar, .plus, .side").count(), 0);
  await viewer.getByRole("treeitem", { name: /^play/ }).first().click();
  await until("the step", async () => (await viewer.locator(".step.selected").count()) === 1);
  const had = await value("patchcord-viewer");
  for (const key of ["Delete", "a", "d"]) await page.keyboard.press(key);
  await viewer.locator("#canvas").focus();
  for (const key of ["Delete", "ArrowDown", "Alt+ArrowUp"]) await page.keyboard.press(key);
  assert.equal(await value("patchcord-viewer"), had);
  assert.equal(await viewer.locator("dialog, .step.here, .step.visited").count(), 0);
  assert.deepEqual(await heard("simulate", "patchcord-viewer"), []);
});

test("two elements share nothing", options, async () => {
  await visit("two.html");
  await set("#one", MENU);
  await set("#two", MENU.replace("say:Welcome", "say:Ahoy"));
  for (const [element, words] of [["#one", "say:Welcome"], ["#two", "say:Ahoy"]]) await until(`${words} in ${element}`, async () => (await steps(element).filter({ hasText: words }).count()) === 1);
  await inside("#two").locator(".step", { hasText: "say:Ahoy" }).click();
  await page.keyboard.press("Delete");
  await until("the change", async () => (await heard("change", "two")).length === 1);
  assert.doesNotMatch(await value("#two"), /Ahoy/);
  assert.equal(await value("#one"), MENU);
  assert.deepEqual(await heard("change", "one"), []);
  assert.equal(await inside("#two").locator("html").getAttribute("data-theme"), "dark");
  assert.equal(await inside("#one").locator("html").getAttribute("data-theme"), null);
  await page.evaluate(() => document.querySelector("#one").setAttribute("theme", "light"));
  await until("other colours", async () => (await inside("#one").locator("html").getAttribute("data-theme")) === "light");
  // An element that is put elsewhere keeps its document.
  await page.evaluate(() => document.querySelector("main").prepend(document.querySelector("#two")));
  await until("it again", async () => (await steps("#two").count()) === 7);
  assert.deepEqual(complaints, []);
});

test("from another origin, with what cannot be fetched told", options, async () => {
  await visit("far.html");
  await inside("#far").locator(".notice.trouble").waitFor();
  assert.match(await inside("#far").locator(".notice").innerText(), /404/);
  await set("#far", MENU);
  await until("the graph", async () => (await steps("#far").count()) === 8);
  await type("#far", MENU.replace("say:Welcome", "say:Ahoy"));
  await until("the change", async () => /Ahoy/.test((await heard("change")).at(-1)?.value ?? ""));
  // A stranger's message, from the right origin but the wrong window, is nobody's order.
  await page.evaluate(() => window.postMessage({ mark: "patchcord-embed-1", message: { kind: "change", detail: { value: "stolen" } } }, "*"));
  await page.evaluate(() => new Promise((done) => setTimeout(done)));
  assert.match(await value("#far"), /Ahoy/);
});

test("readonly hides everything that edits, and lets the call be played", options, async () => {
  await visit("locked.html");
  const locked = inside("#locked");
  await until("the graph", async () => (await steps("#locked").count()) > 5);
  await locked.locator(".side .cm-content").waitFor();
  await until("the call", async () => (await locked.locator(".ladder .row").count()) > 0);
  const had = await value("#locked");
  for (const name of ["New", "Open", "Format", "YAML ⇄ JSON", "Add a step", "Keep as scenario", "Keep as test"]) assert.equal(await locked.getByRole("button", { name, exact: true }).count(), 0, name);
  for (const name of ["Form", /^Tests/]) assert.equal(await locked.getByRole("tab", { name }).count(), 0, String(name));
  assert.equal(await locked.locator(".plus").count(), 0);
  await type("#locked", "nothing");
  await locked.locator(".step", { hasText: "answer" }).first().click();
  for (const key of ["Delete", "Alt+ArrowDown", "Control+z"]) await page.keyboard.press(key);
  await locked.locator(".step", { hasText: "answer" }).first().dblclick();
  await page.keyboard.press("Control+k");
  await locked.getByRole("dialog").waitFor();
  await page.keyboard.insertText("hangup");
  assert.deepEqual(await locked.getByRole("dialog").getByRole("option", { name: /Duplicate|Add a step|hangup/ }).allInnerTexts(), []);
  await page.keyboard.press("Escape");
  assert.equal(await value("#locked"), had);
  assert.deepEqual(await heard("change"), []);
  await page.keyboard.press("Shift+F5");
  await until("the beginning of the call", async () => (await heard("simulate")).at(-1)?.position === 0);
  await locked.getByRole("tab", { name: "Text" }).click();
  await set("#locked", MENU);
  await until("another document", async () => (await locked.locator(".side .cm-content").innerText()).startsWith("# A menu."));
  await page.evaluate(() => document.querySelector("#locked").removeAttribute("readonly"));
  await locked.getByRole("tab", { name: "Form" }).waitFor();
  await type("#locked", `${MENU}\n`);
  await until("the change", async () => (await heard("change")).at(-1)?.value === `${MENU}\n`);
  assert.deepEqual(complaints, []);
});

test("the viewer's own code has at most 100 kB", options, async () => {
  const code = await readFile(place("../dist/viewer.html"), "utf8");
  const own = [...code.matchAll(/assets\/([\w-]+\.js)/g)].map(([, name]) => name).filter((name) => !name.startsWith("engine-"));
  assert.ok(own.length > 0);
  let size = 0;
  for (const name of own) size += brotliCompressSync(await readFile(place(`../dist/assets/${name}`))).length;
  assert.ok(size <= 100_000, `${size} bytes`);
});

for (const colorScheme of ["light", "dark"]) {
  for (const name of ["snippet.html", "locked.html"]) {
    test(`axe finds nothing in ${name}, ${colorScheme}`, options, async () => {
      await visit(name, { colorScheme });
      await until("the graph", async () => (await steps("patchcord-designer").count()) > 5);
      await inside("patchcord-designer").locator(".side .cm-content").waitFor();
      await until("the call", async () => (await heard("simulate")).length > 0);
      if (name === "snippet.html") await until("the viewer", async () => (await steps("patchcord-viewer").count()) > 5);
      assert.deepEqual(await audit(), []);
      assert.deepEqual(complaints, []);
    });
  }
}

test("the viewer tells what is selected", options, async () => {
  await visit("snippet.html");
  await until("the viewer", async () => (await steps("patchcord-viewer").count()) > 5);
  await set("patchcord-viewer", MENU);
  await until("the flow", async () => (await steps("patchcord-viewer").filter({ hasText: "say:Goodbye" }).count()) === 1);
  await steps("patchcord-viewer").filter({ hasText: "say:Goodbye" }).click();
  const last = async () => (await heard("select", "patchcord-viewer")).at(-1);
  await until("the step", async () => (await last())?.node === "sections.goodbye[0]");
  const { range, line } = await last();
  assert.match(MENU.slice(range.from, range.to), /^play: \{ url: "say:Goodbye" \}/);
  assert.equal(line, MENU.slice(0, range.from).split("\n").length);
  const count = (await heard("select", "patchcord-viewer")).length;
  await steps("patchcord-viewer").filter({ hasText: "say:Goodbye" }).click();
  await page.keyboard.press("ArrowDown");
  await until("the next", async () => (await last())?.node === "sections.goodbye[1]");
  assert.equal((await heard("select", "patchcord-viewer")).length, count + 1, "the same step twice is no news");
  await page.keyboard.press("Escape");
  await until("nothing", async () => JSON.stringify(await last()) === "{}");
});

test("the types beside the scripts are those of what is sent", { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "patchcord-types-"));
  try {
    const source = `
import { PatchcordDesigner, type SimulatedCall } from "${place("../dist/embed/patchcord-designer.js")}";
import { type Changed, type Diagnosed, type Selected } from "${place("../dist/embed/patchcord-viewer.js")}";
import type * as sent from "${place("../src/embed/protocol.ts")}";
export const changed = (it: sent.Changed): Changed => it;
export const diagnosed = (it: sent.Diagnosed): Diagnosed => it;
export const selected = (it: sent.Selected): Selected => it;
export const simulated = (it: sent.SimulatedCall): SimulatedCall => it;
const viewer = document.createElement("patchcord-viewer");
viewer.value = "sections: {}";
viewer.addEventListener("select", ({ detail: { node, range, line } }) => console.log(node?.length, range?.from, line?.toFixed()));
const designer: PatchcordDesigner = document.createElement("patchcord-designer");
designer.addEventListener("simulate", ({ detail }) => console.log(detail.t.toFixed()));
// @ts-expect-error the viewer plays no call
viewer.addEventListener("simulate", ({ detail }: CustomEvent<SimulatedCall>) => console.log(detail.t));
// @ts-expect-error the document is a text
viewer.value = 7;
`;
    await writeFile(join(folder, "host.ts"), source);
    const compiler = { strict: true, noEmit: true, target: "es2022", module: "esnext", moduleResolution: "bundler", lib: ["es2023", "esnext.disposable", "dom"], types: [], allowImportingTsExtensions: true, skipLibCheck: false, paths: { "patchcord/slim": [place("../../pkg/dist/slim.d.ts")] } };
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: compiler, files: ["host.ts"] }));
    const told = await new Promise((done) => execFile(process.execPath, [place("../node_modules/typescript/bin/tsc"), "-p", folder], (_error, out, complaint) => done(out + complaint)));
    assert.equal(told, "");
  } finally {
    await rm(folder, { recursive: true });
  }
});
