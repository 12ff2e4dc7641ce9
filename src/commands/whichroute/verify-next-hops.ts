import { compareNextHop } from "../../azure/next-hop-agreement.ts";
import type { Explanation, NetworkWatcherAnswer } from "../../selection/explanation.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";
import type { LoadedRoutes, RouteSourceOptions } from "../shared/route-source.ts";
import { sessionOfRun } from "../shared/session-of-run.ts";

/**
 * Asks Network Watcher for the next hop of every destination and compares. Skips platform addresses: no route decides
 * for them.
 * @throws UserError for routes that are not a NIC's, AzureError if Network Watcher cannot be reached at all.
 */
export async function verified(
  explanations: readonly Explanation[],
  { table, live }: LoadedRoutes,
  options: RouteSourceOptions,
  terminal: Terminal,
): Promise<readonly Explanation[]> {
  if (live === null && table.origin.kind !== "cache") {
    throw new UserError(
      "verify-without-nic",
      "--verify needs the routes of a NIC",
      "give --nic <name> instead of --file or --sample",
    );
  }
  const asked = explanations.filter(({ verdict }) => verdict !== "platform");
  terminal.progress("querying Network Watcher");
  try {
    const session = live?.session ?? (await sessionOfRun(options, terminal)());
    const target = live?.target ?? (await session.findNic({ nic: table.origin.name }));
    const answers = await session.nextHops(
      target,
      asked.map(({ destination }) => destination),
    );
    const of = new Map(asked.map((explanation, index) => [explanation, answers[index]]));
    return explanations.map((explanation) => {
      const answer = of.get(explanation);
      return answer === undefined ? explanation : { ...explanation, networkWatcher: compared(explanation, answer) };
    });
  } finally {
    terminal.progress(null);
  }
}

type Answer = Parameters<typeof compareNextHop>[1] | { readonly message: string; readonly hint: string };

function compared({ winner }: Explanation, answer: Answer): NetworkWatcherAnswer {
  if ("message" in answer) {
    const text = `Network Watcher did not answer: ${answer.message}; ${answer.hint}.`;
    return { nextHopType: null, nextHopIpAddress: null, routeTableId: null, agrees: null, text };
  }
  const { agrees, differences } = compareNextHop(winner, answer);
  const { nextHopType, nextHopIpAddress, routeTableId } = answer;
  const hop = [nextHopType, nextHopIpAddress].filter((part) => part !== null).join(" ");
  const text = agrees ? `Network Watcher agrees: ${hop}.` : `Network Watcher differs: ${differences.join("; ")}.`;
  return { nextHopType, nextHopIpAddress, routeTableId, agrees, text };
}
