/** The words of the page, in the language that was chosen. */
import { create } from "zustand";
import { type Words, en } from "./en";
import { type Locale, fromRight, load, tag } from "./locale";

const useStore = create<{ words: Words }>(() => ({ words: en }));

/** For components: they show the new words when the language changes. */
export const useWords = (): Words => useStore(({ words }) => words);

/** For everything else. */
export const words = (): Words => useStore.getState().words;

/** Whether the page is written from right to left: arrows mean the other way. */
export const turned = (): boolean => document.documentElement.dir === "rtl";

let wanted: Locale = "en";

export async function speak(locale: Locale): Promise<void> {
  wanted = locale;
  const words = await load(locale).catch(() => en);
  // Another one may have been chosen in the meantime.
  if (wanted !== locale) return;
  useStore.setState({ words });
  document.documentElement.lang = tag(locale);
  document.documentElement.dir = fromRight(locale) ? "rtl" : "ltr";
}
