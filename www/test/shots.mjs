// Pictures of every state of the built page, for people to look at: `npm run shots`, then see shots/.
import { mkdir, readFile, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { browser, serve } from "../../pkg/test/browser/serve.mjs";
import { MENU } from "./menu.mjs";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const folder = fileURLToPath(new URL("../shots/", import.meta.url));
const template = (name) => readFile(new URL(`../src/templates/${name}`, import.meta.url), "utf8");
const menu = await template("menu.swml.yaml");
const menuScenario = await template("menu.swml.scenario.yaml");
const sections = (count, each) => `sections:\n${Array.from({ length: count }, (_, at) => `  ${at ? `part${at}` : "main"}:\n${Array.from({ length: each }, (_, step) => (step % 9 ? `    - play: {url: "say:${at} ${step}"}\n` : `    - connect: {to: "sip:a${step}@example.com"}\n`)).join("")}`).join("")}`;
const many = sections(40, 50);
const key = (...keys) => async (page) => {
  for (const one of keys) await page.keyboard.press(one);
};
const bar = (name) => (page) => page.locator(".bar").getByRole("button", { name, exact: true }).click();

const states = {
  "first-run": {},
  templates: { act: bar("New") },
  tour: { act: (page) => page.getByRole("button", { name: /^Tour/ }).click() },
  menu: { flow: menu, scenario: menuScenario },
  selected: { flow: menu, scenario: menuScenario, act: (page) => page.locator(".step", { hasText: "prompt" }).first().click() },
  form: { flow: MENU, act: (page) => page.locator(".step", { hasText: "connect" }).first().dblclick() },
  docs: { flow: MENU, act: async (page) => (await page.locator(".step", { hasText: "connect" }).first().click(), page.getByRole("tab", { name: "Docs" }).click()) },
  jambonz: { flow: await template("ring.verbs.json"), scenario: await template("ring.verbs.scenario.yaml") },
  rcml: { flow: await template("ring.rcml.xml"), scenario: await template("ring.rcml.scenario.yaml") },
  insert: { flow: MENU, act: async (page) => (await page.locator(".step", { hasText: "answer" }).first().click(), page.keyboard.press("a")) },
  palette: { flow: MENU, act: key("Control+k") },
  find: { flow: MENU, act: async (page) => (await page.keyboard.press("Control+f"), page.keyboard.type("is:")) },
  help: { flow: MENU, act: async (page) => (await page.locator("#canvas").focus(), page.keyboard.press("?")) },
  problems: { flow: "sections:\n  main:\n    - conect: {to: x}\n    - play: {}\n    - goto: {label: nowhere}\n    - hangup: 7\n    - play: say:never\n", act: (page) => page.getByRole("tab", { name: /Problems/ }).click() },
  broken: {
    flow: MENU,
    act: async (page) => {
      await page.locator(".cm-line", { hasText: "say:Welcome" }).click();
      await page.keyboard.press("End");
      await page.keyboard.press("Enter");
      await page.keyboard.insertText('- play: {url: "say:oops"');
    },
  },
  edge: { flow: MENU, act: async (page) => (await page.locator(".step", { hasText: "Welcome" }).first().click(), page.keyboard.press("e")) },
  empty: { flow: "sections:\n  main: []\n  other:\n    - hangup\n" },
  unknown: { flow: '{"colour": "green"}' },
  huge: { flow: many },
  far: { flow: sections(12, 22), act: async (page) => (await page.locator("#canvas").focus(), page.keyboard.press("0")) },
  share: { flow: `${MENU}    - connect: {to: '+4930123456', password: hunter22}\n`, act: key("Control+Shift+s") },
  compare: { flow: MENU, act: bar("Compare") },
  "compare-graph": { flow: MENU, act: async (page) => (await bar("Compare")(page), page.getByRole("dialog").getByRole("tab", { name: "Graph" }).click()), opened: MENU.replace("- hangup\n  goodbye", "- play: say:Bye\n    - hangup\n  goodbye").replace("Welcome", "Hello") },
  blocked: { flow: MENU, route: true },
  "no-rail": { flow: MENU, settings: { railOpen: false } },
  medium: { flow: MENU, size: { width: 1000, height: 760 } },
  narrow: { flow: MENU, size: { width: 400, height: 800 } },
  "narrow-text": { flow: MENU, size: { width: 400, height: 800 }, settings: { pane: "side" } },
  "narrow-call": { flow: MENU, size: { width: 400, height: 800 }, settings: { pane: "dock" } },
  timeline: { flow: menu, scenario: menuScenario, settings: { dock: 480 }, act: async (page) => (await page.keyboard.press("F5"), await page.getByLabel("Moment of the call").focus(), page.keyboard.press("+")) },
  messages: { flow: menu, scenario: menuScenario, settings: { dock: 480 }, act: async (page) => (await page.keyboard.press("F5"), page.getByLabel("Level").selectOption("sip")) },
  export: { flow: menu, scenario: menuScenario, act: (page) => page.getByRole("button", { name: "Export", exact: true }).click() },
  pseudo: { flow: MENU, settings: { locale: "pseudo" } },
};

const only = process.argv.slice(2);
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const server = await serve({ "/": dist });
const chrome = await browser();
for (const colorScheme of ["light", "dark"]) {
  for (const [name, { flow, scenario, act, size, settings, route, opened }] of Object.entries(states)) {
    if (only.length > 0 && !only.includes(name)) continue;
    const context = await chrome.newContext({ viewport: size ?? { width: 1440, height: 900 }, colorScheme, reducedMotion: "reduce", serviceWorkers: "block" });
    const page = await context.newPage();
    page.on("pageerror", (error) => console.log(`${name}: ${error}`));
    const known = { flow, scenario, opened, settings: settings && JSON.stringify(settings) };
    await page.addInitScript((known) => {
      for (const [name, value] of Object.entries(known)) if (value !== undefined) localStorage.setItem(`patchcord.${name}`, value);
    }, known);
    if (route) await page.route("**/*.wasm", (route) => route.abort());
    await page.goto(`${server.url}/index.html`);
    if (flow !== undefined && !route && flow.includes("sections")) await page.locator(".status").waitFor({ state: "attached" });
    await page.waitForTimeout(600);
    await act?.(page);
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${folder}${name}-${colorScheme}.png` });
    await context.close();
  }
}
await chrome.close();
server.close();
