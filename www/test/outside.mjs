// What the tests take from outside of the page: the native program, the documents that the project was created from.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const beside = dirname(root.replace(/\/$/, ""));

/** The native program, where it was built. */
export const native = [process.env.CARGO_TARGET_DIR, join(root, "target")]
  .filter(Boolean)
  .flatMap((folder) => [join(folder, "debug/patchcord"), join(folder, "release/patchcord")])
  .find(existsSync);

/** Dials one number, and has a way for those who talked and one for those who did not. */
const OWN = `{
"version": "1.0.0",
"sections": {
"main": [
{
"connect": {
"from": "+15550002222",
"to": "+15550003333",
"result": {
"case": {
"connected": [
"hangup"
]
},
"default": [
{
"execute": "mailbox"
},
"hangup"
]
}
}
}
]
}
}
`;

/** A document of the seeds that dials one number and has a case for those who talked. */
export function seed() {
  const folder = join(beside, "shared/seeds");
  for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
    const flow = documents(readFileSync(join(folder, name), "utf8")).find((text) => {
      const connect = JSON.parse(text).sections?.main?.[0]?.connect;
      return connect?.from && connect.to && connect.result?.case?.connected;
    });
    if (flow) return { flow, from: `of the seed ${name}` };
  }
  return { flow: OWN, from: "our own: there are no seeds here" };
}

/** The JSON objects that stand in a text, each from a line `{` to a line that begins with `}`. */
function documents(text) {
  const lines = text.split("\n");
  const found = [];
  for (let from = 0; from < lines.length; from += 1) {
    if (lines[from] !== "{") continue;
    for (let to = from + 1; to < lines.length; to += 1) {
      if (!lines[to].startsWith("}")) continue;
      const whole = `${lines.slice(from, to + 1).join("\n")}\n`;
      try {
        if (JSON.parse(whole).sections) found.push(whole);
        from = to;
        break;
      } catch {
        // It ends further on.
      }
    }
  }
  return found;
}
