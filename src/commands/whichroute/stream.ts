import type { RecordRun } from "../../analysis/bulk/record-run.ts";
import { isDestinationError } from "../../analysis/destinations/destination.ts";
import { withMeaning } from "../../analysis/destinations/meant/meant.ts";
import type { DestinationSplit } from "../../analysis/destinations/split.ts";
import { type FlowAnswer, flowAnswer } from "../../analysis/flow-log/answer.ts";
import { flowTuples, isRefusedTuple } from "../../analysis/flow-log/read-flow-log.ts";
import type { FlowTuple, RefusedTuple } from "../../analysis/flow-log/record.ts";
import { type LineContent, readLines } from "../../analysis/lines/batches.ts";
import { lineChoice } from "../../analysis/lines/choice.ts";
import { AddressBatch } from "../../net/address-batch.ts";
import { splitLine } from "../../output/results/destination-sets.ts";
import {
  EXPLANATION_COLUMNS,
  EXPLANATION_GIVEN_UP,
  explanationLine,
  explanationRows,
} from "../../output/results/explanations.ts";
import { FLOW_COLUMNS, FLOW_GIVEN_UP, flowRows } from "../../output/results/flows.ts";
import { annotateTable } from "../../routes/annotate-table.ts";
import { requireRows } from "../../routes/empty-table.ts";
import type { BriefAnswer, Explanation, RefusedDestination } from "../../selection/explanation.ts";
import type { OutputStream } from "../../terminal/streams.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { orGatewayTable } from "../shared/gateway/gateway-table-given.ts";
import { RefusedLines } from "../shared/refused-lines.ts";
import { loadRoutes, type RouteSourceOptions } from "../shared/route-source.ts";
import { loadTags, noteOnTags, type TagSourceOptions } from "../shared/tag-source.ts";
import type { DestinationOptions } from "./destination-options.ts";
import { checkExpectations, Expectations } from "./expectations.ts";
import { StreamAnswers } from "./stream-answers.ts";

export interface StreamOptions extends DestinationOptions, RouteSourceOptions, TagSourceOptions {
  readonly expect?: readonly string[] | undefined;
}

/**
 * Explains the destinations of stdin or a flow log as they arrive: one record each, refusals in their place, in
 * constant memory.
 */
export async function runWhichrouteStream(options: StreamOptions, io: CommandIO): Promise<void> {
  const { terminal } = io;
  checkExpectations(options.expect ?? []);
  const choice = lineChoice(options);
  const loaded = await orGatewayTable(loadRoutes(options, terminal));
  if (!("table" in loaded)) {
    const { streamGatewayAnswers } = await import("./gateway/stream.ts");
    return streamGatewayAnswers(loaded, options, io);
  }
  const expectations = new Expectations(options.expect ?? [], terminal);
  const { table } = loaded;
  requireRows(table);
  const tags = await loadTags(options, terminal);
  expectations.requireTagsIn(tags, options.cloud);
  expectations.requireNextHopsIn(new Set(table.routes.map(({ nextHopType }) => nextHopType)));
  noteOnTags(tags, options.cloud, terminal);
  const annotated = annotateTable(table, tags);
  const answers = new StreamAnswers(annotated, tags, expectations);
  const refused = new RefusedLines();
  const rest = { routeTable: table.origin, serviceTagFile: annotated.serviceTagFile };

  if (options.flowLog === undefined) {
    if (terminal.stdin.isTTY) terminal.note("reading addresses from the keyboard, one per line; end with Ctrl-D");
    const pieces = map(readLines(terminal.stdin.passing(), choice), (contents) =>
      explained(contents, answers, refused),
    );
    const columns = { columns: EXPLANATION_COLUMNS, givenUp: EXPLANATION_GIVEN_UP };
    const line = (answer: Parameters<typeof explanationLine>[0], stdout: OutputStream) =>
      explanationLine(answer, stdout, splitLine);
    const texts = { rows: explanationRows, line };
    await io.printRecords(pieces, { list: "explanations", ...columns, ...texts, rest });
  } else {
    const input = await flowLogInput(options.flowLog, terminal.stdin);
    const pieces = map(flowTuples(input), (tuples) => answeredFlows(tuples, answers, refused));
    const columns = { columns: FLOW_COLUMNS, givenUp: FLOW_GIVEN_UP };
    await io.printRecords(pieces, { list: "flows", ...columns, rows: flowRows, rest });
  }
  refused.conclude();
  expectations.conclude();
}

async function* map<From, To>(pieces: AsyncIterable<From>, to: (piece: From) => To): AsyncGenerator<To> {
  for await (const piece of pieces) yield to(piece);
}

function* explained(
  contents: Iterable<LineContent>,
  answers: StreamAnswers,
  refused: RefusedLines,
): Generator<Explanation | DestinationSplit | RefusedDestination | RecordRun<Explanation, BriefAnswer>> {
  for (const content of contents) {
    if (content instanceof AddressBatch) yield answers.ofBatch(content);
    else if ("error" in content) yield refused.count(content);
    else yield answeredOrRefused(content, answers, refused);
  }
}

function answeredOrRefused(
  { destination, line }: { readonly destination: string; readonly line: number },
  answers: StreamAnswers,
  refused: RefusedLines,
): Explanation | DestinationSplit | RefusedDestination {
  try {
    return answers.ofText(destination);
  } catch (error) {
    if (!isDestinationError(error)) throw error;
    const { code, message, hint } = withMeaning(error, destination);
    return refused.count({ destination: destination.slice(0, 60), line, error: { code, message, hint } });
  }
}

function* answeredFlows(
  tuples: Iterable<FlowTuple | RefusedTuple>,
  answers: StreamAnswers,
  refused: RefusedLines,
): Generator<FlowAnswer | RefusedTuple> {
  for (const tuple of tuples) {
    yield isRefusedTuple(tuple) ? refused.count(tuple) : flowAnswer(tuple, answers.ofFlow(tuple.address));
  }
}

async function flowLogInput(file: string, stdin: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  if (file === "-") return stdin;
  const { streamInputFile } = await import("../../store/files/input-file.ts");
  return streamInputFile(file);
}
