import type { Words } from "./en";
import { en } from "./en";

/** `pseudo` and `mirror` show what is not translated, has no room, or does not turn around. */
export type Locale = "en" | "de" | "pseudo" | "mirror";

/** Languages by their own names. */
export const LOCALES: Record<Locale, string> = { en: "English", de: "Deutsch", pseudo: "Ƥşḗŭḓǿ", mirror: "‏Ƥşḗŭḓǿ ⇄" };

/** Languages that are written from right to left. */
export const fromRight = (locale: Locale): boolean => locale === "mirror";

/** As `lang` has it. */
export const tag = (locale: Locale): string => (locale === "de" ? "de" : "en");

/** A language that the page speaks, for a tag of anybody's. */
export function spoken(given: string): Locale | undefined {
  const [first = ""] = given.toLowerCase().split("-");
  return (Object.keys(LOCALES) as Locale[]).find((locale) => locale === first);
}

/** The words of a language. English is always there, the others come when they are spoken. */
export async function load(locale: Locale): Promise<Words> {
  switch (locale) {
    case "de":
      return (await import("./de")).de;
    case "pseudo":
      return (await import("./pseudo")).pseudo(en);
    case "mirror":
      return (await import("./pseudo")).mirror(en);
    default:
      return en;
  }
}
