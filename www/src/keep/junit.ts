/** What the tests came to, as JUnit writes it and build servers read it. */
import type { Test, Verdict } from "../sim/tests";

const xml = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");
const seconds = (ms: number): string => (ms / 1000).toFixed(3);

export function junit(flow: string, tests: Test[], verdicts: ReadonlyMap<number, Verdict>): string {
  const ran = tests.flatMap((test) => {
    const verdict = verdicts.get(test.id);
    return verdict ? [{ test, verdict }] : [];
  });
  const failures = ran.filter(({ verdict }) => verdict.wrong.length > 0).length;
  const time = seconds(ran.reduce((sum, { verdict }) => sum + verdict.t, 0));
  const numbers = `tests="${ran.length}" failures="${failures}" time="${time}"`;
  const cases = ran.map(({ test, verdict }) => {
    const open = `    <testcase classname="${xml(flow)}" name="${xml(test.name)}" time="${seconds(verdict.t)}"`;
    if (verdict.wrong.length === 0) return `${open}/>`;
    const found = verdict.wrong.map(({ line, column, code, message }) => `      <failure type="${xml(code)}" message="${xml(message)}">${xml(`${line}:${column}: ${message}`)}</failure>`);
    return `${open}>\n${found.join("\n")}\n    </testcase>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${numbers}>\n  <testsuite name="${xml(flow)}" ${numbers}>\n${cases.join("\n")}\n  </testsuite>\n</testsuites>\n`;
}
