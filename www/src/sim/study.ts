/** The call that a flow and a scenario make. */
import { type Dialect, type Report, ScenarioError, type Simulation, simulate } from "patchcord/slim";
import { FLOW, SCENARIO } from "../flow/dialect";

export interface Simulated {
  /** About the scenario, expectations included. */
  reports: Report[];
  /** The call; none when the scenario is refused. */
  call: Simulation | undefined;
  /** Something that must not happen. */
  crash: string | undefined;
}

export function simulated(flow: string, scenario: string, dialect: Dialect | undefined): Simulated {
  if (flow.trim() === "") return { reports: [], call: undefined, crash: undefined };
  try {
    const given = scenario.trim() === "" ? undefined : scenario;
    const call = simulate(flow, given, { file: FLOW, scenarioFile: SCENARIO, ...(dialect ? { dialect } : {}) });
    return { reports: call.diagnostics.filter((report) => report.file === SCENARIO), call, crash: undefined };
  } catch (error) {
    if (error instanceof ScenarioError) return { reports: error.reports, call: undefined, crash: undefined };
    return { reports: [], call: undefined, crash: error instanceof Error ? error.message : String(error) };
  }
}
