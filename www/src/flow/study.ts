/** What there is to know about a flow and a scenario: problems of both, and the call. */
import { type Report, ScenarioError, type Simulation, check, simulate } from "patchcord/slim";

export const FLOW = "flow";
export const SCENARIO = "scenario";

export interface Study {
  /** About the flow. */
  flow: Report[];
  /** About the scenario, expectations included. */
  scenario: Report[];
  /** The call; none when the flow or the scenario is refused. */
  call: Simulation | undefined;
  /** Something that must not happen. */
  crash: string | undefined;
}

export const NOTHING: Study = { flow: [], scenario: [], call: undefined, crash: undefined };

/** Checks both texts and simulates the call. */
export function study(flow: string, scenario: string): Study {
  if (flow.trim() === "") {
    return NOTHING;
  }
  try {
    const reports = check(flow, { file: FLOW });
    try {
      const given = scenario.trim() === "" ? undefined : scenario;
      const call = simulate(flow, given, { file: FLOW, scenarioFile: SCENARIO });
      const about = call.diagnostics.filter((report) => report.file === SCENARIO);
      const runs = !reports.some(isError);
      return { flow: reports, scenario: about, call: runs ? call : undefined, crash: undefined };
    } catch (error) {
      if (error instanceof ScenarioError) {
        return { flow: reports, scenario: error.reports, call: undefined, crash: undefined };
      }
      throw error;
    }
  } catch (error) {
    return { ...NOTHING, crash: error instanceof Error ? error.message : String(error) };
  }
}

export const isError = (report: Report): boolean => report.severity === "error";
