// Compiled, never run: the same package from CommonJS.
import patchcord = require("patchcord");

const reports: patchcord.Report[] = patchcord.check("[]");
const engine: patchcord.Engine = new patchcord.Engine();
void [reports, engine];
