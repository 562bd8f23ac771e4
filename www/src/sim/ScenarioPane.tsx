import { useWords } from "../words/words";
import Scenario from "../editor/Scenario";
import { useScenario, write } from "./scenario";

export default function ScenarioPane() {
  const words = useWords();
  const { text, reports } = useScenario();
  return (
    <div className="scenario">
      <p className="nothing">{words.scenarioHint}</p>
      <Scenario label={words.scenario} text={text} onChange={write} reports={reports} />
    </div>
  );
}
