/** Where the arrows go from a step: down and up the list, right into outcomes, left to what it stands in. */
import type { PlacedGraph } from "patchcord/slim";

export type Way = "up" | "down" | "left" | "right";

export function walk(graph: PlacedGraph, from: string, way: Way): string | undefined {
  const node = graph.nodes.find((node) => node.id === from);
  if (!node) return graph.nodes[0]?.id;
  const beside = graph.nodes.filter((other) => other.group === node.group && other.owner === node.owner && other.owner_port === node.owner_port);
  const at = beside.indexOf(node);
  switch (way) {
    case "down":
      return beside[at + 1]?.id ?? below(graph, from);
    case "up":
      return beside[at - 1]?.id ?? node.owner;
    case "right":
      return inner(graph, from) ?? firstOf(graph, node.group + 1);
    case "left":
      return node.owner ?? firstOf(graph, node.group - 1);
  }
}

/** The first step that an outcome leads to. */
function inner(graph: PlacedGraph, from: string): string | undefined {
  const node = graph.nodes.find((node) => node.id === from);
  return node?.ports.find((port) => port.to !== undefined)?.to;
}

/** The nearest step below in the picture. */
function below(graph: PlacedGraph, from: string): string | undefined {
  const place = graph.layout.nodes.find((place) => place.id === from);
  if (!place) return undefined;
  const under = graph.layout.nodes.filter((other) => other.y > place.y && graph.nodes.find((node) => node.id === other.id)?.group === graph.nodes.find((node) => node.id === from)?.group);
  under.sort((a, b) => a.y - b.y || Math.abs(a.x - place.x) - Math.abs(b.x - place.x));
  return under[0]?.id;
}

function firstOf(graph: PlacedGraph, group: number): string | undefined {
  return graph.nodes.find((node) => node.group === group)?.id;
}
