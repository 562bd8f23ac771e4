/** The words of the page, in the language that was chosen. */
import { create } from "zustand";
import { type Words, en } from "./en";
import { type Locale, load } from "./locale";

const useStore = create<{ words: Words }>(() => ({ words: en }));

/** For components: they show the new words when the language changes. */
export const useWords = (): Words => useStore(({ words }) => words);

/** For everything else. */
export const words = (): Words => useStore.getState().words;

export async function speak(locale: Locale): Promise<void> {
  const words = await load(locale);
  useStore.setState({ words });
  document.documentElement.lang = locale === "pseudo" ? "en" : locale;
}
