import { type CompletionSource, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, historyKeymap, indentWithTab } from "@codemirror/commands";
import { jsonLanguage } from "@codemirror/lang-json";
import { autoCloseTags, xmlLanguage } from "@codemirror/lang-xml";
import { yamlLanguage } from "@codemirror/lang-yaml";
import { HighlightStyle, bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  tooltips,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Syntax } from "../flow/dialect";
import { search } from "./search";

/** The language, which follows the text. */
export const language = new Compartment();

export const languages: Record<Syntax, Extension> = { json: jsonLanguage, yaml: yamlLanguage, xml: [xmlLanguage, autoCloseTags] };

const style = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName), tags.tagName], color: "var(--code-key)" },
  { tag: [tags.string, tags.attributeValue, tags.special(tags.string)], color: "var(--code-text)" },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword, tags.atom], color: "var(--code-value)" },
  { tag: tags.attributeName, color: "var(--code-name)" },
  { tag: [tags.comment, tags.meta, tags.processingInstruction], color: "var(--code-comment)" },
  { tag: [tags.punctuation, tags.bracket, tags.angleBracket, tags.separator], color: "var(--soft)" },
]);

/** Colours of the languages. */
export const colours: Extension = syntaxHighlighting(style);

/**
 * Line ends stay what they are: only \n separates lines, so a \r is part of its line, and new lines of
 * a document that has them get one.
 */
export const exactLines: Extension = [
  EditorState.lineSeparator.of("\n"),
  EditorState.transactionFilter.of((transaction) => {
    if (!transaction.docChanged || !transaction.isUserEvent("input") || transaction.isUserEvent("input.edit")) return transaction;
    const first = transaction.startState.doc.line(1);
    if (transaction.startState.doc.lines < 2 || !first.text.endsWith("\r")) return transaction;
    const changes: { from: number; to: number; insert: string }[] = [];
    let needed = false;
    transaction.changes.iterChanges((from, to, _fromB, _toB, inserted) => {
      const text = inserted.toString();
      const exact = text.replace(/\r?\n/g, "\r\n");
      needed ||= exact !== text;
      changes.push({ from, to, insert: exact });
    });
    return needed ? [{ changes, userEvent: "input.exact", scrollIntoView: true }] : transaction;
  }),
];

/** Whether it may be changed. */
export const locking = new Compartment();

/** A text that may only be read still takes the keyboard, to be walked through and copied. */
export const locked = (readonly: boolean): Extension =>
  readonly ? [EditorState.readOnly.of(true), EditorView.editable.of(false), EditorView.contentAttributes.of({ role: "textbox", "aria-readonly": "true", "aria-multiline": "true" })] : [];

/** Everything but language, history, diagnostics and marks. */
export function setup(label: string, source?: CompletionSource): Extension {
  return [
    lineNumbers(),
    foldGutter(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    drawSelection(),
    indentOnInput(),
    indentUnit.of("  "),
    EditorState.tabSize.of(2),
    bracketMatching(),
    closeBrackets(),
    autocompletion(source ? { override: [source] } : {}),
    tooltips({ position: "fixed" }),
    search,
    colours,
    EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...completionKeymap,
      // Escape, then Tab, leaves the editor.
      indentWithTab,
    ]),
  ];
}
