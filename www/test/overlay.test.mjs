// The call in the graph: its way, how often, where it is, what may come next; near by and from afar.
import assert from "node:assert/strict";
import { test } from "node:test";
import { audit, complaints, open, options, page, ready, steps, until } from "./visit.mjs";

const ASK = `sections:
  main:
    - set: { tries: 0 }
    - label: ask
    - prompt: { play: "say:One or two", max_digits: 1 }
    - switch:
        variable: prompt_value
        case:
          "1": [ { transfer: { dest: sales } } ]
          "2": [ { execute: { dest: support } } ]
        default:
          - set: { tries: "%{vars.tries + 1}" }
          - goto: { label: ask, when: "vars.tries < 3", max: 5 }
    - request: { url: "https://example.com/hook", method: POST }
    - hangup
  sales:
    - connect: { parallel: [ { to: "sip:ada@example.com" }, { to: "sip:bob@example.com" } ] }
    - hangup
  support:
    - play: "say:Support"
    - return: done
`;

const dial = async (...keys) => {
  await page.locator("#canvas").focus();
  for (const key of keys) {
    const before = await page.locator(".call .outcome").innerText();
    await page.keyboard.press(key);
    await until(`${key} to be heard`, async () => (await page.locator(".call .outcome").innerText()) !== before);
  }
};
const begin = async (more = {}) => {
  await open({ flow: ASK, scenario: "", context: { reducedMotion: "reduce" }, ...more });
  await ready(10);
  await until("the question", async () => (await page.locator(".step.here", { hasText: "prompt" }).count()) === 1);
};

test("the way is thick and counted, each leg has a token, the next outcomes are marked", options, async () => {
  await begin();
  assert.equal(await page.locator(".wire.went").count(), 2, "set, label, prompt");
  assert.equal(await page.locator(".port.next").count(), 5);
  assert.match(await page.locator(".step.here .token:not(.now)").innerText(), /^A$/);
  await dial("9", "9");
  await until("the loop, twice", async () => (await page.locator(".wire.is-loop.went .times").count()) === 1 && /2×/.test(await page.locator(".wire.is-loop.went .times text").innerHTML()));
  const width = (wire) => page.locator(wire).first().locator(".line").evaluate((line) => Number.parseFloat(getComputedStyle(line).strokeWidth));
  assert.ok((await width(".wire.is-loop.went")) > (await width(".wire.is-sequence:not(.went)")));
  await dial("1");
  await until("whom is dialled", async () => (await page.locator(".token.rings").count()) === 2);
  assert.deepEqual(await page.locator(".step", { hasText: "ada" }).locator(".token:not(.now)").allInnerTexts(), ["A", "B1", "B2"]);
  assert.equal(await page.locator(".wire.is-jump.went").count(), 1);
  const [first] = await page.locator(".wire.is-outcome.went .label").allTextContents();
  assert.ok(first);
  await page.keyboard.press("Shift+F5");
  await until("nothing to have happened", async () => (await page.locator(".wire.went").count()) === 0);
  assert.deepEqual(complaints, []);
});

test("what is called comes back by its own way; a request leaves the document", options, async () => {
  await begin();
  await dial("2");
  await until("the answer to be waited for", async () => (await page.locator(".step.here", { hasText: "request" }).count()) === 1);
  assert.equal(await page.locator(".wire.is-call.went .inner").count(), 1, "a double line");
  assert.equal(await page.locator(".wire.is-webhook.went .globe").count(), 1);
  assert.equal(await page.locator(".wire.is-webhook .line").evaluate((line) => getComputedStyle(line).strokeDasharray !== "none"), true);
  assert.deepEqual(await page.locator(".wire.is-outcome .label").allTextContents(), ["key 1", "key 2", "otherwise"]);
});

test("outcomes pulse once, and not where motion is unwanted", options, async () => {
  const motion = () => page.locator(".port.next .handle").first().evaluate((handle) => [getComputedStyle(handle).animationName, getComputedStyle(handle).animationIterationCount]);
  await begin({ context: { reducedMotion: "no-preference" } });
  assert.deepEqual(await motion(), ["pulse", "1"]);
  await page.emulateMedia({ reducedMotion: "reduce" });
  assert.equal((await motion())[0], "none");
});

test("from afar the same is painted", options, async () => {
  await begin();
  for (let times = 0; times < 8 && (await steps().count()) > 1; times += 1) await page.locator("#canvas").press("-");
  await until("the canvas", async () => page.locator("canvas.far").isVisible());
  /** How many points of the canvas have the colour of the call. */
  const coloured = () =>
    page.locator("canvas.far").evaluate((canvas) => {
      const probe = document.createElement("i");
      probe.style.color = "var(--accent)";
      document.body.append(probe);
      const [red, green, blue] = getComputedStyle(probe).color.match(/\d+/g).map(Number);
      probe.remove();
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      let found = 0;
      for (let at = 0; at < data.length; at += 4) if (Math.abs(data[at] - red) + Math.abs(data[at + 1] - green) + Math.abs(data[at + 2] - blue) < 12) found += 1;
      return found;
    });
  await page.keyboard.press("Shift+F5");
  await until("the beginning", async () => /event 0 of/.test(await page.locator(".call .outcome").innerText()));
  let before = 0;
  await until("a still picture", async () => {
    const was = before;
    before = await coloured();
    return was === before;
  });
  await page.keyboard.press("Alt+F5");
  await dial("9", "1");
  await until("the way", async () => (await coloured()) > before + 300);
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing in it, ${colorScheme}`, options, async () => {
    await begin({ context: { colorScheme, reducedMotion: "reduce" } });
    await dial("9", "1");
    assert.deepEqual(await audit(), []);
  });
}
