// States of the page: the first visit, what cannot be read, what is shared, compared, kept without a network.
import assert from "node:assert/strict";
import { test } from "node:test";
import { STATES } from "./states.mjs";
import { MENU, address, audit, complaints, cramped, editor, open, options, page, press, ready, steps, text, until, write } from "./visit.mjs";

test("the first visit offers three ways; a template is there with its call", options, async () => {
  await open();
  await until("the ways", async () => (await page.getByRole("button", { name: /Begin with a template/ }).count()) === 1);
  await page.getByRole("button", { name: /Begin with a template/ }).click();
  await page.getByRole("radio", { name: "RCML" }).check();
  assert.match(await page.getByRole("button", { name: /Leave a message on a machine/ }).innerText(), /presses a key/);
  await page.getByRole("radio", { name: "SWML" }).check();
  await page.getByRole("button", { name: /Menu by key/ }).click();
  await ready(8);
  await until("its call", async () => (await page.locator(".ladder .row").count()) > 10);
  assert.match(await page.locator(".call .outcome").innerText(), /completed/);
  await press("Control+z");
  await until("the empty page", async () => (await text()) === "");
  assert.deepEqual(complaints, []);
});

test("every template of every dialect opens without problems", { ...options, timeout: 240_000 }, async () => {
  await open();
  let seen = 0;
  for (const dialect of ["SWML", "jambonz", "RCML"]) {
    for (let index = 0; index < 8; index += 1) {
      await page.locator(".bar").getByRole("button", { name: "New", exact: true }).click();
      await page.getByRole("radio", { name: dialect }).check();
      const choice = page.locator(".templates li button").nth(index);
      await choice.click();
      seen += 1;
      await until("steps", async () => (await steps().count()) > 1);
      await until(`no problems in ${dialect} ${index}`, async () => /No problems/.test(await page.locator(".bar .counts").innerText()));
    }
  }
  assert.equal(seen, 24);
  assert.deepEqual(complaints, []);
});

test("what is pasted or dropped on the first page is opened", options, async () => {
  await open({ context: { permissions: ["clipboard-read", "clipboard-write"] } });
  await until("the ways", async () => (await page.locator(".first").count()) === 1);
  await page.evaluate((flow) => navigator.clipboard.writeText(flow), MENU);
  await press("Control+v");
  await ready(8);
  assert.equal(await text(), MENU);
});

test("the tour goes through the page", options, async () => {
  await open();
  await page.getByRole("button", { name: /^Tour/ }).click();
  for (let stop = 0; stop < 5; stop += 1) await page.getByRole("button", { name: "Next", exact: true }).click();
  await page.getByRole("button", { name: "OK", exact: true }).click();
  await until("the sample", async () => /parallel/.test(await text()));
  assert.equal(await page.locator(".tour").count(), 0);
});

test("an unknown format says what was looked for", options, async () => {
  await open({ flow: '{"colour": "green"}' });
  await until("the reason", async () => (await page.getByText("It looks like JSON").count()) === 1);
  await page.locator(".first").getByRole("button", { name: "Treat as SWML" }).click();
  await until("problems", async () => (await page.locator(".bar .counts .error").count()) === 1);
});

test("an empty section says how the call goes on", options, async () => {
  await open({ flow: "sections:\n  main: []\n  other:\n    - hangup\n" });
  await ready(1);
  assert.match(await page.locator(".section.empty").innerText(), /Empty: the call ends/);
});

