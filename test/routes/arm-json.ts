/** A row as Azure Resource Manager sends it, for tests: pass what differs. */
export function armRow(fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    source: "Default",
    state: "Active",
    addressPrefix: ["10.0.0.0/16"],
    nextHopType: "VnetLocal",
    nextHopIpAddress: [],
    ...fields,
  };
}
