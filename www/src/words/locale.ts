import type { Words } from "./en";
import { en } from "./en";
import { pseudo } from "./pseudo";

export type Locale = "en" | "pseudo";

/** Languages by their own names. */
export const LOCALES: Record<Locale, string> = { en: "English", pseudo: "Ƥşḗŭḓǿ" };

const loaded: Partial<Record<Locale, Words>> = { en };

/** The words of a language. English is always there. */
export async function load(locale: Locale): Promise<Words> {
  const found = loaded[locale] ?? pseudo(en);
  loaded[locale] = found;
  return found;
}
