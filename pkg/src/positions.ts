import type { Fix, Place, Report } from "./types.js";

/** A range of UTF-16 units, as JavaScript strings, editors and the DOM count. */
export interface Range {
  from: number;
  to: number;
}

/** Translates the places in reports and traces into offsets of a JavaScript string. */
export class Positions {
  readonly #text: string;
  readonly #lines: number[] = [0];

  constructor(text: string) {
    this.#text = text;
    for (let at = 0; at < text.length; at += 1) {
      const unit = text[at];
      if (unit === "\n" || (unit === "\r" && text[at + 1] !== "\n")) {
        this.#lines.push(at + 1);
      }
    }
  }

  /** Where a line and column (from 1, in characters) are. */
  offset(line: number, column: number): number {
    let at = this.#lines[line - 1] ?? this.#text.length;
    const end = this.#lines[line] ?? this.#text.length;
    for (let left = column - 1; left > 0 && at < end; left -= 1) {
      at += (this.#text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    }
    return at;
  }

  /** Where a report or fix points. */
  of(report: Report | Fix): Range {
    return {
      from: this.offset(report.line, report.column),
      to: this.offset(report.end_line, report.end_column),
    };
  }

  /** Where the place of a trace entry is, if it is in this text. */
  ofPlace(place: Place): Range {
    const from = this.offset(place.line, place.column);
    let bytes = place.end - place.start;
    let to = from;
    while (bytes > 0 && to < this.#text.length) {
      const point = this.#text.codePointAt(to) ?? 0;
      bytes -= point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      to += point > 0xffff ? 2 : 1;
    }
    return { from, to };
  }
}

/** The text with a fix applied. */
export function applyFix(text: string, fix: Fix): string {
  const { from, to } = new Positions(text).of(fix);
  return text.slice(0, from) + fix.text + text.slice(to);
}
