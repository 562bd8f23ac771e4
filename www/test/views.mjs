// States of the page that pictures are made of, besides those that tests measure.
import { readFile } from "node:fs/promises";
import { breakable } from "./breakable.mjs";
import { MENU } from "./menu.mjs";
import { press } from "./states.mjs";

const template = (name) => readFile(new URL(`../src/templates/${name}`, import.meta.url), "utf8");
const menu = await template("menu.swml.yaml");
const menuScenario = await template("menu.swml.scenario.yaml");
const sections = (count, each) => `sections:\n${Array.from({ length: count }, (_, at) => `  ${at ? `part${at}` : "main"}:\n${Array.from({ length: each }, (_, step) => (step % 9 ? `    - play: {url: "say:${at} ${step}"}\n` : `    - connect: {to: "sip:a${step}@example.com"}\n`)).join("")}`).join("")}`;
const many = sections(40, 50);
const key = (...keys) => (page) => press(page, ...keys);
const bar = (name) => (page) => page.locator(".bar").getByRole("button", { name, exact: true }).click();

/** The call is there, and goes to its end. */
const toEnd = async (page) => {
  await page.locator(".call").waitFor();
  await press(page, "F5");
  await page.locator(".call .outcome .good, .call .outcome .bad").first().waitFor();
};
const noise = (length) => Array.from({ length }, (_, at) => ((at * 2654435761) ^ (at * 40503)).toString(36)).join(" ");
const say = (name, what) => (page) => page.locator(".card", { has: page.locator(`header strong:text-is("${name}")`) }).getByRole("button", { name: what, exact: true }).click();
const JOURNAL = [{ start: { source: { kind: "document", text: MENU }, unix_ms: 1767225600000, seed: 1, caller: { from: "+15550001111", to: "+15552220000" } } }, { at: 1500, event: { name: "media-done", leg: "a", media: 1, result: "finished" } }, { at: 2500, event: { name: "failed", leg: "b1", status: 486 } }, { at: 4000, stopped: "the host is shutting down" }].map((line) => JSON.stringify(line)).join("\n");
/** What is looked at only: the states of the design, and what pictures of the page are wanted for. */
export const VIEWS = {
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
  unreachable: { flow: "sections:\n  main:\n    - answer\n    - hangup\n    - play: {url: \"say:never\"}\n  other:\n    - play: {url: \"say:nobody comes here\"}\n" },
  "several-wait": { flow: MENU, scenario: "", act: (page) => page.locator(".card.asked").nth(1).waitFor() },
  ended: { flow: MENU, scenario: "", act: toEnd },
  "loop-guard": {
    flow: "sections:\n  main:\n    - answer\n    - label: again\n    - set: {a: 1}\n    - goto: {label: again}\n",
    act: async (page) => (await page.locator(".call").waitFor(), await press(page, "F5"), page.locator(".diverged.trouble").waitFor()),
  },
  diverged: {
    flow: MENU,
    scenario: "",
    act: async (page) => {
      await page.locator(".card.asked").first().waitFor();
      await say("alice", "busy")(page);
      await page.locator(".cm-content").first().click();
      await page.keyboard.press("Control+a");
      await page.keyboard.insertText(MENU.replace("say:Welcome", "say:Good morning"));
      await page.locator(".diverged").waitFor();
    },
  },
  "engine-broke": { flow: MENU, scenario: "", prepare: breakable, act: async (page) => (await page.locator(".card.asked").first().waitFor(), await page.evaluate(() => (window.broken = 1)), await say("alice", "busy")(page), page.locator(".engine-broke").waitFor()) },
  "share-long": { flow: `${MENU}# ${noise(1_800)}\n`, act: key("Control+Shift+s") },
  "share-too-long": { flow: `${MENU}# ${noise(9_000)}\n`, act: key("Control+Shift+s") },
  "storage-full": {
    flow: MENU,
    prepare: (page) =>
      page.addInitScript(() => {
        const { setItem } = Storage.prototype;
        Storage.prototype.setItem = function (name, value) {
          if (name === "patchcord.settings") throw new DOMException("full", "QuotaExceededError");
          setItem.call(this, name, value);
        };
      }),
    act: async (page) => (await page.getByRole("tab", { name: "Form" }).click(), page.locator(".banner").first().waitFor()),
  },
  offline: { flow: MENU, act: async (page) => (await page.locator(".status").waitFor(), page.context().setOffline(true)) },
  conflict: {
    flow: MENU,
    act: async (page) => {
      await page.locator(".cm-content").waitFor();
      const other = await page.context().newPage();
      await other.goto(page.url());
      const theirs = MENU.replace("say:Welcome", "say:Hi");
      await other.evaluate((text) => localStorage.setItem("patchcord.flow", text), theirs);
      await page.locator(".cm-line", { hasText: "say:Hi" }).waitFor();
      await page.locator(".step", { hasText: "return" }).click();
      await page.keyboard.press("Delete");
      await other.evaluate((text) => localStorage.setItem("patchcord.flow", text), theirs.replace("say:Hi", "say:Ahoy"));
      await page.getByRole("dialog").waitFor();
      await other.close();
    },
  },
  address: { flow: MENU, act: async (page) => (await press(page, "Control+k"), await page.locator("[role=combobox]:focus").waitFor(), await page.keyboard.type("address"), await press(page, "Enter"), page.getByRole("dialog").waitFor()) },
  "no-journal": { flow: MENU, settings: { dockTab: "journal" }, act: (page) => page.locator(".panel .nothing").waitFor() },
  journal: {
    flow: MENU,
    act: async (page) => {
      const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Open", exact: true }).click()]);
      await chooser.setFiles({ name: "call-1.jsonl", mimeType: "application/json", buffer: Buffer.from(JOURNAL) });
      await page.locator(".recorded .ladder .row").first().waitFor();
    },
  },
  "scenario-tab": { flow: menu, scenario: menuScenario, settings: { dockTab: "scenario" }, act: (page) => page.locator(".scenario .cm-content").waitFor() },
  rename: { flow: MENU, act: async (page) => (await page.locator(".step", { hasText: "connect" }).first().click(), await press(page, "F2"), page.getByRole("dialog").waitFor()) },
  german: { flow: menu, scenario: menuScenario, settings: { locale: "de", dock: 420 }, act: toEnd },
};
