import { formatAddress } from "../../../src/net/address.ts";
import { ADDRESS_KINDS, type NamedAddress, readAddressMap } from "../../../src/topology/address-map.ts";
import { withAddressMap } from "../../../src/topology/mapped-topology.ts";
import { EMPTY_TOPOLOGY } from "../../../src/topology/topology.ts";
import { hold, judge } from "../oracle.ts";
import type { Target } from "../target.ts";

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** The rows written as an address map. */
const textOf = (rows: readonly NamedAddress[]) =>
  [
    "address,name,kind,vm,ip-forwarding,backends",
    ...rows.map(({ address, name, kind, vm, ipForwarding, backends }) =>
      [
        formatAddress(address),
        name,
        kind,
        vm ?? "",
        ipForwarding === null ? "" : String(ipForwarding),
        backends.join(" "),
      ]
        .map(quoted)
        .join(","),
    ),
  ].join("\n");

export const addressMapTarget: Target = {
  name: "address-map",
  about: "address maps: rows that are the same when written and read again, and that name every address; or UserError",
  alphabet: "text",
  words: [
    "address,name",
    "address",
    "name",
    "kind",
    "vm",
    "ip-forwarding",
    "backends",
    "true",
    "#",
    '"',
    ",",
    ...ADDRESS_KINDS,
  ],
  largest: 100_000,
  seeds: () => [
    "address,name\n10.0.1.4,nva\n",
    "address,name,kind,vm,ip-forwarding,backends\n10.0.1.4,in,nic,nva,true,\n10.0.1.9,ilb,load-balancer,,,in out\n",
    "\ufeffName;Address\nx;y\n",
    'name,address,kind\n"a ""b""",::1,vpn-gateway\n# a comment\n\n',
  ],
  check: (text) =>
    judge(
      ["UserError"],
      () => readAddressMap(text),
      (rows) => {
        const plain = (read: readonly NamedAddress[]) => textOf(read);
        hold(plain(readAddressMap(textOf(rows))) === plain(rows), () => "written and read again it is another map");
        const { nics, loadBalancers, gateways, firewalls, managedAppliances, hubs } = withAddressMap(
          EMPTY_TOPOLOGY,
          rows,
        );
        const known = new Set(
          [
            ...nics.flatMap(({ ipConfigurations }) => ipConfigurations.flatMap(({ address }) => address ?? [])),
            ...loadBalancers.flatMap(({ frontends }) => frontends.flatMap(({ address }) => address ?? [])),
            ...[...gateways, ...firewalls, ...managedAppliances].flatMap(({ addresses }) => addresses),
            ...hubs.flatMap(({ routerAddresses }) => routerAddresses),
          ].map(formatAddress),
        );
        hold(
          rows.every(({ address }) => known.has(formatAddress(address))),
          () => "an address of the map is nobody's",
        );
      },
    ),
};
