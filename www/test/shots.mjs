// Pictures of every state of the built page, for people to look at: `npm run shots`, then see shots/.
import { mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { browser, serve } from "../../pkg/test/browser/serve.mjs";
import { STATES } from "./states.mjs";
import { VIEWS } from "./views.mjs";

/** Pages that are open at a time. */
const HANDS = 3;

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const folder = fileURLToPath(new URL("../shots/", import.meta.url));
const states = { ...VIEWS, ...Object.fromEntries(Object.entries(STATES).map(([name, state]) => [name.replaceAll(" ", "-"), state])) };
const only = process.argv.slice(2);
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const server = await serve({ "/": dist });
const chrome = await browser();

/** The page has come to rest: nothing is being loaded, and two looks at it show the same. */
async function still(page) {
  await page.waitForLoadState("networkidle");
  let before;
  for (let looks = 0; looks < 20; looks += 1) {
    const now = await page.evaluate(() => document.getAnimations().every(({ playState }) => playState !== "running") && document.body.innerHTML.length);
    if (now !== false && now === before) return;
    before = now;
    await page.waitForTimeout(120);
  }
}

async function shoot(name, colorScheme, { flow, scenario, act, size, settings, hash, route, opened, prepare }) {
  const context = await chrome.newContext({ viewport: size ?? { width: 1440, height: 900 }, colorScheme, reducedMotion: "reduce", serviceWorkers: "block", permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on("pageerror", (error) => console.log(`${name}: ${error}`));
  const known = { flow, scenario, opened, settings: settings && JSON.stringify(settings) };
  await page.addInitScript((known) => {
    if (sessionStorage.getItem("again")) return;
    sessionStorage.setItem("again", "yes");
    for (const [name, value] of Object.entries(known)) if (value !== undefined && localStorage.getItem(`patchcord.${name}`) === null) localStorage.setItem(`patchcord.${name}`, value);
  }, known);
  await prepare?.(page);
  if (route) await page.route("**/*.wasm", (route) => route.abort());
  await page.goto(`${server.url}/index.html${hash ?? ""}`);
  await page.locator(".cm-content").first().waitFor({ state: "attached" });
  await still(page);
  await act?.(page);
  await still(page);
  await page.screenshot({ path: `${folder}${name}-${colorScheme}.png` });
  await context.close();
}

const jobs = ["light", "dark"].flatMap((colorScheme) =>
  Object.entries(states)
    .filter(([name]) => only.length === 0 || only.includes(name))
    .map(([name, state]) => [name, colorScheme, state]),
);
let made = 0;
const failed = [];
async function work() {
  for (let job = jobs.shift(); job; job = jobs.shift()) {
    const [name, colorScheme] = job;
    try {
      await shoot(...job);
      made += 1;
    } catch (error) {
      failed.push(`${name}-${colorScheme}: ${String(error).split("\n")[0]}`);
    }
  }
}
await Promise.all(Array.from({ length: HANDS }, work));
await chrome.close();
server.close();
console.log(`${made} pictures in ${folder}`);
for (const why of failed) console.error(`not made: ${why}`);
process.exitCode = failed.length > 0 ? 1 : 0;
