/** English with accents and brackets: shows what was not translated and what has no room to grow. */
import type { Words } from "./en";

const ACCENTS: Record<string, string> = { a: "á", e: "é", i: "í", o: "ó", u: "ú", A: "Á", E: "É", I: "Í", O: "Ó", U: "Ú", n: "ñ", c: "ç" };

const accent = (text: string): string => `[${text.replace(/[aeiouAEIOUnc]/g, (letter) => ACCENTS[letter] ?? letter)}${"·".repeat(Math.ceil(text.length / 4))}]`;

type Entry = Words[keyof Words];

/** The same, written from right to left. */
export const mirror = (words: Words): Words => every(pseudo(words), (text) => `\u200f${text}\u200f`);

export const pseudo = (words: Words): Words => every(words, accent);

function every(words: Words, write: (text: string) => string): Words {
  const change = (entry: Entry): Entry => {
    if (typeof entry === "string") return write(entry);
    const act = entry as (...given: never[]) => string;
    return ((...given: never[]) => write(act(...given))) as Entry;
  };
  return Object.fromEntries(Object.entries(words).map(([key, entry]) => [key, change(entry)])) as unknown as Words;
}
