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
  "presses keys": "drückt Tasten",
  says: "sagt",
  "is not understood": "wird nicht verstanden",
  "does nothing": "tut nichts",
  "hangs up": "legt auf",
  replies: "antwortet",
  "does not know it": "kennt es nicht",
  "is broken": "ist kaputt",
  "replies nonsense": "antwortet Unsinn",
  "is not there": "ist nicht da",
  "does not reply in time": "antwortet nicht rechtzeitig",
  "comes to its end": "kommt ans Ende",
  "cannot be played": "lässt sich nicht abspielen",
  "is recorded": "wird aufgenommen",
  "nobody says anything": "niemand sagt etwas",
  "somebody takes the call": "jemand nimmt den Anruf an",
  "the talk is over": "das Gespräch ist vorbei",
  "is over": "ist vorbei",
  "calls the other": "ruft den anderen an",
  "cannot call the other": "kann den anderen nicht anrufen",
  "is done": "ist erledigt",
  fails: "scheitert",
  "goes on": "geht weiter",
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
  denoise: "Rauschen mindern",
  echo: "Echo",
  "transcribe live": "live mitschreiben",
  transcribe: "mitschreiben",
  adjust: "anpassen",
  "event for the client": "Ereignis für den Client",
  "hung up": "aufgelegt",
  "no reply": "keine Antwort",
  "it runs": "es läuft",
  "taken out of the queue": "aus der Warteschlange geholt",
  "the transcript is there": "die Mitschrift ist da",
  "a result": "ein Ergebnis",
  finished: "beendet",
  stopped: "angehalten",
  failed: "gescheitert",
  "no input": "keine Eingabe",
  unsupported: "wird hier nicht unterstützt",
  // Ausgänge, und was ohne Verbindung auf sie folgt
  answered: "abgenommen",
  recorded: "aufgenommen",
  returned: "zurückgekehrt",
  screening: "Prüfung",
  "a person": "ein Mensch",
  "a machine": "ein Gerät",
  "its tone": "sein Ton",
  "machine is silent": "Gerät schweigt",
  "nobody speaks": "niemand spricht",
  "the call ends": "der Anruf endet",
  "the section comes back to where it was called": "der Abschnitt kehrt dorthin zurück, wo er aufgerufen wurde",
  "the step goes on": "der Schritt geht weiter",
  // Wie ein Anruf endet, und warum
  completed: "abgeschlossen",
  rejected: "abgewiesen",
  abandoned: "aufgegeben",
  "not wanted": "nicht mehr gewollt",
  declined: "abgelehnt",
  decline: "abgelehnt",
  "time limit": "Zeitgrenze",
  error: "Fehler",
  "no answer": "keine Antwort",
  cancel: "abgebrochen",
  "not found": "nicht gefunden",
  // Was gehört wurde
  human: "ein Mensch",
  machine: "ein Anrufbeantworter",
  fax: "ein Fax",
  unknown: "etwas Unbekanntes",
  ready: "bereit",
  "not-ready": "nicht bereit",
  // Bemerkungen
  begins: "beginnt",
  accepted: "angenommen",
  "the flow goes on behind the switch": "der Ablauf geht hinter dem switch weiter",
  "this call runs what follows the queue, then goes on": "dieser Anruf führt aus, was auf die Warteschlange folgt, und geht dann weiter",
  "the ring limit is reached": "es hat lange genug geklingelt",
  "the talk limit is reached": "es wurde lange genug gesprochen",
  "the call reached its time limit": "der Anruf hat seine Zeitgrenze erreicht",
  "the caller ends the talk with *": "der Anrufer beendet das Gespräch mit *",
  "it answered, but is not wanted any more": "es wurde abgenommen, ist aber nicht mehr gewollt",
  "hung up while it was screened: declined": "bei der Prüfung aufgelegt: abgelehnt",
  "it took too long": "es dauerte zu lange",
  "the screening document dials": "das Dokument der Prüfung wählt",
  "the end of a clip that nobody waits for any more": "das Ende eines Clips, auf den niemand mehr wartet",
  "a reply that nobody waits for any more": "eine Antwort, auf die niemand mehr wartet",
  "news of something that is over": "Nachricht von etwas, das vorbei ist",
  "an empty destination is not dialled": "ein leeres Ziel wird nicht gewählt",
  "nobody is dialled while a callee is screened: declined": "während einer Prüfung wird niemand gewählt: abgelehnt",
  "the host never said that everything it was told to do is over": "der Host hat nie gesagt, dass alles vorbei ist, was ihm aufgetragen war",
  "the reply is empty: the call ends": "die Antwort ist leer: der Anruf endet",
};

/** Wovon eine Bemerkung ist. Was dahinter steht, ist bei den ersten ein Satz der Engine, bei den anderen vom Ablauf. */
const SENTENCES: Record<string, string> = {
  absorbed: "ohne Wirkung",
  assumed: "angenommen",
  limit: "Grenze",
  problem: "Problem",
  race: "Wettlauf",
  screening: "Prüfung",
  skipped: "übersprungen",
  star: "Stern",
};
const VALUES: Record<string, string> = {
  collected: "Eingabe",
  diagnostic: "Meldung",
  outcome: "Ergebnis",
  set: "gesetzt",
  step: "Schritt",
};

type Shape = [pattern: RegExp, german: (...parts: string[]) => string];

