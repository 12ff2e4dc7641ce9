import { readFileSync } from "node:fs";

interface TagJson {
  readonly values: readonly {
    readonly name: string;
    readonly properties: { readonly addressPrefixes: readonly string[] };
  }[];
}

const row = (source: string, nextHopType: string, addressPrefix: readonly string[], more = {}) => ({
  source,
  state: "Active",
  addressPrefix,
  nextHopType,
  nextHopIpAddress: [] as readonly string[],
  name: null,
  hasBgpOverride: false,
  disableBgpRoutePropagation: false,
  ...more,
});

/** Two regional tags with as many IPv4 prefixes as a service endpoint row has. */
function endpointRows(tagFile: string): readonly (readonly string[])[] {
  const { values } = JSON.parse(readFileSync(tagFile, "utf8")) as TagJson;
  const lists = values
    .filter(({ name }) => /^(Storage|Service0)\./.test(name))
    .map(({ properties }) => properties.addressPrefixes.filter((prefix) => !prefix.includes(":")))
    .sort((a, b) => b.length - a.length);
  return lists.slice(0, 2);
}

/** An address for which the first of the two wins, so that its name is in the answer. */
export function endpointAddress(tagFile: string): string {
  const [[prefix = ""] = []] = endpointRows(tagFile);
  return prefix.replace(/\/.*/, "");
}

/**
 * The effective routes of a NIC with a firewall and two service endpoint rows, as Azure Resource Manager sends them.
 */
export function usualTable(tagFile: string): unknown {
  return {
    value: [
      row("Default", "VnetLocal", ["10.0.0.0/16"]),
      row("Default", "Internet", ["0.0.0.0/0"], { state: "Invalid" }),
      row("User", "VirtualAppliance", ["0.0.0.0/0"], { name: "to-firewall", nextHopIpAddress: ["10.0.1.4"] }),
      ...endpointRows(tagFile).map((prefixes) => row("Default", "VirtualNetworkServiceEndpoint", prefixes)),
      ...["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map((prefix) =>
        row("Default", "None", [prefix]),
      ),
    ],
  };
}

/** A table of this many prefixes learnt from a gateway, a hundred per row. */
export function largeTable(prefixes: number): unknown {
  const all = Array.from({ length: prefixes }, (_, k) => `${20 + (k >>> 16)}.${(k >>> 8) & 255}.${k & 255}.0/24`);
  const rows: unknown[] = [row("Default", "Internet", ["0.0.0.0/0"])];
  for (let from = 0; from < all.length; from += 100) {
    rows.push(
      row("VirtualNetworkGateway", "VirtualNetworkGateway", all.slice(from, from + 100), {
        nextHopIpAddress: ["10.1.0.4"],
      }),
    );
  }
  return { value: rows };
}
