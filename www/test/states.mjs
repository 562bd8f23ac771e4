// States of the page that tests measure and that pictures are made of: what is there, and what is done to come there.
import { MENU } from "./menu.mjs";

export const press = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};

/** What axe and the sizes of targets are looked at in. */
export const STATES = {
  "on the first visit": { act: async (page) => page.locator(".sample .bar").first().waitFor() },
  "with the templates": { act: async (page) => page.locator(".bar").getByRole("button", { name: "New", exact: true }).click() },
  "with an unknown format": { flow: "green\n", act: (page) => page.locator(".evidence").waitFor() },
  "with nothing to draw": { flow: "version: 1.0.0\n", act: (page) => page.locator(".undrawn", { hasText: "sections" }).waitFor() },
  "while sharing": { flow: MENU, act: async (page) => press(page, "Control+Shift+s") },
  "while comparing texts": { flow: MENU, act: async (page) => (await page.locator(".bar").getByRole("button", { name: "Compare" }).click(), page.locator(".differences").waitFor()) },
  "while comparing graphs": {
    flow: MENU,
    act: async (page) => (await page.locator(".bar").getByRole("button", { name: "Compare" }).click(), await page.getByRole("dialog").getByRole("tab", { name: "Graph" }).click(), page.locator(".graphs .step").first().waitFor()),
  },
  "while comparing behaviour": {
    flow: MENU,
    opened: MENU.replace("say:Goodbye", "say:Bye"),
    act: async (page) => (await page.locator(".bar").getByRole("button", { name: "Compare" }).click(), await page.getByRole("dialog").getByRole("tab", { name: "Behaviour" }).click(), page.locator(".behaviour tr").nth(1).waitFor()),
  },
  "while a call waits": { flow: MENU, scenario: "", act: async (page) => page.locator(".card.asked").first().waitFor() },
  "with the call in graph and text": { flow: MENU, scenario: "", act: async (page) => (await page.locator(".card.asked").first().waitFor(), await page.locator(".step", { hasText: "connect" }).first().click(), await press(page, "F9"), page.locator(".step.stops").waitFor()) },
  "with an edge that stops the call": { flow: MENU, scenario: "", act: async (page) => (await page.locator(".step", { hasText: "Welcome" }).first().click(), await press(page, "e", "F9"), page.locator(".wire.stops").waitFor()) },
  "with a form": { flow: MENU, act: async (page) => (await page.locator(".step", { hasText: "connect" }).first().dblclick(), page.locator(".form input").first().waitFor()) },
  "with docs": { flow: MENU, act: async (page) => (await page.locator(".step", { hasText: "connect" }).first().click(), page.getByRole("tab", { name: "Docs" }).click()) },
  "with problems": { flow: "sections:\n  main:\n    - conect: {to: x}\n    - play: {}\n    - hangup: 7\n", act: async (page) => page.getByRole("tab", { name: /Problems/ }).click() },
  "with tests": { flow: MENU, act: async (page) => (await page.getByRole("tab", { name: /^Tests/ }).click(), await page.getByRole("button", { name: "Make the missing tests" }).click(), page.locator(".tests tbody tr").first().waitFor()) },
  "in the palette": { flow: MENU, act: async (page) => (await press(page, "Control+k"), page.locator(".picker").waitFor()) },
  "while one searches": { flow: MENU, act: async (page) => (await press(page, "Control+f"), await page.locator(".finder [role=combobox]:focus").waitFor(), await page.keyboard.type("say"), page.locator(".finder li").first().waitFor()) },
  "with the keys": { flow: MENU, act: async (page) => (await page.locator("#canvas").focus(), press(page, "?")) },
  "while keys are changed": { flow: MENU, act: async (page) => (await page.locator("#canvas").focus(), await press(page, "?"), await page.getByRole("button", { name: "Change keys" }).click(), page.locator(".keymap").waitFor()) },
  "with an address that cannot be fetched": { flow: MENU, hash: "#src=nothing.yaml", mayComplain: /404/, act: async (page) => page.locator(".unfetched").waitFor() },
  "in German": { flow: MENU, settings: { locale: "de" }, act: async (page) => page.getByRole("button", { name: "Vergleichen" }).waitFor() },
  "from right to left": { flow: MENU, settings: { locale: "mirror" }, act: async (page) => page.locator("[dir=rtl]").first().waitFor() },
  "in a narrow window": { flow: MENU, size: { width: 400, height: 800 }, act: async (page) => page.locator(".narrow").waitFor() },
  "with messages in the ladder": { flow: MENU, act: async (page) => (await page.locator(".ladder .row").first().waitFor(), page.getByLabel("Level").selectOption("sip")) },
  "with the menu of exports": { flow: MENU, act: async (page) => page.getByRole("button", { name: "Export", exact: true }).click() },
  "on the tour": { act: async (page) => page.getByRole("button", { name: /^Tour/ }).click() },
};
