import { Positions } from "patchcord/slim";
import { useMemo, useState } from "react";
import { selectGroup, selectRange } from "../flow/cursor";
import { useFlow } from "../flow/flow";
import { readonly } from "../flow/place";
import { withSurface } from "../flow/surface";
import { Sign } from "../graph/Step";
import { MARKS } from "../parts/Problems";
import { go, insert, select, spot } from "../shell/actions";
import { COMMANDS, allowed } from "../shell/commands";
import { keysOf } from "../shell/keymap";
import { shown } from "../shell/keys";
import { tell } from "../shell/live";
import { close } from "../shell/overlay";
import { change } from "../shell/settings";
import { write } from "../sim/scenario";
import { useTests } from "../sim/tests";
import { useWords } from "../words/words";
import { steps } from "./Insert";
import { type Item, Picker, rank } from "./Picker";
import { search } from "./search";

/** More items are not looked through by anybody. */
const MOST = 200;

/** What nobody does by name. */
const KEYS_ONLY = new Set(["walkDown", "walkUp", "walkRight", "walkLeft", "nothing", "palette", "extendDown", "extendUp"]);

/** Everything by its name: `!` problems, `:` lines, `/` steps by what they are, `@` scenarios and tests. */
export default function Palette({ query: first }: { query: string }) {
  const words = useWords();
  const [query, setQuery] = useState(first);
  const graph = useFlow(({ graph }) => graph);
  const reports = useFlow(({ reports }) => reports);
  const tests = useTests(({ tests }) => tests);
  const verdicts = useTests(({ verdicts }) => verdicts);
  const items = useMemo((): Item[] => {
    const then = (act: () => void) => () => {
      close();
      act();
    };
    if (query.startsWith("!")) {
      return reports
        .filter((report) => rank(report.message, query.slice(1).trim()) !== undefined)
        .map((report, index) => ({
          id: `problem ${index}`,
          title: report.message,
          hint: `${report.line}:${report.column}`,
          sign: <span className={`badge ${report.severity}`}>{MARKS[report.severity]}</span>,
          run: then(() => go(report)),
        }));
    }
    if (query.startsWith(":")) {
      const [line = NaN, column = 1] = query.slice(1).split(":").map((part) => Number.parseInt(part, 10));
      if (!Number.isFinite(line)) return [];
      const run = then(() => {
        const at = new Positions(useFlow.getState().text).offset(line, Number.isFinite(column) ? column : 1);
        change({ sideTab: "text", pane: "side" });
        selectRange({ from: at, to: at }, "palette");
        withSurface((surface) => surface.focus());
      });
      return [{ id: "line", title: words.goTo(line), run }];
    }
    if (query.startsWith("@")) {
      const wanted = query.slice(1).trim();
      const kept = tests
        .filter(({ name }) => rank(name, wanted) !== undefined)
        .map(({ id, name, text }): Item => {
          const verdict = verdicts.get(id);
          return {
            id: `test ${id}`,
            title: name,
            group: words.testsTab,
            detail: words.told(verdict?.outcome ?? ""),
            hint: verdict === undefined ? "" : verdict.wrong.length > 0 ? `✗ ${words.fails}` : `✓ ${words.passes}`,
            run: then(() => {
              write(text);
              change({ dockOpen: true, dockTab: "call", pane: "dock" });
              tell(words.nowPlays(name));
            }),
          };
        });
      const own = rank(words.theScenario, wanted) === undefined ? [] : [{ id: "scenario", group: words.scenario, title: words.theScenario, run: then(() => change({ dockOpen: true, dockTab: "scenario", pane: "dock" })) }];
      return [...own, ...kept];
    }
    if (query.startsWith("/")) {
      return search(query.slice(1))
        .slice(0, MOST)
        .map((node) => ({
          id: node.id,
          title: node.verb,
          detail: node.summary,
          hint: words.line(node.line),
          sign: <Sign kind={node.category} />,
          run: then(() => select(node.id)),
        }));
    }
    const commands = COMMANDS.filter((command) => !KEYS_ONLY.has(command.id) && allowed(command))
      .map((command) => ({ command, how: rank(command.title(words), query) }))
      .filter(({ how }) => how !== undefined)
      .sort((a, b) => (a.how ?? 0) - (b.how ?? 0))
      .map(({ command }): Item => ({
        id: command.id,
        group: words.commands,
        title: command.title(words),
        hint: shown(keysOf(command)[0] ?? ""),
        run: then(command.run),
      }));
    const sections = (graph?.groups ?? [])
      .filter((group) => rank(group.name, query) !== undefined)
      .map((group): Item => ({ id: `section ${group.name}`, group: words.sections, title: group.name, run: then(() => selectGroup(group.name, "palette")) }));
    const verbs = readonly() ? [] : steps(
      query,
      (word) => {
        close();
        const where = spot();
        if (where) insert(where, word.example, word.name);
      },
      words,
    ).map((item) => ({ ...item, group: words.addStep }));
    return (query === "" ? [...commands, ...sections, ...verbs] : [...sections, ...verbs.slice(0, 8), ...commands]).slice(0, MOST);
  }, [query, graph, reports, tests, verdicts, words]);
  return (
    <Picker
      label={query.startsWith("/") ? words.search : words.palette}
      placeholder={words.paletteHint}
      query={query}
      onQuery={setQuery}
      items={items}
      foot={
        <>
          <span>
            <kbd>!</kbd> {words.problemsTab}
          </span>
          <span>
            <kbd>:</kbd> {words.lineNumber}
          </span>
          <span>
            <kbd>@</kbd> {words.scenarios}
          </span>
          <span>
            <kbd>/</kbd> {words.steps} <code>verb:</code> <code>section:</code> <code>is:error</code> <code>is:unreachable</code>
          </span>
        </>
      }
    />
  );
}
