import { useEffect } from "react";
import { selectNode } from "../flow/cursor";
import { useFlow } from "../flow/flow";
import { save } from "../shell/files";
import { tell } from "../shell/live";
import { change } from "../shell/settings";
import { useWords } from "../words/words";
import { clock } from "./rows";
import { write } from "./scenario";
import { generate, remove, rename, runAll, showCoverage, useTests } from "./tests";

/** The kept scenarios in a table: what each came to, and what all of them go through. */
export default function Tests() {
  const words = useWords();
  const { tests, verdicts, coverage, shown, bounded } = useTests();
  const reports = useFlow(({ reports }) => reports);
  useEffect(runAll, [reports]);
  const failed = tests.filter(({ id }) => (verdicts.get(id)?.wrong.length ?? 0) > 0).length;
  const untried = coverage?.nodes.flatMap(({ id, ports }) => ports.filter(({ count }) => count === 0).map(({ label }) => ({ id, label }))) ?? [];
  return (
    <div className="tests">
      <div className="controls" role="toolbar" aria-label={words.testsTab}>
        <button
          type="button"
          className="main"
          disabled={!coverage}
          onClick={() => {
            const count = generate();
            tell(words.testsMade(count));
          }}
        >
          {words.makeTests}
        </button>
        <label className="check">
          <input type="checkbox" checked={shown} onChange={(event) => showCoverage(event.currentTarget.checked)} /> {words.showCoverage}
        </label>
        <span className="outcome" role="status">
          {tests.length > 0 && (failed > 0 ? <span className="bad">{words.testsFail(failed, tests.length)}</span> : <span className="good">{words.testsPass(tests.length)}</span>)}
          {coverage && ` · ${words.coverageIs(Math.round(coverage.percent), coverage.outcomes.covered, coverage.outcomes.total)}`}
          {bounded && ` · ${words.notAllWays}`}
        </span>
      </div>
      {tests.length === 0 ? (
        <p className="nothing">{words.noTests}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{words.result}</th>
              <th scope="col">{words.nameOfTest}</th>
              <th scope="col">{words.outcome}</th>
              <th scope="col">{words.lasts}</th>
              <th scope="col">
                <span className="unseen">{words.actions}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {tests.map((test) => {
              const verdict = verdicts.get(test.id);
              const [first] = verdict?.wrong ?? [];
              return (
                <tr key={test.id}>
                  <td>{verdict && (first ? <span className="bad">✗ {words.fails}</span> : <span className="good">✓ {words.passes}</span>)}</td>
                  <td>
                    <input aria-label={words.nameOfTest} value={test.name} onChange={(event) => rename(test.id, event.currentTarget.value)} />
                    {first && <small className="bad">{`${first.line}:${first.column} ${first.message}`}</small>}
                  </td>
                  <td>{verdict?.outcome === undefined ? undefined : words.told(verdict.outcome)}</td>
                  <td className="number">{verdict && clock(verdict.t)}</td>
                  <td className="acts">
                    <button
                      type="button"
                      onClick={() => {
                        write(test.text);
                        change({ dockTab: "call" });
                      }}
                    >
                      {words.playCall}
                    </button>
                    <button type="button" onClick={() => save(`${test.name.replace(/[^\w-]+/g, "-")}.scenario.yaml`, test.text)}>
                      {words.save}
                    </button>
                    <button type="button" aria-label={words.removeTest(test.name)} onClick={() => remove(test.id)}>
                      ×
                    </button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {untried.length > 0 && tests.length > 0 && (
        <section className="untried" aria-label={words.untried}>
          <h2>{words.untried}</h2>
          <ul>
            {untried.map(({ id, label }) => (
              <li key={`${id} ${label}`}>
                <button type="button" className="plain" onClick={() => selectNode(id, "call")}>
                  {id} · {label}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
