import type { RoundTrip } from "../../../analysis/trace/round-trip.ts";
import type { Trace } from "../../../analysis/trace/trace.ts";
import type { AzureConnection } from "../../../azure/connection.ts";
import type { ConnectionCheck } from "../../../azure/connection-check.ts";
import { type AzureError, isAzureError } from "../../../azure/failure/azure-error.ts";
import { compareNextHop } from "../../../azure/next-hop-agreement.ts";
import { AzureSession } from "../../../azure/session.ts";
import type { TraceVerification } from "../../../output/results/trace/report.ts";
import type { NetworkWatcherAnswer } from "../../../selection/explanation.ts";
import type { Terminal } from "../../../terminal/terminal.ts";
import { same } from "../../../text/same.ts";

/** The most NICs for which Network Watcher is asked, since it rejects bursts. */
const MOST_HOPS = 16;

/**
 * Asks Network Watcher for the next hop at each NIC of the packet and of its reply, and, by sending packets from the
 * start, whether they arrive. A question without an answer is reported, but is not a failure.
 */
export async function verifiedTrace(
  connection: AzureConnection,
  { trace, return: back }: RoundTrip,
  terminal: Terminal,
): Promise<TraceVerification> {
  terminal.progress("querying Network Watcher");
  try {
    const session = new AzureSession(connection);
    const [nextHops, found] = await Promise.all([
      nextHopsOf(session, [
        { direction: "there", trace },
        ...(back === null ? [] : [{ direction: "back", trace: back } as const]),
      ]),
      connectionOf(session, trace),
    ]);
    return { nextHops, connection: found };
  } finally {
    terminal.progress(null);
  }
}

interface Way {
  readonly direction: "there" | "back";
  readonly trace: Trace;
}

async function nextHopsOf(session: AzureSession, ways: readonly Way[]): Promise<TraceVerification["nextHops"]> {
  const asked = ways
    .flatMap(({ direction, trace: { hops, to } }) =>
      hops.flatMap((hop) =>
        hop.kind === "nic" && hop.explanation !== null && hop.resourceId !== null
          ? [{ direction, hop, id: hop.resourceId, to }]
          : [],
      ),
    )
    .slice(0, MOST_HOPS);
  return Promise.all(
    asked.map(async ({ direction, hop, id, to }) => {
      const answer = await settled(async () => {
        const [only] = await session.nextHops(await session.findNic({ nic: id }), [to]);
        return only as NonNullable<typeof only>;
      });
      return { direction, hop: hop.index, name: hop.name, networkWatcher: compared(hop.winner, answer) };
    }),
  );
}

function compared(
  winner: Parameters<typeof compareNextHop>[0],
  answer: Parameters<typeof compareNextHop>[1] | AzureError,
): NetworkWatcherAnswer {
  if (isAzureError(answer)) {
    const text = `Network Watcher did not answer: ${answer.message}; ${answer.hint}`;
    return { nextHopType: null, nextHopIpAddress: null, routeTableId: null, agrees: null, text };
  }
  const { agrees, differences } = compareNextHop(winner, answer);
  const { nextHopType, nextHopIpAddress, routeTableId } = answer;
  const hop = [nextHopType, nextHopIpAddress].filter((part) => part !== null).join(" ");
  const text = agrees ? `Network Watcher agrees: ${hop}` : `Network Watcher differs: ${differences.join("; ")}`;
  return { nextHopType, nextHopIpAddress, routeTableId, agrees, text };
}

async function connectionOf(session: AzureSession, trace: Trace): Promise<TraceVerification["connection"]> {
  const none = (text: string) => ({ status: null, hops: [], agrees: null, text });
  const { from, to, port, protocol, hops } = trace;
  const id = from.resourceId;
  if (hops[0]?.kind !== "nic" || id === null) return none("connection troubleshoot sends packets only from a VM");
  if (protocol === "udp") return none("connection troubleshoot sends only TCP and ICMP, not UDP");
  const answer = await settled(async () =>
    session.connectionCheck(await session.findNic({ nic: id }), {
      address: to,
      port: protocol === "icmp" ? null : port,
    }),
  );
  if (isAzureError(answer)) return none(`connection troubleshoot did not answer: ${answer.message}; ${answer.hint}`);
  return { ...answer, ...agreement(trace, answer) };
}

/** The trace's verdict in the terms of connection troubleshoot; null if it is unknown. */
const ARRIVES = {
  delivered: true,
  "leaves-azure": true,
  dropped: false,
  "no-route": false,
  loop: false,
  refused: false,
  unknown: null,
  depends: null,
} as const satisfies Record<Trace["disposition"], boolean | null>;

function agreement(trace: Trace, { status, hops }: ConnectionCheck): { agrees: boolean | null; text: string } {
  const arrives = ARRIVES[trace.disposition];
  const isReachable = same(status, "Reachable");
  const way = hops.map(({ name, address, issues }) =>
    [name ?? address ?? "?", ...(issues.length === 0 ? [] : [`(${issues.join(", ")})`])].join(" "),
  );
  const found = `${status}${way.length === 0 ? "" : ` by ${way.join(", ")}`}`;
  if (arrives === null) return { agrees: null, text: `connection troubleshoot: ${found}` };
  const differences = [
    ...(arrives === isReachable ? [] : [`the trace says ${trace.disposition}`]),
    ...otherWay(trace, hops),
  ];
  const agrees = differences.length === 0;
  const text = `connection troubleshoot ${agrees ? "agrees" : "differs"}: ${[found, ...differences].join("; ")}`;
  return { agrees, text };
}

/** Hops between the ends that the trace does not have. */
function otherWay({ hops }: Trace, found: ConnectionCheck["hops"]): readonly string[] {
  const known = (address: string, name: string | null) =>
    hops.some((hop) => hop.address === address || (name !== null && same(hop.name, name)));
  return found.slice(1, -1).flatMap(({ address, name }) => {
    if (address === null || address === "" || known(address, name)) return [];
    return [`it passes ${name ?? address}, which the trace does not`];
  });
}

/** The value, or the AzureError instead of it. */
async function settled<T>(call: () => Promise<T>): Promise<T | AzureError> {
  try {
    return await call();
  } catch (error) {
    if (isAzureError(error)) return error;
    throw error;
  }
}
