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

/** Much of what a call may hold, and what the world does with it. */
const RICH = `version: 1.0.0
sections:
  main:
    - answer
    - detect_machine: { timeout: 10 }
    - record_call: { format: wav, stereo: true }
    - play: { urls: ["say:Welcome", "silence:1.5", "ring:2:us", "https://example.com/a.mp3"] }
    - prompt: { play: "say:A key, please.", max_digits: 1 }
    - send_digits: { digits: "12#" }
    - request: { url: "https://example.com/ask", method: POST }
    - tap: { uri: "wss://example.com/tap" }
    - connect: { to: "sip:alice@example.com", timeout: 5 }
    - enter_queue: { queue_name: support }
    - join_room: { name: lobby }
    - sip_refer: { to_uri: "sip:bob@example.com" }
    - hangup: { reason: busy }
`;
const WORLD = `caller: { does: [ {at: 12s, press: "1"}, {at: 13s, press: "2"} ] }
callees: [ { to: "sip:alice@*", does: [ {at: 500ms, ring: 180}, {at: 1s, reject: 486} ] } ]
activities:
  - { order: "detect *", does: [ {at: 2s, detected: machine, beep: true}, {at: 2100ms, done: finished} ] }
  - { order: "enqueue *", does: [ {at: 1s, queued: 3, of: 5}, {at: 2s, done: failed} ] }
`;
/** What stays as it is: what SIP and HTTP call it, and what the flow says. */
const ANYWHERE = /^(INVITE|BYE|CANCEL|REFER|GET|POST|PUT|\d{3}$|denoise$)/;

test("rows with parts of the call in them are told in German, too", options, async () => {
  const told = async (locale) => {
    await open({ flow: RICH, scenario: WORLD, settings: { locale, dock: 600 } });
    await page.locator(".ladder .row").first().waitFor();
    await page.keyboard.press("F5");
    const end = { en: /completed/, de: /abgeschlossen/ }[locale];
    await until("the end", async () => end.test(await page.locator(".call .outcome").innerText()));
    await page.getByLabel({ en: "Explain", de: "Erklären" }[locale], { exact: true }).check();
    const rows = new Map();
    for (let top = 0; top < 40; top += 1) {
      await page.locator(".ladder-box").evaluate((box, top) => new Promise((done) => { box.scrollTop = top * 112; requestAnimationFrame(() => requestAnimationFrame(done)); }), top);
      for (const [place, label] of await page.locator(".ladder li").evaluateAll((rows) => rows.map((row) => [row.ariaPosInSet, row.querySelector(".label, .remark").textContent]))) rows.set(place, label);
    }
    return [...rows].sort(([one], [other]) => one - other).map(([, label]) => label);
  };
  const [english, german] = [await told("en"), await told("de")];
  assert.equal(german.length, english.length);
  assert.deepEqual(english.filter((label, at) => label === german[at] && !ANYWHERE.test(label)), [], "nothing is left in English");
  for (const label of ["aufnehmen als wav", "sagen: “Welcome”", "Stille, 1,5 s", "Rufton (us)", "abspielen: /a.mp3", "es ist ein Anrufbeantworter, Signalton", "Tasten 12#", "mithören lassen: wss://example.com/tap", "Warteschlange support", "Nummer 3 von 5", "der Anruf ist abgeschlossen", "Schritt: answer"]) assert.ok(german.includes(label), `${label} in ${german.join("\n")}`);
  assert.deepEqual(complaints, []);
});

test("what a step may lead to is told in German, what the platform calls so is not", options, async () => {
  await open({ flow: MENU, settings: { locale: "de" } });
  await ready(8);
  const labels = await page.locator(".step", { hasText: "connect" }).first().locator(".port").evaluateAll((ports) => ports.map(({ title }) => title));
  for (const title of ["abgenommen: ist verbunden", "gescheitert: weiter mit execute"]) assert.ok(labels.some((label) => label.startsWith(title)), labels.join("\n"));
  assert.deepEqual([...new Set(await page.locator(".section .end").allInnerTexts())], ["der Anruf endet", "der Abschnitt kehrt dorthin zurück, wo er aufgerufen wurde"]);
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
