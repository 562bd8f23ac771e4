// Documents from addresses: opened, or told in plain words why not, and pasted instead.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { MENU, audit, complaints, open, options, page, ready, text, until } from "./visit.mjs";

let other;
let origin;
before(async () => {
  other = createServer((request, response) => {
    const open = { "access-control-allow-origin": "*" };
    if (request.url === "/menu.yaml") response.writeHead(200, { ...open, "content-type": "application/yaml" }).end(MENU);
    else if (request.url === "/closed.yaml") response.writeHead(200, { "content-type": "application/yaml" }).end(MENU);
    else if (request.url === "/page") response.writeHead(200, { ...open, "content-type": "text/html" }).end("<!doctype html><title>Hello</title>");
    else if (request.url === "/broken") response.writeHead(500, open).end();
    else if (request.url === "/slow") setTimeout(() => response.destroy(), 60_000).unref();
    else response.writeHead(404, open).end();
  });
  await new Promise((done) => other.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${other.address().port}`;
});
after(() => {
  other.closeAllConnections();
  other.close();
});

const dialog = () => page.getByRole("dialog", { name: "Open from an address" });
const ask = async (address) => {
  await dialog().getByLabel("address", { exact: true }).fill(address);
  await page.keyboard.press("Enter");
};
const told = (words) => until(String(words), async () => (await dialog().getByRole("alert").count()) === 1 && words.test(await dialog().getByRole("alert").innerText()));

test("a link names the address of a flow", options, async () => {
  await open({ hash: `#src=${encodeURIComponent(`${origin}/menu.yaml`)}` });
  await ready(8);
  await until("the flow", async () => (await text()) === MENU);
  assert.equal(new URL(page.url()).hash, "");
  assert.equal(await page.getByLabel("Name of the flow").inputValue(), "menu.yaml");
  assert.deepEqual(complaints, []);
});

test("what cannot be fetched is explained, and the text pasted instead", options, async () => {
  await open({ flow: "sections:\n  main:\n    - hangup\n" });
  await ready(1);
  await page.keyboard.press("Control+k");
  await page.locator("[role=combobox]:focus").waitFor();
  await page.keyboard.type("open from");
  await page.keyboard.press("Enter");
  await dialog().waitFor();
  await ask(`${origin}/closed.yaml`);
  await told(/does not let pages of other origins/);
  await ask(`${origin}/nothing.yaml`);
  await told(/There is nothing at this address \(404\)/);
  await ask(`${origin}/page`);
  await told(/There is a web page at this address/);
  await ask(`${origin}/broken`);
  await told(/replied with 500/);
  await ask("http://127.0.0.1:9/menu.yaml");
  await told(/Nobody answers/);
  await ask("mailto:somebody");
  await told(/no address of the web/);
  // The page's own server has no such file.
  await ask("nothing.yaml");
  await told(/\(404\)/);
  await dialog().getByRole("button", { name: "Paste instead" }).click();
  await dialog().getByLabel("The text of the flow").fill(MENU);
  await dialog().getByRole("button", { name: "Open the text" }).click();
  await until("the flow", async () => (await text()) === MENU);
});

test("a slow address can be left", options, async () => {
  await open({ hash: `#src=${encodeURIComponent(`${origin}/slow`)}` });
  await until("it to be fetched", async () => (await dialog().count()) === 1 && /Being fetched/.test(await dialog().getByRole("status").innerText()));
  await dialog().getByRole("button", { name: "Cancel" }).click();
  await until("the page", async () => (await dialog().count()) === 0);
  assert.deepEqual(complaints, []);
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing when it failed, ${colorScheme}`, options, async () => {
    await open({ flow: MENU, hash: `#src=${encodeURIComponent(`${origin}/page`)}`, context: { colorScheme, reducedMotion: "reduce" } });
    await until("the dialog", async () => (await dialog().count()) === 1);
    await told(/web page/);
    await dialog().getByRole("button", { name: "Paste instead" }).click();
    assert.deepEqual(await audit(), []);
  });
}
