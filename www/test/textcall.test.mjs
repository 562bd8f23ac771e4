// The call in the text: where it stops, where it is, what its variables hold; and edges that stop it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { where } from "./playing.mjs";
import { audit, complaints, editor, open, options, page, ready, text, until } from "./visit.mjs";

const COUNT = `sections:
  main:
    - set: { tries: 0 }
    - label: ask
    - prompt:
        play: "say:One or two"
        max_digits: 1
    - switch:
        variable: prompt_value
        case:
          "1": [ { goto: { label: end } } ]
          "2": [ { goto: { label: end } } ]
        default:
          - set: { tries: "%{vars.tries + 1}" }
          - goto: { label: ask, when: "vars.tries < 3", max: 5 }
    - label: end
    - hangup
`;

const line = (words) => page.locator(".cm-line", { hasText: words }).first();
/** What stands in the gutter beside a line. */
const beside = async (words) => {
  const at = (await line(words).boundingBox()).y;
  for (const mark of await page.locator(".cm-callGutter .cm-gutterElement").all()) {
    const box = await mark.boundingBox();
    if (box && box.height > 0 && Math.abs(box.y - at) < 4) return mark;
  }
  throw new Error(`no gutter beside ${words}`);
};
const mark = async (words) => (await beside(words)).innerText();
const dial = async (key) => {
  await page.locator("#canvas").focus();
  const before = await where();
  await page.keyboard.press(key);
  await until(`${key} to be heard`, async () => (await where()) !== before);
};
const begin = async (more = {}) => {
  await open({ flow: COUNT, scenario: "", ...more });
  await ready(9);
  await until("the question", async () => (await page.locator(".step.here", { hasText: "prompt" }).count()) === 1);
};

test("lines show where the call is and what its variables hold", options, async () => {
  await begin();
  await until("the call's line", async () => /▷/.test(await mark("- prompt:")));
  assert.match(await line("tries: 0").innerText(), /tries = 0/);
  await dial("7");
  await until("the count", async () => /tries = 1/.test(await line("vars.tries + 1").innerText()));
  assert.match(await line("variable: prompt_value").innerText(), /prompt_value = "7"/);
  assert.match(await line("vars.tries < 3").innerText(), /tries = 1/);
  assert.equal(await text(), COUNT, "nothing of it is in the text");
  await page.keyboard.press("Shift+F5");
  await until("the beginning", async () => (await page.locator(".cm-value").count()) === 0);
  assert.deepEqual(complaints, []);
});

test("a click in the gutter and F9 on a line stop the call there", options, async () => {
  await begin();
  await (await beside("- hangup")).click();
  await until("the mark", async () => /◆/.test(await mark("- hangup")));
  await line("vars.tries + 1").click();
  await page.keyboard.press("F9");
  await until("both", async () => /◆/.test(await mark("- hangup")) && /◆/.test(await mark("vars.tries + 1")));
  await dial("7");
  await until("the first stop", async () => /stopped at a breakpoint/.test(await where()) && /▷/.test(await mark("vars.tries + 1")));
  await until("its line to be lit", async () => /vars.tries/.test(await page.locator(".cm-line.lit").first().innerText()));
  // Marks stay at their lines when the text changes above.
  await line("tries: 0").click();
  await until("the cursor there", async () => /Ln 3 /.test(await page.locator(".status").innerText()));
  await page.keyboard.press("Home");
  await page.keyboard.insertText("- answer\n    ");
  await until("the mark to follow", async () => /◆/.test(await mark("- hangup")) && /◆/.test(await mark("vars.tries + 1")));
  await line("vars.tries + 1").click();
  await until("the cursor there", async () => /Ln 15 /.test(await page.locator(".status").innerText()));
  await page.keyboard.press("F9");
  await until("one less", async () => !/◆/.test(await mark("vars.tries + 1")) && /◆/.test(await mark("- hangup")));
});

test("an edge stops the call when the call comes along it, and not otherwise", options, async () => {
  await begin();
  // The second way to the end.
  await page.locator("#canvas").focus();
  await page.locator(".step", { hasText: "goto" }).nth(1).click();
  await page.keyboard.press("e");
  await until("the edge", async () => (await page.locator(".wire.selected").count()) === 1);
  await page.keyboard.press("F9");
  await until("its mark", async () => (await page.locator(".wire.stops .stop").count()) === 1);
  assert.match(await page.getByRole("list", { name: "All that stops the call" }).innerText(), /goto .*→ label end/);
  await dial("1");
  await until("the end, unstopped", async () => /completed/.test(await where()));
  await page.keyboard.press("Shift+F5");
  await page.keyboard.press("Alt+F5");
  await page.getByLabel("Moment of the call").waitFor();
  await open({ flow: COUNT, scenario: "" });
  await ready(9);
  await until("the question", async () => (await page.locator(".step.here", { hasText: "prompt" }).count()) === 1);
  await page.locator(".step", { hasText: "goto" }).nth(1).click();
  await page.keyboard.press("e");
  await page.keyboard.press("F9");
  await dial("2");
  await until("the stop", async () => /stopped at a breakpoint/.test(await where()));
  assert.equal(await page.locator(".step.here", { hasText: "end" }).count(), 1, "at the step behind the edge");
});

test("axe finds nothing in it", options, async () => {
  await begin();
  await (await beside("- hangup")).click();
  await dial("7");
  await until("values", async () => (await page.locator(".cm-value").count()) > 2);
  assert.deepEqual(await audit(), []);
  assert.ok(await editor().isVisible());
});
