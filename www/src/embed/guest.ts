/** The page's side of being embedded: it follows the orders of its element, and tells it the news. */
import type { Range } from "patchcord/slim";
import { useCursor } from "../flow/cursor";
import { opened, useFlow } from "../flow/flow";
import { remember } from "../flow/memory";
import { embedder, useAccess, viewer } from "../flow/place";
import { withSurface } from "../flow/surface";
import { tell } from "../shell/live";
import { change } from "../shell/settings";
import { useCall } from "../sim/call";
import { useScenario, write as writeScenario } from "../sim/scenario";
import { spoken } from "../words/locale";
import { words } from "../words/words";
import { type Manner, type News, type Order, type Selected, addressee, pack, unpack } from "./protocol";

/** What the element has of the document: only what differs from it is news. */
let known = "";

function send(news: News): void {
  if (embedder !== undefined) window.parent.postMessage(pack(news), addressee(embedder));
}

/** Asks for the document. Done when it is there. */
export function attend(): Promise<void> {
  return new Promise((begun) => {
    window.addEventListener("message", ({ source, origin, data }) => {
      if (source !== window.parent || origin !== embedder) return;
      const order = unpack<Order>(data);
      if (!order) return;
      follow(order);
      if (order.kind === "begin") begun();
    });
    send({ kind: "hello" });
  });
}

function follow(order: Order): void {
  switch (order.kind) {
    case "begin":
      behave(order);
      known = order.text;
      opened(order.text, order.name);
      remember("opened", order.text);
      writeScenario(order.scenario);
      tellNews();
      break;
    case "text":
      known = order.text;
      opened(order.text, order.name);
      remember("opened", order.text);
      if (!viewer) withSurface((surface) => surface.open(order.text));
      break;
    case "scenario":
      writeScenario(order.text);
      break;
    case "manner":
      behave(order);
      break;
    case "unfetched":
      tell(words().unfetched(order.address, order.why), "trouble");
      break;
  }
}

function behave({ theme, lang, readonly }: Manner): void {
  const locale = spoken(lang) ?? "en";
  change({ theme, locale, ...(readonly ? { sideTab: "text" } : {}) });
  useAccess.setState({ readonly: readonly || viewer });
}

/** From now on the element hears what happens. */
function tellNews(): void {
  useFlow.subscribe(({ text, ready, reports }, before) => {
    if (text !== before.text && text !== known) {
      known = text;
      send({ kind: "change", detail: { value: text } });
    }
    if (reports !== before.reports) diagnose();
    if (ready && !before.ready) send({ kind: "ready" });
  });
  useScenario.subscribe(({ reports }, before) => {
    // Nothing wrong before, nothing wrong now: that is no news.
    if (reports !== before.reports && reports.length + before.reports.length > 0) diagnose();
  });
  let last = "{}";
  useCursor.subscribe(({ node, range }) => {
    const detail = selected(node, range);
    // The same step twice is no news.
    const now = JSON.stringify(detail);
    if (now === last) return;
    last = now;
    send({ kind: "select", detail });
  });
  useCall.subscribe(({ status }, before) => {
    if (!status || status === before.status) return;
    const { t, position, length, ended, outcome } = status;
    send({ kind: "simulate", detail: { t, position, length, ended, ...(outcome === undefined ? {} : { outcome }) } });
  });
}

function selected(id: string | undefined, range: Range | undefined): Selected {
  const { graph, text } = useFlow.getState();
  const node = graph?.nodes.find((node) => node.id === id);
  if (node) return { node: node.id, range: node.range, line: node.line };
  return range === undefined ? {} : { range, line: text.slice(0, range.from).split("\n").length };
}

function diagnose(): void {
  if (!useFlow.getState().ready) return;
  const reports = [...useFlow.getState().reports, ...useScenario.getState().reports];
  const count = (severity: string) => reports.filter((report) => report.severity === severity).length;
  send({ kind: "diagnostics", detail: { reports, errors: count("error"), warnings: count("warning"), hints: count("hint") } });
}
