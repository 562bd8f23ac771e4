// A visit of the built page in Chromium, as a person would make it.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { browser, serve } from "../../pkg/test/browser/serve.mjs";

const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const options = { skip: existsSync(chromium) ? false : "there is no Chromium", timeout: 120_000 };
const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

let server;
let chrome;
export let page;
export let complaints = [];

before(async () => {
  if (options.skip) return;
  server = await serve({ "/": dist });
  chrome = await browser();
});

after(async () => {
  await chrome?.close();
  server?.close();
});

export const address = () => `${server.url}/index.html`;

/** A new visit. `flow` and `scenario` are what was written here before; `settings` how one likes the page. */
export async function open({ flow, scenario, settings, context = {}, prepare, hash = "" } = {}) {
  await page?.context().close();
  const visit = await chrome.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block", ...context });
  page = await visit.newPage();
  complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.addInitScript(
    ([flow, scenario, settings]) => {
      if (sessionStorage.getItem("again")) return;
      sessionStorage.setItem("again", "yes");
      if (flow !== null) localStorage.setItem("patchcord.flow", flow);
      if (scenario !== null) localStorage.setItem("patchcord.scenario", scenario);
      if (settings !== null) localStorage.setItem("patchcord.settings", settings);
    },
    [flow ?? null, scenario ?? null, settings ? JSON.stringify(settings) : null],
  );
  await prepare?.(page);
  await page.goto(address() + hash);
  return page;
}

export async function until(what, check) {
  for (let tries = 0; tries < 120; tries += 1) {
    if (await check()) return;
    await page.waitForTimeout(50);
  }
  assert.fail(`expected ${what}`);
}

export const editor = (label = "Text") => page.getByRole("textbox", { name: label, exact: true });

/** The document, as the page keeps it. */
export const text = () => page.evaluate(() => localStorage.getItem("patchcord.flow"));

/** Replaces the text of an editor by typing. */
export async function write(label, text) {
  await editor(label).click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
}

export const steps = () => page.locator(".step");

export async function ready(count = 1) {
  await until(`${count} steps`, async () => (await steps().count()) >= count);
  await until("the editor", async () => (await page.locator(".cm-content").count()) > 0);
}

/** What axe finds, in words. */
export async function audit() {
  await page.addScriptTag({ path: axe });
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join("; ")}`);
}

export { MENU } from "./menu.mjs";