test("a link holds the flow, without its secrets", options, async () => {
  const flow = "sections:\n  main:\n    - connect: {to: 'sip:ada@example.com', username: ada, password: hunter22}\n    - connect: {to: '+4930123456'}\n";
  await open({ flow, context: { permissions: ["clipboard-read", "clipboard-write"] } });
  await ready(2);
  await press("Control+Shift+s");
  await until("the preview", async () => /password: REDACTED/.test(await page.locator(".share pre").innerText()));
  await page.getByRole("checkbox", { name: /Replace 1 telephone number/ }).check();
  await until("the number", async () => /\+15550000001/.test(await page.locator(".share pre").innerText()));
  await page.waitForTimeout(150);
  await page.getByRole("button", { name: "Copy the link" }).click();
  await until("the link", async () => /#d=/.test(await page.evaluate(() => navigator.clipboard.readText())));
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.doesNotMatch(link, /hunter22/);
  await open({ hash: link.slice(link.indexOf("#")) });
  await ready(2);
  await until("the flow", async () => (await text()) === flow.replace("hunter22", "REDACTED").replace("+4930123456", "+15550000001"));
  assert.equal(new URL(page.url()).hash, "");
});

test("a flow is compared with what was opened, as text and as graph", options, async () => {
  await open();
  await page.getByRole("button", { name: /Begin with a template/ }).click();
  await page.getByRole("button", { name: /Ring all at once/ }).click();
  await ready(5);
  await page.locator(".step", { hasText: "One moment" }).click();
  await press("Delete");
  await until("it to be gone", async () => !/One moment/.test(await text()));
  await page.locator(".bar").getByRole("button", { name: "Compare" }).click();
  await until("both texts", async () => (await page.locator(".differences .cm-content").count()) === 2);
  await page.getByRole("dialog").getByRole("tab", { name: "Graph" }).click();
  await until("the ghost", async () => (await page.locator(".graphs .step.is-removed", { hasText: "One moment" }).count()) === 1);
  assert.deepEqual(complaints, []);
});

test("another tab is followed, and a conflict is brought together", options, async () => {
  await open({ flow: MENU });
  await ready(8);
  const other = await page.context().newPage();
  await other.goto(address());
  await other.locator(".cm-content").waitFor();
  const theirs = MENU.replace("say:Welcome", "say:Hi");
  await other.evaluate((text) => localStorage.setItem("patchcord.flow", text), theirs);
  await until("this tab to follow", async () => /say:Hi/.test(await editor().innerText()));
  await page.locator(".step", { hasText: "return" }).click();
  await press("Delete");
  await until("our change", async () => !/return/.test(await text()));
  await other.evaluate((text) => localStorage.setItem("patchcord.flow", text), theirs.replace("say:Hi", "say:Ahoy"));
  await until("the question", async () => (await page.getByText("Both changes can be brought together").count()) === 1);
  await page.getByRole("button", { name: "Take this text" }).click();
  await until("both changes", async () => /say:Ahoy/.test(await text()) && !/return/.test(await text()));
});

test("a browser that forgets is told of", options, async () => {
  await open({
    flow: MENU,
    prepare: (page) =>
      page.addInitScript(() => {
        const { setItem } = Storage.prototype;
        Storage.prototype.setItem = function (name, value) {
          if (name === "patchcord.settings") throw new DOMException("full", "QuotaExceededError");
          setItem.call(this, name, value);
        };
      }),
  });
  await ready(8);
  await page.getByRole("tab", { name: "Form" }).click();
  await until("the banner", async () => (await page.getByText("This browser does not remember").count()) === 1);
});

test("without a network the page is there", options, async () => {
  await open({ flow: MENU, context: { serviceWorkers: "allow" } });
  await ready(8);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await ready(8);
  await page.context().setOffline(true);
  await page.reload();
  await ready(8);
  await press("Control+k");
  await until("the palette", async () => (await page.locator(".picker").count()) === 1);
  assert.match(await page.locator(".status").innerText(), /offline/);
});

test("a huge flow is painted, folded and searched", options, async () => {
  const sections = Array.from({ length: 40 }, (_, at) => `  ${at ? `part${at}` : "main"}:\n${Array.from({ length: 50 }, (_, step) => `    - play: {url: "say:${at} ${step}"}\n`).join("")}`).join("");
  await open({ flow: `sections:\n${sections}`, context: { reducedMotion: "reduce" } });
  await ready(1);
  assert.ok((await steps().count()) < 400);
  assert.equal(await page.locator("[role=treeitem][aria-expanded=false]").count(), 39);
  await press("Control+f");
  await page.locator("[role=combobox]:focus").waitFor();
  await page.keyboard.type("7 33");
  await press("Enter");
  await until("the step", async () => /say:.*33/.test(await page.locator(".step.selected").innerText()));
});

test("the keyboard is enough: template, a step on an edge, a problem mended", options, async () => {
  await open();
  await until("the ways", async () => (await page.locator(".first").count()) === 1);
  let presses = 0;
  const key = async (...keys) => {
    for (const one of keys) {
      await page.keyboard.press(one);
      presses += 1;
    }
  };
  const type = async (letters) => {
    await page.locator("[role=combobox]:focus").waitFor();
    for (const letter of letters) await key(letter);
  };
  await key("Control+k");
  await type("new f");
  await key("Enter");
  await page.locator("dialog .templates").waitFor();
  await page.locator("dialog").getByRole("button", { name: /Answer and speak/ }).focus();
  await key("Enter");
  await ready(5);
  await key("ArrowDown", "e", "Enter");
  await type("connect");
  await key("Enter");
  await until("the step", async () => /- connect:/.test(await text()));
  await page.getByRole("tab", { name: "Text" }).waitFor();
  await write("Text", (await text()).replace("hangup", "hangp"));
  await until("the problem", async () => (await page.locator(".bar .counts .error").count()) === 1);
  await key("F8", "Control+.");
  await until("no problem", async () => /No problems/.test(await page.locator(".bar .counts").innerText()));
  assert.ok(presses <= 40, `${presses} presses`);
  assert.deepEqual(complaints, []);
});

test("calls of both documents are compared: what is the same, where they go apart, at which step", options, async () => {
  const dialog = () => page.getByRole("dialog");
  const compare = async () => {
    await page.locator(".bar").getByRole("button", { name: "Compare" }).click();
    await dialog().getByRole("tab", { name: "Behaviour" }).click();
  };
  const was = MENU.replace("say:Goodbye", "say:Bye");
  const kept = JSON.stringify([
    { id: 1, name: "alice talks", text: "callees:\n  - { to: \"sip:alice@*\", does: [ {at: 1s, answer: 200} ] }\n" },
    { id: 3, name: "nobody is there", text: "callees: []\n" },
    { id: 2, name: "not a scenario", text: "legs: 4\n" },
  ]);
  const keep = (tests) => (page) => page.addInitScript(([was, tests]) => (localStorage.setItem("patchcord.opened", was), localStorage.setItem("patchcord.tests", tests)), [was, tests]);

  await open({ flow: MENU, prepare: keep("[]") });
  await ready(8);
  await compare();
  await until("the ways", async () => /calls? go(es)? another way · the ways that the engine finds/.test(await dialog().getByRole("status").innerText()));
  const row = dialog().locator(".behaviour tbody tr").first();
  assert.match(await row.innerText(), /differs/);
  assert.ok((await dialog().locator(".behaviour tbody tr", { hasText: "✓ same" }).count()) > 0, "some calls are the same");
  const doing = row.getByRole("button", { name: /line \d+/ }).last();
  assert.match(await doing.innerText(), /Goodbye/);
  await doing.click();
  assert.equal(await dialog().count(), 0);
  await until("its step", async () => /say:Goodbye/.test(await page.locator(".step.selected").innerText()));

  await open({ flow: MENU, prepare: keep(kept) });
  await ready(8);
  await compare();
  await until("the tests", async () => /the kept tests/.test(await dialog().getByRole("status").innerText()));
  assert.match(await dialog().locator("tr", { hasText: "nobody is there" }).innerText(), /differs[\s\S]*0:/);
  assert.match(await dialog().locator("tr", { hasText: "alice talks" }).innerText(), /✓ same/);
  assert.match(await dialog().locator("tr", { hasText: "not a scenario" }).innerText(), /fails/);

  await open({ flow: MENU.replace("- answer", "- answr"), prepare: keep("[]") });
  await ready(8);
  await compare();
  await until("the mistake", async () => /After: this document has a mistake/.test(await dialog().getByRole("status").innerText()));
  await dialog().getByRole("button", { name: /answr/ }).click();
  await until("its step", async () => /answr/.test(await page.locator(".step.selected").innerText()));
  assert.deepEqual(complaints, []);
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing, ${colorScheme}`, { ...options, timeout: 600_000 }, async (parent) => {
    for (const [state, { flow, scenario, settings, opened, hash, size, mayComplain, act }] of Object.entries(STATES)) {
      await parent.test(state, async () => {
        await open({ ...(flow ? { flow } : {}), ...(scenario === undefined ? {} : { scenario }), ...(settings ? { settings } : {}), ...(hash ? { hash } : {}), ...(opened ? { prepare: (page) => page.addInitScript((opened) => localStorage.setItem("patchcord.opened", opened), opened) } : {}), context: { colorScheme, reducedMotion: "reduce", ...(size ? { viewport: size } : {}) } });
        await page.locator(".cm-content").waitFor({ state: "attached" });
        await act(page);
        await page.waitForTimeout(300);
        assert.deepEqual(await audit(), []);
        assert.deepEqual(await cramped(), [], "targets that are too small");
        assert.deepEqual(complaints.filter((words) => !mayComplain?.test(words)), []);
      });
    }
  });
}
