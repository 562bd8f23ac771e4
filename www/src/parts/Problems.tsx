import type { Report } from "patchcord/slim";

interface Props {
  reports: Report[];
  onGo(report: Report): void;
  onFix(report: Report): void;
}

const MARKS = { error: "●", warning: "▲", hint: "◆" };

/** Every problem of both texts, each with its place and perhaps its remedy. */
export function Problems({ reports, onGo, onFix }: Props) {
  const count = (severity: string) => reports.filter((report) => report.severity === severity).length;
  const errors = count("error");
  const warnings = count("warning");
  return (
    <section className="problems" aria-label="Problems">
      <h2>
        Problems
        <span className="counts" role="status">
          {reports.length === 0
            ? "none"
            : [errors && `${errors} error${errors > 1 ? "s" : ""}`, warnings && `${warnings} warning${warnings > 1 ? "s" : ""}`]
                .filter(Boolean)
                .join(", ") || `${reports.length}`}
        </span>
      </h2>
      {reports.length > 0 && (
        <ul tabIndex={-1}>
          {reports.map((report, index) => (
            <li key={`${report.file} ${report.line} ${report.column} ${report.code} ${index}`} className={report.severity}>
              <button type="button" className="problem" onClick={() => onGo(report)}>
                <span className="mark" aria-hidden="true">
                  {MARKS[report.severity]}
                </span>
                <span className="unseen">{report.severity}: </span>
                <span className="what">
                  {report.message}
                  {report.notes.map((note) => (
                    <small key={note}>{note}</small>
                  ))}
                </span>
                <span className="where">
                  {report.file === "scenario" ? "scenario " : ""}
                  {report.line}:{report.column}
                </span>
              </button>
              {report.fix && (
                <button type="button" className="fix" onClick={() => onFix(report)}>
                  {report.fix.title}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
