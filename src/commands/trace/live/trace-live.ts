import { traceData } from "../../../analysis/trace/from-snapshot.ts";
import type { TraceData, TraceQuestion } from "../../../analysis/trace/question.ts";
import { type RoundTrip, roundTrip } from "../../../analysis/trace/round-trip.ts";
import { AzureConnection } from "../../../azure/connection.ts";
import { InventorySearch } from "../../../azure/inventory/inventory-search.ts";
import type { TraceSource } from "../../../output/results/trace/report.ts";
import type { ServiceTagSource } from "../../../routes/annotation.ts";
import type { Terminal } from "../../../terminal/terminal.ts";
import { UserError } from "../../../text/user-error.ts";
import type { NamedAddress } from "../../../topology/address-map.ts";
import { azureOptions } from "../../shared/azure-options.ts";
import type { AzureAccessOptions } from "../../shared/live-options.ts";
import { LiveNetworks } from "./live-networks.ts";
import { Asked, searchFor, wantedOf } from "./wanted.ts";

/** A trace through Azure in its current state. */
export interface LiveTrace {
  readonly data: TraceData;
  readonly question: TraceQuestion;
  readonly found: RoundTrip;
  readonly source: TraceSource;
  readonly connection: AzureConnection;
}

/** The question of a trace. */
interface LiveQuestion {
  /** The start and the destination as the user wrote them. */
  readonly ends: readonly string[];
  readonly question: (data: TraceData) => TraceQuestion;
  readonly withReturn: boolean;
  readonly tags: ServiceTagSource | null;
  readonly named: readonly NamedAddress[];
}

/** The most rounds of reading. Each one gets at least one hop further. */
const MOST_ROUNDS = 24;

/** The most tables of NICs requested. */
const MOST_TABLES = 100;

/**
 * Traces through Azure: reads the networks and the table of the start, walks, reads what the walk lacked, and walks
 * again until nothing is missing. The reply is traced at the same time.
 * @throws AzureError if nothing can be read, UserError for an unknown start or destination.
 */
export async function traceLive(
  { ends, question: ask, withReturn, tags, named }: LiveQuestion,
  options: AzureAccessOptions,
  terminal: Terminal,
): Promise<LiveTrace> {
  let isWalking = false;
  const connection = new AzureConnection({
    ...azureOptions(options, terminal),
    onProgress: (text) => (isWalking ? undefined : terminal.progress(text)),
  });
  try {
    terminal.progress("reading the networks from Azure");
    const networks = new LiveNetworks(
      connection,
      await InventorySearch.within(connection, options.subscription ?? null),
    );
    const asked = new Asked();
    await networks.find(searchFor(ends, asked));
    isWalking = true;
    for (let round = 1; ; round++) {
      const data = traceData(networks.snapshot(), tags, named);
      const question = questionIn(data, ask);
      const found = roundTrip(data, question, withReturn);
      const wanted = wantedOf(
        networks.topology,
        {
          traces: [found.trace, ...(found.return === null ? [] : [found.return])],
          lacking: found.lacking,
        },
        asked,
      );
      if (wanted === null || round > MOST_ROUNDS || networks.tables + wanted.nicIds.length > MOST_TABLES) {
        noteFailures(networks, terminal);
        if (wanted !== null) terminal.note(`the trace needs more than ${MOST_TABLES} tables and stops here`);
        const { name, takenAt, complete } = networks.snapshot();
        const source = { name, takenAt, complete: complete && wanted === null, inventory: true };
        return { data, question, found, source, connection };
      }
      const tables = wanted.nicIds.length + wanted.routerTables.length;
      const names = tables === 1 ? "1 table" : `${tables} tables`;
      terminal.progress(
        tables === 0 ? "looking for the next hops" : `hop ${found.trace.hops.length}: reading ${names} from Azure`,
      );
      await networks.read(wanted);
    }
  } finally {
    terminal.progress(null);
  }
}

/** Prints the hints for tables that could not be read, each once. */
function noteFailures({ failures }: LiveNetworks, terminal: Terminal): void {
  const hints = new Set<string>();
  for (const { what, error } of failures) {
    const hint = hints.has(error.hint) ? "" : `; ${error.hint}`;
    hints.add(error.hint);
    terminal.note(`not read: ${what}: ${error.message}${hint}`);
  }
}

/** Reads the question. @throws UserError, which says that Azure was searched. */
function questionIn(data: TraceData, ask: (data: TraceData) => TraceQuestion): TraceQuestion {
  try {
    return ask(data);
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== "trace-start" || !/^unknown |^no NIC /.test(error.message))
      throw error;
    const hint = "check the name, --subscription and your access; NICs of uniform scale sets are not found";
    throw new UserError("trace-start", `${error.message.split(";")[0]} in Azure`, hint);
  }
}
