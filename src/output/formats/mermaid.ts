import type { Trace } from "../../analysis/trace/trace.ts";
import { writePieces } from "../../terminal/pieces.ts";
import { plainText } from "../../terminal/plain-text.ts";
import { reportOf } from "../results/kinds.ts";
import { tracesOf } from "../results/trace/report.ts";
import type { Format } from "./format.ts";

/**
 * A trace as a Mermaid flowchart, for Markdown pages.
 * https://mermaid.js.org/syntax/flowchart.html
 */
export const mermaid: Format = {
  print: (result, stdout) => writePieces(chart(tracesOf(reportOf("trace", result))), stdout),
};

function* chart(traces: ReturnType<typeof tracesOf>): Generator<string> {
  yield "flowchart LR\n";
  for (const { direction, trace } of traces) {
    const id = (index: number) => `${direction}${index}`;
    yield `  subgraph ${direction}["${escaped(`${trace.from.address ?? trace.from.name} to ${trace.to}: ${trace.text}`)}"]\n`;
    for (const { index, name, winner } of trace.hops) {
      const route = winner === null ? "" : `<br/>${escaped(winner.addressPrefix)}`;
      yield `    ${id(index)}["${escaped(name)}${route}"]\n`;
    }
    yield* edges(trace, id);
    yield "  end\n";
  }
}

function* edges({ hops, ends }: Trace, id: (index: number) => string): Generator<string> {
  for (const { index, next, rule } of hops) {
    for (const to of next) yield `    ${id(index)} -->|${rule.id}| ${id(to)}\n`;
  }
  for (const [at, { hop, disposition }] of ends.entries()) {
    if (disposition === "delivered") continue;
    yield `    ${id(hop)}end${at}(["${disposition}"])\n    ${id(hop)} -.-> ${id(hop)}end${at}\n`;
  }
}

/** Mermaid reads entities in quoted texts; quotes and markup would end them. */
const escaped = (text: string) => plainText(text).replace(/["#&<>`]/g, (each) => `#${each.codePointAt(0)};`);
