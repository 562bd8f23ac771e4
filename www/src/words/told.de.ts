/** Was die Engine und die Zeilen des Anrufs sagen, soweit es bekannt ist; alles andere bleibt, wie es ist. */
const KNOWN: Record<string, string> = {
  // Antworten
  rings: "klingelt",
  "sends audio": "sendet Ton",
  answers: "nimmt ab",
  "a machine answers": "ein Anrufbeantworter nimmt ab",
  busy: "besetzt",
  declines: "lehnt ab",
  "does not exist": "gibt es nicht",
  "cannot be reached": "ist nicht erreichbar",
  "does not answer": "nimmt nicht ab",
  "hangs up": "legt auf",
  // Spalten
  Caller: "Anrufer",
  "the flow": "der Ablauf",
  "web server": "Webserver",
  // Zeilen
  "183 with audio": "183 mit Ton",
  "180 ringing": "180 klingelt",
  "183 ringing": "183 klingelt",
  "200 answer": "200 abheben",
  "200 answered": "200 abgehoben",
  "hears early audio": "hört frühen Ton",
  "talk to each other": "sprechen miteinander",
  separated: "getrennt",
  "stop playing": "Wiedergabe beenden",
  "listen for speech": "auf Sprache hören",
  "who answered?": "wer hat abgenommen?",
  "transcribe live": "live mitschreiben",
  transcribe: "mitschreiben",
  adjust: "anpassen",
  "event for the client": "Ereignis für den Client",
  "hung up": "aufgelegt",
  "no reply": "keine Antwort",
  "it runs": "es läuft",
  "taken out of the queue": "aus der Warteschlange geholt",
  finished: "beendet",
  stopped: "angehalten",
};

const SHAPES: [RegExp, string][] = [
  [/^key (.)$/, "Taste $1"],
  [/^keys (.+)$/, "Tasten $1"],
  [/^pressed (.)$/, "drückte $1"],
  [/^(\d{3}) reject$/, "$1 ablehnen"],
  [/^(\d{3}) reply$/, "$1 Antwort"],
  [/^the call is (\S+)$/, "der Anruf ist $1"],
];

export function told(label: string): string {
  const known = Object.hasOwn(KNOWN, label) ? KNOWN[label] : undefined;
  if (known !== undefined) return known;
  const shape = SHAPES.find(([pattern]) => pattern.test(label));
  return shape ? label.replace(...shape) : label;
}
