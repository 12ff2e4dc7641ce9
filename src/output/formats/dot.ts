import { writePieces } from "../../terminal/pieces.ts";
import { plainText } from "../../terminal/plain-text.ts";
import { reportOf } from "../results/kinds.ts";
import { tracesOf } from "../results/trace/report.ts";
import type { Format } from "./format.ts";

/**
 * A trace as a graph for Graphviz.
 * https://graphviz.org/doc/info/lang.html
 */
export const dot: Format = {
  print: (result, stdout) => writePieces(graph(tracesOf(reportOf("trace", result))), stdout),
};

function* graph(traces: ReturnType<typeof tracesOf>): Generator<string> {
  yield "digraph trace {\n  rankdir=LR;\n  node [shape=box];\n";
  for (const { direction, trace } of traces) {
    const id = (index: number) => `${direction}${index}`;
    yield `  subgraph cluster_${direction} {\n`;
    yield `    label=${quoted(`${trace.from.address ?? trace.from.name} to ${trace.to}: ${trace.text}`)};\n`;
    for (const { index, name, winner } of trace.hops) {
      yield `    ${id(index)} [label=${quoted(winner === null ? name : `${name}, ${winner.addressPrefix}`)}];\n`;
    }
    for (const { index, next, rule } of trace.hops) {
      for (const to of next) yield `    ${id(index)} -> ${id(to)} [label=${quoted(rule.id)}];\n`;
    }
    for (const [at, { hop, disposition }] of trace.ends.entries()) {
      if (disposition === "delivered") continue;
      yield `    ${id(hop)}end${at} [label=${quoted(disposition)}, shape=ellipse];\n`;
      yield `    ${id(hop)} -> ${id(hop)}end${at} [style=dashed];\n`;
    }
    yield "  }\n";
  }
  yield "}\n";
}

const quoted = (text: string) => `"${plainText(text).replace(/["\\]/g, "\\$&")}"`;
