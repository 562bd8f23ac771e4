import type { Report } from "patchcord/slim";
import { useWords } from "../words/words";

interface Props {
  reports: Report[];
  onGo(report: Report): void;
  /** Where nothing may be mended, there is none. */
  onFix: ((report: Report) => void) | undefined;
}

export const MARKS = { error: "●", warning: "▲", hint: "◆" } as const;

/** Every problem of both texts, each with its place and perhaps its remedy. */
export function Problems({ reports, onGo, onFix }: Props) {
  const words = useWords();
  if (reports.length === 0) return <p className="nothing">✓ {words.noProblems}</p>;
  return (
    <ul className="problems" aria-label={words.problemsTab}>
      {reports.map((report, index) => (
        <li key={`${report.file} ${report.line} ${report.column} ${report.code} ${index}`} className={report.severity}>
          <button type="button" className="problem" onClick={() => onGo(report)}>
            <span className="mark" aria-hidden="true">
              {MARKS[report.severity]}
            </span>
            <span className="unseen">{words.severity(report.severity)}: </span>
            <span className="what">
              {report.message}
              {report.notes.map((note) => (
                <small key={note}>{note}</small>
              ))}
            </span>
            <code>{report.vendor ?? report.code}</code>
            <span className="where">
              {report.file === "scenario" ? `${words.scenario} ` : ""}
              {report.line}:{report.column}
            </span>
          </button>
          {report.fix && onFix && (
            <button type="button" className="fix" onClick={() => onFix(report)}>
              {report.fix.title}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
