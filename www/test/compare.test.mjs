// Any two documents are compared: the one that is open, as it was, snapshots, files, texts, links.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MENU, audit, complaints, open, options, page, ready, text, until, write } from "./visit.mjs";

const dialog = () => page.getByRole("dialog", { name: "Compare" });
const side = (name) => dialog().getByLabel(name, { exact: true }).and(page.locator("select"));
const compare = async () => {
  await page.locator(".bar").getByRole("button", { name: "Compare" }).click();
  await dialog().waitFor();
};
const texts = () => dialog().locator(".differences .cm-content").allInnerTexts();
const differ = (left, right) => until(`${left} and ${right}`, async () => {
  const [a = "", b = ""] = await texts();
  return left.test(a) && right.test(b);
});
const keep = async (name) => {
  await page.keyboard.press("Control+k");
  await page.locator("[role=combobox]:focus").waitFor();
  await page.keyboard.type("snapshot");
  await page.keyboard.press("Enter");
  const question = page.getByRole("dialog", { name: "Take a snapshot to compare with" });
  await question.getByLabel("Name of the snapshot").fill(name);
  await page.keyboard.press("Enter");
  await until("it to be kept", async () => (await page.evaluate(() => localStorage.getItem("patchcord.snapshots")))?.includes(name));
};

test("snapshots, a file and a pasted link stand on either side, in every tab", { ...options, timeout: 180_000 }, async () => {
  await open({ flow: MENU, context: { permissions: ["clipboard-read", "clipboard-write"] }, prepare: (page) => page.addInitScript((flow) => localStorage.setItem("patchcord.opened", flow), MENU) });
  await ready(8);
  await keep("first");
  await write("Text", MENU.replace("say:Welcome", "say:Ahoy"));
  await until("the change", async () => /Ahoy/.test(await text()));
  await keep("second");
  await write("Text", MENU.replace("say:Welcome", "say:Servus"));
  await until("the change", async () => /Servus/.test(await text()));
  await page.reload();
  await ready(8);
  await compare();
  await differ(/Welcome/, /Servus/);
  await side("Before").selectOption({ label: "Snapshot: second" });
  await differ(/Ahoy/, /Servus/);
  await side("After").selectOption({ label: "Snapshot: first" });
  await differ(/Ahoy/, /Welcome/);
  await dialog().getByRole("button", { name: "Turn around" }).click();
  await differ(/Welcome/, /Ahoy/);
  await dialog().getByRole("tab", { name: "Graph" }).click();
  await until("the change", async () => (await dialog().locator(".step.is-changed").count()) === 2);
  await dialog().getByRole("tab", { name: "Behaviour" }).click();
  await until("where they go apart", async () => /differs/.test(await dialog().locator(".behaviour tbody").innerText()));
  assert.equal(await dialog().locator(".behaviour .act").count(), 0, "neither is the document that is open");
  await dialog().getByRole("tab", { name: "Text" }).click();

  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), side("Before").selectOption({ label: "A file …" })]);
  await chooser.setFiles({ name: "other.yaml", mimeType: "application/yaml", buffer: Buffer.from(MENU.replace("say:Welcome", "say:File")) });
  await differ(/File/, /Ahoy/);
  assert.equal(await side("Before").locator("option:checked").innerText(), "other.yaml");
  await page.evaluate((flow) => navigator.clipboard.writeText(flow), MENU.replace("say:Welcome", "say:Clip"));
  await side("After").selectOption({ label: "The clipboard" });
  await differ(/File/, /Clip/);
  const link = await page.evaluate(async (flow) => {
    const stream = new Blob([JSON.stringify(["linked", flow, ""])]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    return `${location.href}#d=${btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")}`;
  }, MENU.replace("say:Welcome", "say:Link"));
  await side("Before").selectOption({ label: "A text or share link …" });
  await dialog().getByLabel("Before: text or share link").fill(link);
  await differ(/Link/, /Clip/);
  assert.deepEqual(complaints, []);
});

test("a snapshot can be forgotten", options, async () => {
  await open({ flow: MENU });
  await ready(8);
  await keep("gone");
  await compare();
  await side("Before").selectOption({ label: "Snapshot: gone" });
  await until("both to be equal", async () => /Both are the same/.test(await dialog().innerText()));
  await dialog().getByRole("button", { name: "Forget the snapshot gone" }).click();
  await until("it to be gone", async () => !/gone/.test(await side("Before").innerText()));
  assert.equal(await page.evaluate(() => localStorage.getItem("patchcord.snapshots")), "[]");
  assert.deepEqual(await audit(), []);
});
