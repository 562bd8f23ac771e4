// Installs the package, as npm would publish it, into a folder for each runtime and bundler, and runs it there.
// `npm run matrix [NAME …]` in the package's folder; a name may be part of one.
import { execFileSync } from "node:child_process";
import { cp, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { browser, serve } from "../test/browser/serve.mjs";
import { rows } from "./rows.mjs";

const here = fileURLToPath(new URL("./", import.meta.url));
const build = join(here, "build");
await rm(build, { recursive: true, force: true });
await mkdir(join(build, "node_modules"), { recursive: true });

const [pack] = JSON.parse(execFileSync("npm", ["pack", "--json", "--pack-destination", build], { cwd: join(here, ".."), encoding: "utf8" }));
const tarball = join(build, pack.filename);
execFileSync("tar", ["-xzf", tarball, "-C", build]);
await cp(join(build, "package"), join(build, "node_modules/patchcord"), { recursive: true });
// A copy is two files.
const copies = pack.files.filter(({ size }) => size > 200_000).length / 2;
const tar = { unpacked: pack.unpackedSize / 1e6, copies };

const chromium = await browser();

/** What a page, or the page of a folder, shows. */
async function look(folder, address) {
  const site = folder ? await serve({ "/": `${folder}/` }) : undefined;
  const tab = await chromium.newPage();
  const errors = [];
  tab.on("pageerror", (error) => errors.push(error.message));
  try {
    await tab.goto(site ? site.url + address : address);
    const shown = await tab.waitForFunction(() => document.body.dataset.answer, undefined, { timeout: 20_000 });
    return await shown.jsonValue();
  } catch (error) {
    throw new Error([...errors, error.message].join("\n"));
  } finally {
    await tab.close();
    site?.close();
  }
}

const wanted = process.argv.slice(2);
let passed = 0;
let failed = 0;
let expected;
for (const [index, [name, run]] of Object.entries(rows).entries()) {
  const isWanted = wanted.length === 0 || wanted.some((part) => name.toLowerCase().includes(part.toLowerCase()));
  if (index > 0 && !isWanted) continue;
  const folder = join(build, String(index));
  await mkdir(folder);
  await cp(join(here, "answer.mjs"), join(folder, "answer.mjs"));
  let answers;
  try {
    const answer = await run(folder, look);
    answers = typeof answer === "string" ? { "": answer } : answer;
  } catch (error) {
    failed += 1;
    console.log(`not ok ${name}\n${String(error.stderr || error.stdout || error.message).replace(/^/gm, "    ")}`);
    continue;
  }
  for (const [part, answer] of Object.entries(answers)) {
    expected ??= answer;
    const same = answer === expected;
    if (same) passed += 1;
    else failed += 1;
    console.log(`${same ? "ok" : "not ok"} ${name}${part ? `, ${part}` : ""}${same ? "" : `\n    ${answer}\n    expected ${expected}`}`);
  }
}
await chromium.close();

const lint = (name, file, ...args) => {
  try {
    execFileSync(join(here, "node_modules/.bin", file), args, { cwd: build, encoding: "utf8", stdio: "pipe" });
    passed += 1;
    console.log(`ok ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok ${name}\n${`${error.stdout}${error.stderr}`.replace(/^/gm, "    ")}`);
  }
};
lint("publint", "publint", "run", "--strict", join(build, "package"));
// Only the main entry has a form for `require`.
const entries = [".", "slim", "url", "guest"];
lint("are the types wrong", "attw", tarball, "--profile", "node16", "--ignore-rules", "cjs-resolves-to-esm", "--entrypoints", ...entries);
const fits = tar.unpacked <= 3 && tar.copies <= 2;
console.log(`tarball: ${tar.unpacked.toFixed(2)} MB unpacked (target 3), ${tar.copies} copies of the module (target 2)${fits ? "" : ": missed"}`);
console.log(`pass ${passed}\nfail ${failed}`);
process.exit(failed > 0 ? 1 : 0);