/** Mit veränderlichen Teilen: was auf ein Muster passt, steht auf Deutsch um dieselben Teile. */
const SHAPES: Shape[] = [
  [/^falls through to (.+)$/, (step) => `weiter mit ${step}`],
  [/^asks (.+)$/, (server) => `fragt ${server}`],
  [/^key (.)$/, (key) => `Taste ${key}`],
  [/^keys (.+)$/, (keys) => `Tasten ${keys}`],
  [/^pressed (.)$/, (key) => `drückte ${key}`],
  [/^(\d{3}) reject$/, (status) => `${status} abweisen`],
  [/^(\d{3}) reply$/, (status) => `${status} Antwort`],
  [/^(\d{3}) ringing$/, (status) => `${status} klingelt`],
  [/^(\d{3}) with audio$/, (status) => `${status} mit Ton`],
  [/^(\d{3}), then (\d{3})$/, (status, notify) => `${status}, dann ${notify}`],
  [/^the call is (\S+)$/, (outcome) => `der Anruf ist ${told(outcome)}`],
  [/^BYE, (.+)$/, (why) => `BYE, ${told(why)}`],
  [/^over: (.+)$/, (why) => `vorbei: ${told(why)}`],
  [/^say (“[^]*”)$/, (text) => `sagen: ${text}`],
  [/^play ([^]+)$/, (path) => `abspielen: ${path}`],
  [/^silence ([\d.]+) s$/, (seconds) => `Stille, ${comma(seconds)} s`],
  [/^ringing tone \((.*)\)$/, (country) => `Rufton (${country})`],
  [/^record (\S+)$/, (format) => `aufnehmen als ${format}`],
  [/^recorded ([\d.]+) s$/, (seconds) => `${comma(seconds)} s aufgenommen`],
  [/^tap to (.+)$/, (to) => `mithören lassen: ${to}`],
  [/^stream to (.+)$/, (to) => `übertragen an ${to}`],
  [/^queue (.+)$/, (name) => `Warteschlange ${name}`],
  [/^join (.+)$/, (name) => `beitreten: ${name}`],
  [/^extension (.+)$/, (name) => `Erweiterung ${name}`],
  [/^number (\d+) of (\d+)$/, (position, size) => `Nummer ${position} von ${size}`],
  [/^it is (\S+), beep$/, (what) => `es ist ${told(what)}, Signalton`],
  [/^it is (\S+)$/, (what) => `es ist ${told(what)}`],
  [/^(human|machine|fax|unknown) is heard$/, (what) => `${told(what)} ist zu hören`],
  // Bemerkungen
  [/^declined: (.+)$/, (why) => `abgelehnt: ${told(why)}`],
  [/^(`.+`) was jumped to (\d+) times$/, (label, times) => `zu ${label} wurde ${times}-mal gesprungen`],
  [/^(`.+`) needs an answered call$/, (step) => `${step} braucht einen Anruf, der angenommen ist`],
  [/^(`.+`) needs an unanswered call$/, (step) => `${step} braucht einen Anruf, der noch nicht angenommen ist`],
  [/^(`.+`) took long enough$/, (step) => `${step} dauerte lange genug`],
  [/^(`.+`) is over and nothing follows it: the call ends$/, (step) => `${step} ist vorbei, und nichts folgt: der Anruf endet`],
  [/^no (`.+`) runs that could be stopped$/, (step) => `es läuft kein ${step}, das angehalten werden könnte`],
  [/^more than (\d+) legs in one call: not dialled$/, (legs) => `mehr als ${legs} Teilnehmer in einem Anruf: nicht gewählt`],
  [/^leg (\S+) ended again$/, (leg) => `${leg} endete noch einmal`],
  [/^leg (\S+) rings, and is not being dialled$/, (leg) => `${leg} klingelt und wird gar nicht gewählt`],
  [/^leg (\S+) answers, and is not being dialled$/, (leg) => `${leg} nimmt ab und wird gar nicht gewählt`],
  [/^leg (\S+) fails, and is not being dialled$/, (leg) => `${leg} scheitert und wird gar nicht gewählt`],
  [/^key (.) of leg (\S+): nothing listens for it$/, (key, leg) => `Taste ${key} von ${leg}: nichts hört auf sie`],
  [/^key (.): no keys are wanted$/, (key) => `Taste ${key}: Tasten sind nicht gefragt`],
  [/^key (.): nobody listens while the prompt plays$/, (key) => `Taste ${key}: während der Ansage hört niemand zu`],
  [/^the message provider replied with HTTP status (\d+)$/, (status) => `der Dienst für Nachrichten antwortete mit HTTP-Status ${status}`],
  [/^no usable reply \(([^]*)\): the next instruction runs$/, (why) => `keine brauchbare Antwort (${why}): es geht mit dem nächsten Schritt weiter`],
  [/^the reply is not JSON: ([^]*)$/, (why) => `die Antwort ist kein JSON: ${why}`],
  [/^the flow's document: ([^]*): the fallback is asked$/, (why) => `das Dokument des Ablaufs: ${why}: der Ersatz wird gefragt`],
  [/^(`.+`) is dropped: a reply while screening may hold (.+)$/, (step, keeps) => `${step} fällt weg: bei einer Prüfung darf eine Antwort ${keeps} enthalten`],
];

const comma = (number: string) => number.replace(".", ",");

export function told(label: string): string {
  const known = own(KNOWN, label);
  if (known !== undefined) return known;
  const [, name = "", text = ""] = /^([a-z]+): ([^]*)$/.exec(label) ?? [];
  const sentence = own(SENTENCES, name);
  if (sentence !== undefined) return `${sentence}: ${told(text)}`;
  const value = own(VALUES, name);
  if (value !== undefined) return `${value}: ${text}`;
  for (const [pattern, german] of SHAPES) {
    const parts = pattern.exec(label);
    if (parts) return german(...parts.slice(1));
  }
  return label;
}

const own = (words: Record<string, string>, word: string) => (Object.hasOwn(words, word) ? words[word] : undefined);
