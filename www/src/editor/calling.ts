/** The call in the text: where it stops, where it is, and what its variables hold, beside the lines that set or use them. */
import { RangeSet, RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, GutterMarker, ViewPlugin, type ViewUpdate, WidgetType, gutter } from "@codemirror/view";
import { nodeOnLine } from "../flow/cursor";
import { useFlow } from "../flow/flow";
import { tell } from "../shell/live";
import { toggle, useBreakpoints } from "../sim/breakpoints";
import { useCall } from "../sim/call";
import { words } from "../words/words";
import { type Values, now, used, wherePut } from "./values";

/** Offsets of steps. */
interface Calling {
  stops: number[];
  here: number | undefined;
  values: Values;
}

const NOTHING: Calling = { stops: [], here: undefined, values: { at: new Map(), all: {} } };

const told = StateEffect.define<Calling>();

class Mark extends GutterMarker {
  constructor(readonly stops: boolean, readonly here: boolean) {
    super();
  }
  override eq(other: Mark): boolean {
    return this.stops === other.stops && this.here === other.here;
  }
  override toDOM(): Node {
    const place = document.createElement("span");
    const sign = (name: string, letter: string, title: string) => {
      const mark = place.appendChild(document.createElement("span"));
      mark.className = name;
      mark.textContent = letter;
      mark.title = title;
    };
    if (this.stops) sign("stop", "◆", words().breakpointOn);
    if (this.here) sign("here", "▷", words().callIsHere);
    return place;
  }
}

class Value extends WidgetType {
  constructor(readonly text: string) {
    super();
  }
  override eq(other: Value): boolean {
    return this.text === other.text;
  }
  override toDOM(): HTMLElement {
    const place = document.createElement("span");
    place.className = "cm-value";
    place.textContent = this.text;
    return place;
  }
  /** A click on it is a click on its line. */
  override ignoreEvent(): boolean {
    return false;
  }
}

const field = StateField.define<Calling>({
  create: () => NOTHING,
  update(calling, { changes, docChanged, effects }) {
    const fresh = effects.find((effect) => effect.is(told));
    if (fresh) return fresh.value as Calling;
    if (!docChanged) return calling;
    const { stops, here, values } = calling;
    const at = new Map([...values.at].map(([place, sets]) => [changes.mapPos(place), sets]));
    return { stops: stops.map((place) => changes.mapPos(place)), here: here === undefined ? undefined : changes.mapPos(here), values: { ...values, at } };
  },
});

function marks({ state }: EditorView): RangeSet<GutterMarker> {
  const { stops, here } = state.field(field);
  const lineOf = (at: number) => state.doc.lineAt(Math.min(at, state.doc.length)).from;
  const stopping = new Set(stops.map(lineOf));
  const current = here === undefined ? undefined : lineOf(here);
  const lines = [...new Set([...stopping, ...(current === undefined ? [] : [current])])].sort((a, b) => a - b);
  return RangeSet.of(lines.map((line) => new Mark(stopping.has(line), line === current).range(line)));
}

const side = gutter({
  class: "cm-callGutter",
  renderEmptyElements: true,
  markers: marks,
  initialSpacer: () => new Mark(true, true),
  domEventHandlers: {
    mousedown(view, line) {
      const { graph } = useFlow.getState();
      const node = graph && nodeOnLine(graph, view.state.doc.toString(), line.from);
      if (!node) return false;
      tell(toggle("nodes", node.id) ? words().breakpointOn : words().breakpointOff);
      return true;
    },
  },
});

const inline = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = values(view);
    }
    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged || update.startState.field(field) !== update.state.field(field)) this.decorations = values(update.view);
    }
  },
  { decorations: ({ decorations }) => decorations },
);

/** Of the lines that are seen. */
function values({ state, visibleRanges }: EditorView): DecorationSet {
  const known = state.field(field).values;
  const builder = new RangeSetBuilder<Decoration>();
  let last = -1;
  for (const { from, to } of visibleRanges) {
    for (let line = state.doc.lineAt(from); ; line = state.doc.line(line.number + 1)) {
      if (line.from > last) {
        const text = used(line.text, known, line.from, line.to);
        if (text !== "") builder.add(line.to, line.to, Decoration.widget({ widget: new Value(text), side: 1 }));
        last = line.from;
      }
      if (line.to >= to || line.number >= state.doc.lines) break;
    }
  }
  return builder.finish();
}

export const calling = [field, side, inline];

/** Shows the call in an editor from now on; gives back how to stop that. */
export function followCall(view: EditorView): () => void {
  let waiting: number | undefined;
  const show = () => {
    waiting = undefined;
    const { graph, text } = useFlow.getState();
    const { nodes } = useBreakpoints.getState();
    const { current, status, events, variables } = useCall.getState();
    const place = (id: string) => graph?.nodes.find((node) => node.id === id)?.range.from;
    const stops = [...nodes].map(place).filter((at) => at !== undefined);
    const here = current === undefined ? undefined : place(current);
    const at = graph && status ? wherePut(graph, text, events.slice(0, status.position)) : new Map<number, Map<string, string>>();
    // Where no call was and none is, there is nothing to draw.
    const before = view.state.field(field);
    if (!status && stops.length === 0 && here === undefined && before.here === undefined && before.stops.length === 0 && before.values.at.size === 0 && Object.keys(before.values.all).length === 0) return;
    view.dispatch({ effects: told.of({ stops, here, values: { at, all: status ? now(events, status.position, variables) : {} } }) });
  };
  const soon = () => {
    waiting ??= requestAnimationFrame(show);
  };
  const stop = [
    useCall.subscribe(soon),
    useBreakpoints.subscribe(soon),
    useFlow.subscribe((flow, before) => {
      if (flow.graph !== before.graph) soon();
    }),
  ];
  soon();
  return () => {
    if (waiting !== undefined) cancelAnimationFrame(waiting);
    for (const act of stop) act();
  };
}
