import { groupedBy } from "../../../analysis/fleet/grouped-by.ts";
import { decodeText } from "../../../routes/read/decode-text.ts";
import { isRouteFileError } from "../../../routes/read/route-file-error.ts";
import type { Terminal } from "../../../terminal/terminal.ts";
import { nicNamed } from "../../../topology/mapped-topology.ts";
import { readTopology } from "../../../topology/read/read-topology.ts";
import type { SnapshotNic } from "../../../topology/snapshot.ts";
import type { NetworkInterface, Topology } from "../../../topology/topology.ts";
import { noteSkipped } from "./skipped-parts.ts";

/** Returns the resources in a file, as az and PowerShell list them; null where it holds none that the program knows. */
export function resourcesIn(bytes: Uint8Array): unknown {
  let document: unknown;
  try {
    document = JSON.parse(decodeText(bytes));
  } catch (error) {
    if (error instanceof SyntaxError || isRouteFileError(error)) return null;
    throw error;
  }
  // A list of a hub's connections alone is only a part of a topology.
  return readTopology([document]).known > 0 ? document : null;
}

/** Returns the topology that the resources in a folder describe; null where it has none. */
export function topologyOfFolder(documents: readonly unknown[], terminal: Terminal): Topology | null {
  if (documents.length === 0) return null;
  const { topology, skipped } = readTopology(documents);
  noteSkipped(skipped, terminal);
  return topology;
}

/**
 * Returns the NICs that the tables of a folder belong to: the one NIC of the table's name, else the first of the
 * one VM of that name. Where there is none, the table keeps its name as id, and its subnet stays unknown.
 */
export function placed(nics: readonly SnapshotNic[], topology: Topology | null): readonly SnapshotNic[] {
  if (topology === null) return nics;
  const byId = new Map(topology.nics.map((nic) => [nic.id.toLowerCase(), nic]));
  const machines = topology.virtualMachines.flatMap(({ name, nicIds: [first] }) => {
    const nic = first === undefined ? undefined : byId.get(first.toLowerCase());
    return nic === undefined ? [] : [{ name, nic }];
  });
  const byName = onlyOnes(topology.nics.map((nic) => ({ name: nic.name, nic })));
  const byMachine = onlyOnes(machines);
  const found = nics.map(({ name }) => byName.get(name.toLowerCase()) ?? byMachine.get(name.toLowerCase()));
  const times = groupedBy(found, (nic) => nic);
  return nics.map((nic, at) => {
    const own = found[at];
    // Two tables of one NIC, e.g. of two days, are not told apart by its id.
    if (own === undefined || times.get(own)?.length !== 1) return nic;
    const configuration = own.ipConfigurations.find(({ primary }) => primary) ?? own.ipConfigurations[0];
    return { ...nic, id: own.id, subnetId: configuration?.subnetId ?? null };
  });
}

/** The topology, with a NIC about which nothing is known for each table that belongs to none of its NICs. */
export function withTables(topology: Topology | null, nics: readonly SnapshotNic[]): Topology | null {
  if (topology === null) return null;
  const unknown = nics.filter(({ id, name }) => id === name).map(({ id, name }) => nicNamed(id, name, null));
  return { ...topology, nics: [...topology.nics, ...unknown] };
}

function onlyOnes(
  named: readonly { readonly name: string; readonly nic: NetworkInterface }[],
): ReadonlyMap<string, NetworkInterface> {
  return new Map(
    [...groupedBy(named, ({ name }) => name.toLowerCase())].flatMap(([name, [first, second]]) =>
      first === undefined || second !== undefined ? [] : [[name, first.nic] as const],
    ),
  );
}
