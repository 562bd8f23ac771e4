import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import type { EditorView } from "@codemirror/view";
import { Positions, type Report } from "patchcord/slim";

/** Shows reports as squiggles, marks and tooltips with their remedies. */
export function show(editor: EditorView, reports: Report[]): void {
  const positions = new Positions(editor.state.doc.toString());
  const length = editor.state.doc.length;
  const diagnostics = reports.map((report): Diagnostic => {
    const { from, to } = positions.of(report);
    const notes = report.notes.map((note) => `\n${note}`).join("");
    const { fix } = report;
    return {
      from: Math.min(from, length),
      to: Math.min(Math.max(to, from), length),
      severity: report.severity,
      source: report.code,
      message: report.message + notes,
      actions: fix
        ? [
            {
              name: fix.title,
              apply(target) {
                const range = new Positions(target.state.doc.toString()).of(fix);
                target.dispatch({ changes: { ...range, insert: fix.text }, userEvent: "input.fix" });
              },
            },
          ]
        : [],
    };
  });
  editor.dispatch(setDiagnostics(editor.state, diagnostics));
}
