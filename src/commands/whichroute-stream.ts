import { destinationLines, isRefused } from "../analysis/address-lines.ts";
import { lineChoice } from "../analysis/address-lines-choice.ts";
import { DestinationError } from "../analysis/destination-error.ts";
import { destinationSet } from "../analysis/destination-set.ts";
import { type DestinationSplit, splitByDecision } from "../analysis/destination-split.ts";
import { parseExpectation } from "../analysis/expectation.ts";
import { Explainer } from "../analysis/explainer.ts";
import { flowTuples, isRefusedTuple } from "../analysis/flow-log.ts";
import { type FlowAnswer, flowAnswer } from "../analysis/flow-log-answer.ts";
import type { RefusedTuple } from "../analysis/flow-log-record.ts";
import { ForwardingTable } from "../analysis/forwarding-table.ts";
import type { Address } from "../net/address.ts";
import { AddressError } from "../net/address-error.ts";
import { EXPLANATION_COLUMNS, explanationRows } from "../output/rows-explanations.ts";
import { FLOW_COLUMNS, flowRows } from "../output/rows-flows.ts";
import { annotateTable } from "../routes/annotate-table.ts";
import type { Explanation, RefusedDestination } from "../selection/explanation.ts";
import type { CommandIO } from "./command-io.ts";
import { type Asked, asked } from "./destinations.ts";
import { Expectations } from "./expectations.ts";
import { RefusedLines } from "./refused-lines.ts";
import { loadRoutes } from "./route-source.ts";
import { HOW_TO_GET_TAGS, loadTags } from "./tag-source.ts";
import type { WhichrouteOptions } from "./whichroute-run.ts";

/** Explains the destinations of stdin or of a flow log as they come: constant memory, one record each, refusals in their place. */
export async function runWhichrouteStream(options: WhichrouteOptions, io: CommandIO): Promise<void> {
  const { terminal } = io;
  const expectations = new Expectations((options.expect ?? []).map(parseExpectation), terminal);
  const choice = lineChoice(options);
  const { table } = await loadRoutes(options, terminal);
  const tags = await loadTags(options, terminal);
  expectations.requireTagsIn(tags);
  if (tags === null) terminal.note(`no service tags, so no service is named: ${HOW_TO_GET_TAGS}`);
  const annotated = annotateTable(table, tags);
  const forwarding = new ForwardingTable(table.routes);
  const explainer = new Explainer(annotated, forwarding, tags);
  const refused = new RefusedLines();
  const rest = { routeTable: table.origin, serviceTagFile: annotated.serviceTagFile };
  const answer = (address: Address): Explanation => {
    const explanation = explainer.explain(address);
    expectations.hold(explanation);
    return explanation;
  };

  if (options.flowLog === undefined) {
    if (terminal.stdin.isTTY) terminal.note("reading addresses from the keyboard, one a line; end with Ctrl-D");
    const answerAny = (each: Asked) => {
      if (each.kind === "address") return answer(each.address);
      if (options.expect !== undefined) throw unjudged(each.destination.text);
      return splitByDecision(destinationSet(each.destination, tags), annotated, forwarding);
    };
    await io.printRecords(explained(terminal.stdin, choice, answerAny, refused), {
      list: "explanations",
      columns: EXPLANATION_COLUMNS,
      rows: explanationRows,
      rest,
    });
  } else {
    const input = await flowLogInput(options.flowLog, terminal.stdin);
    const records = flowRecords(input, answer, refused);
    await io.printRecords(records, { list: "flows", columns: FLOW_COLUMNS, rows: flowRows, rest });
  }
  refused.conclude();
  expectations.conclude();
}

/** What was not judged must not look as if it had been. */
function unjudged(text: string): DestinationError {
  return new DestinationError(
    "destination-not-address",
    `'${text}' is no single address, and --expect judges single addresses`,
    "vnet-explain check proves expectations for every address of a prefix or a tag",
  );
}

async function* explained(
  input: AsyncIterable<Uint8Array>,
  choice: ReturnType<typeof lineChoice>,
  answer: (destination: Asked) => Explanation | DestinationSplit,
  refused: RefusedLines,
): AsyncGenerator<Explanation | RefusedDestination | DestinationSplit> {
  for await (const line of destinationLines(input, choice)) {
    if (isRefused(line)) {
      yield refused.count(line);
      continue;
    }
    try {
      yield answer(asked(line.destination));
    } catch (error) {
      if (!(error instanceof AddressError) && !(error instanceof DestinationError)) throw error;
      const { code, message, hint } = error;
      yield refused.count({
        destination: line.destination.slice(0, 60),
        line: line.line,
        error: { code, message, hint },
      });
    }
  }
}

async function* flowRecords(
  input: AsyncIterable<Uint8Array>,
  answer: (address: Address) => Explanation,
  refused: RefusedLines,
): AsyncGenerator<FlowAnswer | RefusedTuple> {
  for await (const tuple of flowTuples(input)) {
    yield isRefusedTuple(tuple) ? refused.count(tuple) : flowAnswer(tuple, answer(tuple.address));
  }
}

async function flowLogInput(file: string, stdin: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  if (file === "-") return stdin;
  const { streamInputFile } = await import("../store/input-file.ts");
  return streamInputFile(file);
}
