/** English with accents and brackets: shows what was not translated and what has no room to grow. */
import type { Words } from "./en";

const ACCENTS: Record<string, string> = { a: "á", e: "é", i: "í", o: "ó", u: "ú", A: "Á", E: "É", I: "Í", O: "Ó", U: "Ú", n: "ñ", c: "ç" };

const accent = (text: string): string => `[${text.replace(/[aeiouAEIOUnc]/g, (letter) => ACCENTS[letter] ?? letter)}${"·".repeat(Math.ceil(text.length / 4))}]`;

type Entry = Words[keyof Words];

export function pseudo(words: Words): Words {
  const change = (entry: Entry): Entry => {
    if (typeof entry === "string") return accent(entry);
    const act = entry as (...given: never[]) => string;
    return ((...given: never[]) => accent(act(...given))) as Entry;
  };
  return Object.fromEntries(Object.entries(words).map(([key, entry]) => [key, change(entry)])) as unknown as Words;
}
