import { traceData } from "../../analysis/trace/from-snapshot.ts";
import type { TraceData } from "../../analysis/trace/question.ts";
import type { TraceSource } from "../../output/results/trace/report.ts";
import type { ServiceTagSource } from "../../routes/annotation.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { loadSnapshot, namedAddresses } from "../shared/snapshot/load-snapshot.ts";

/** The data of a trace, and its description in the answer. */
interface LoadedTraceData {
  readonly data: TraceData;
  readonly source: TraceSource;
}

/**
 * Loads a snapshot directory or a folder of exports, and the address map.
 * @throws UserError
 */
export async function loadTraceData(
  { snapshot: path, addresses }: { readonly snapshot: string; readonly addresses?: string | undefined },
  terminal: Terminal,
  tags: () => Promise<ServiceTagSource | null>,
): Promise<LoadedTraceData> {
  const named = await namedAddresses({ addresses });
  const { snapshot } = await loadSnapshot(path, { addresses }, terminal);
  const data = traceData(snapshot, await tags(), named);
  const inventory = data.index.topology.networks.length > 0;
  if (!inventory && named.length === 0) {
    terminal.note("no inventory and no --addresses: next hops stay unknown; help trace says how to name them");
  }
  return { data, source: { name: snapshot.name, takenAt: snapshot.takenAt, complete: snapshot.complete, inventory } };
}
