// A visit of the built page in Chromium, as a person would make it.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { browser, serve } from "../../pkg/test/browser/serve.mjs";

const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const options = { skip: existsSync(chromium) ? false : "there is no Chromium", timeout: 120_000 };
// Another build of it can be visited, too (`npm run build -- --mode react --outDir …`).
const dist = process.env.PAGE ? `${process.env.PAGE}/` : fileURLToPath(new URL("../dist/", import.meta.url));
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

/** Keys, one after the other. */
export async function press(...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

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
  const { violations } = await page.evaluate(() => window.axe.run(document, { rules: { "color-contrast": { enabled: true } } }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join("; ")}`);
}

/**
 * Targets for a pointer that are too small: less than 24 × 24 pixels, and with a circle of that size around
 * their middle that another target or another small one's circle touches (WCAG 2.5.8). Words in a sentence are free.
 */
export async function cramped() {
  return page.evaluate(() => {
    const LEAST = 24;
    const over = document.querySelector("dialog[open]");
    const seen = (element) => {
      const style = getComputedStyle(element);
      // Outcomes are also connected by name and key (C): the same can be done with a larger target.
      if (element.matches(".handle")) return false;
      // How long a bar is tells how long something lasted; every one of them is a row of the ladder, too.
      if (element.matches(".lanes-box .bar, .lanes-box .gap")) return false;
      if (style.visibility === "hidden" || style.pointerEvents === "none" || style.opacity === "0" || element.closest("[inert], [aria-hidden=true], .cm-content")) return false;
      return !over || over.contains(element);
    };
    const targets = [...document.querySelectorAll("a[href], button:not(:disabled), input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab], [role=option], [role=treeitem], [role=separator], [role=slider]")].filter(seen);
    const boxes = targets
      .map((element) => {
        let { left, top, width, height } = element.getBoundingClientRect();
        // What is caught is larger than what is seen.
        const after = getComputedStyle(element, "::after");
        if (after.content !== "none" && after.position === "absolute") {
          const grow = (side) => Math.max(0, -(Number.parseFloat(after[side]) || 0));
          left -= grow("left");
          top -= grow("top");
          width += grow("left") + grow("right");
          height += grow("top") + grow("bottom");
        }
        const grip = getComputedStyle(element, "::before");
        if (grip.content !== "none" && grip.position === "absolute") [width, height] = [Math.max(width, Number.parseFloat(grip.width) || 0), Math.max(height, Number.parseFloat(grip.height) || 0)];
        // The graph is a map: sizes are those at 100 %.
        const plane = element.closest(".plane");
        const zoom = plane ? new DOMMatrix(getComputedStyle(plane).transform).a : 1;
        [width, height] = [width / zoom, height / zoom];
        // A label is part of its field.
        const label = element.matches("input, select, textarea") ? element.closest("label") : null;
        if (label) ({ left, top, width, height } = label.getBoundingClientRect());
        return { element, left, top, width, height, x: left + width / 2, y: top + height / 2 };
      })
      .filter(({ element, left, top, width, height, x, y }) => {
        if (width <= 0 || height <= 0 || left + width <= 0 || top + height <= 0 || left >= innerWidth || top >= innerHeight) return false;
        // What lies under something else is no target.
        const hit = document.elementFromPoint(Math.min(Math.max(x, 0), innerWidth - 1), Math.min(Math.max(y, 0), innerHeight - 1));
        return hit !== null && (element.contains(hit) || hit.contains(element));
      });
    const small = boxes.filter(({ width, height }) => width < LEAST - 0.5 || height < LEAST - 0.5);
    const away = ({ x, y }, { left, top, width, height }) => Math.hypot(Math.max(left - x, 0, x - left - width), Math.max(top - y, 0, y - top - height));
    const touched = (one) => boxes.some((other) => other.element !== one.element && !other.element.contains(one.element) && !one.element.contains(other.element) && (away(one, other) < LEAST / 2 || (small.includes(other) && Math.hypot(one.x - other.x, one.y - other.y) < LEAST)));
    const name = (element) => `${element.localName}.${element.className} "${(element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 30)}"`;
    return small.filter(touched).map(({ element, width, height }) => `${name(element)} ${width.toFixed(0)}×${height.toFixed(0)}`);
  });
}

export { MENU } from "./menu.mjs";
