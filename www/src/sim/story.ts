/** What a session was told, so that another engine can be told the same. */
import { type Dialect, type Fact, Session, type SessionStatus } from "patchcord/slim";

type Line =
  | { told: "answer"; fact: Fact; after: number; /** Where the session stood. */ at: SessionStatus }
  | { told: "text"; text: string };

export interface Answer {
  t: number;
  after: number;
  fact: Fact;
}

export class Story {
  #text: string;
  readonly #scenario: string;
  readonly #dialect: Dialect | undefined;
  #lines: Line[] = [];

  constructor(text: string, scenario: string, dialect: Dialect | undefined) {
    this.#text = text;
    this.#scenario = scenario;
    this.#dialect = dialect;
  }

  /** A session that nothing was told yet. */
  begin(): Session {
    return new Session(this.#text, { ...(this.#dialect ? { dialect: this.#dialect } : {}), ...(this.#scenario.trim() === "" ? {} : { scenario: this.#scenario }) });
  }

  answered(at: SessionStatus, fact: Fact, after: number): void {
    this.#lines.push({ told: "answer", fact, after, at });
  }

  /** Another text; only the latest between two answers matters. */
  changed(text: string): void {
    if (this.#lines.length === 0) this.#text = text;
    else if (this.#lines.at(-1)?.told === "text") this.#lines[this.#lines.length - 1] = { told: "text", text };
    else this.#lines.push({ told: "text", text });
  }

  get answers(): Answer[] {
    return this.#lines.flatMap((line) => (line.told === "answer" ? [{ t: line.at.t, after: line.after, fact: line.fact }] : []));
  }

  /** Tells all of it to a new session, and brings it to where the old one was. */
  retell(to: SessionStatus | undefined): Session {
    const session = this.begin();
    for (const line of this.#lines) {
      if (line.told === "text") session.reload(line.text);
      else {
        go(session, line.at);
        session.answer(line.fact, line.after);
      }
    }
    if (to) go(session, to);
    return session;
  }
}

/** To where a session stood: on its branch, after its events, at its time. */
function go(session: Session, { branch, position, length, t }: SessionStatus): void {
  if (session.status.branch !== branch) session.switch(branch);
  while (session.status.length < length && session.step());
  if (position < length) session.jump(position);
  else if (session.status.t < t) session.runUntil({ time: t });
}
