import { isDestinationError } from "../../../analysis/destinations/destination.ts";
import { withMeaning } from "../../../analysis/destinations/meant/meant.ts";
import { readLines } from "../../../analysis/lines/batches.ts";
import { lineChoice } from "../../../analysis/lines/choice.ts";
import type { Address } from "../../../net/address.ts";
import { AddressBatch } from "../../../net/address-batch.ts";
import {
  GATEWAY_EXPLANATION_COLUMNS,
  GATEWAY_EXPLANATION_GIVEN_UP,
  type GatewayEntry,
  gatewayExplanationLine,
  gatewayExplanationRows,
} from "../../../output/results/gateways/explanations.ts";
import { reportedRouter } from "../../../routes/gateways/gateway-report.ts";
import type { AnyGatewayTable } from "../../../routes/gateways/gateway-table.ts";
import { explainGateway } from "../../../selection/gateways/explain-gateway.ts";
import type { CommandIO } from "../../shared/command-io.ts";
import { RefusedLines } from "../../shared/refused-lines.ts";
import { loadTags } from "../../shared/tag-source.ts";
import { parseSingle } from "../destinations.ts";
import { unjudged } from "../stream-answers.ts";
import { type GatewayQuestion, gatewaySplitter, refuseOfNics, requireRoutes, routerExpectations } from "./answers.ts";

/**
 * Prints where a hub, a gateway, a Route Server or a circuit sends each destination of stdin, as they arrive. A line
 * without one is refused in its place.
 * @throws UserError after the last line if any was refused.
 */
export async function streamGatewayAnswers(
  table: AnyGatewayTable,
  question: GatewayQuestion,
  { terminal, printRecords }: CommandIO,
): Promise<void> {
  refuseOfNics(question);
  const routes = requireRoutes(table);
  const expectations = await routerExpectations(question, terminal);
  const split = await gatewaySplitter(routes, await loadTags(question, terminal));
  const refused = new RefusedLines();
  const answer = (address: Address) =>
    explainGateway(routes, address).map((each) => {
      expectations?.hold(each, routes);
      return { ...each, part: null };
    });
  const answerLine = (text: string, line: number): readonly GatewayEntry[] => {
    try {
      const each = parseSingle(text);
      if (each.kind === "address") return answer(each.address);
      if (expectations !== null) throw unjudged(each.destination.text, "give addresses");
      return split(each);
    } catch (error) {
      if (!isDestinationError(error)) throw error;
      const { code, message, hint } = withMeaning(error, text);
      return [refused.count({ destination: text.slice(0, 60), line, error: { code, message, hint } })];
    }
  };
  async function* answers(): AsyncGenerator<Iterable<GatewayEntry>> {
    for await (const contents of readLines(terminal.stdin.passing(), lineChoice(question))) {
      for (const content of contents) {
        if (content instanceof AddressBatch) {
          for (let at = 0; at < content.count; at++) yield answer(content.address(at));
        } else if ("error" in content) yield [refused.count(content)];
        else yield answerLine(content.destination, content.line);
      }
    }
  }
  if (terminal.stdin.isTTY) terminal.note("reading addresses from the keyboard, one per line; end with Ctrl-D");
  const router = reportedRouter(table);
  await printRecords(answers(), {
    list: "explanations",
    columns: GATEWAY_EXPLANATION_COLUMNS,
    givenUp: GATEWAY_EXPLANATION_GIVEN_UP,
    rows: gatewayExplanationRows,
    line: (entry, stdout) => gatewayExplanationLine(entry, router, stdout),
    rest: { gatewayTable: router },
  });
  refused.conclude();
  expectations?.conclude();
}
