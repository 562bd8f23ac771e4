import type { WordOfStep } from "patchcord/slim";
import { useMemo, useState } from "react";
import { words as vocabulary } from "../flow/vocabulary";
import { Sign } from "../graph/Step";
import { CATEGORIES } from "../graph/kind";
import { insert } from "../shell/actions";
import { type Spot, close } from "../shell/overlay";
import { useWords } from "../words/words";
import { type Item, Picker, rank } from "./Picker";

/** Every step of the dialect, with as little in it as it needs. */
export function steps(query: string, onPick: (word: WordOfStep) => void, words: ReturnType<typeof useWords>): Item[] {
  const found: { item: Item; rank: number; order: number }[] = [];
  (vocabulary()?.steps ?? []).forEach((word, order) => {
    const how = rank(word.name, query) ?? (query !== "" && rank(words.category(word.category), query) === 0 ? 4 : undefined);
    if (how === undefined) return;
    found.push({
      rank: how,
      order: CATEGORIES.indexOf(word.category) * 1_000 + order,
      item: {
        id: `step ${word.name}`,
        title: word.name,
        detail: word.runs === "engine" ? (word.says ?? described(word, words)) : words.runsNot(word.runs),
        sign: <Sign kind={word.category} />,
        dim: word.runs !== "engine",
        ...(query === "" ? { group: words.category(word.category) } : {}),
        run: () => onPick(word),
      },
    });
  });
  found.sort((a, b) => a.rank - b.rank || a.order - b.order);
  return found.map(({ item }) => item);
}

function described(word: WordOfStep, words: ReturnType<typeof useWords>): string {
  const required = word.parameters.filter(({ required }) => required).map(({ name }) => name);
  const outcomes = word.outcomes.filter(({ aside }) => !aside).map(({ label }) => label);
  return [required.join(", "), outcomes.length > 0 ? words.outcomes(outcomes.join(", ")) : ""].filter(Boolean).join(" · ");
}

export default function Insert({ spot }: { spot: Spot }) {
  const words = useWords();
  const [query, setQuery] = useState("");
  const items = useMemo(
    () =>
      steps(
        query,
        (word) => {
          close();
          insert(spot, word.example, word.name);
        },
        words,
      ),
    [query, spot, words],
  );
  return <Picker label={words.addStep} placeholder={words.whichStep} query={query} onQuery={setQuery} items={items} />;
}
