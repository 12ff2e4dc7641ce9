import { isPeerTable } from "../../../src/routes/gateways/gateway-table.ts";
import { looksLikeGatewayTable, readGatewayTables } from "../../../src/routes/gateways/read/read-gateway-table.ts";
import { cleanText } from "../../../src/routes/read/clean-text.ts";
import { hold, judge } from "../oracle.ts";
import type { Target } from "../target.ts";

const ROW = {
  ...{ asPath: "65000-65001", localAddress: "10.9.0.4", network: "10.1.0.0/16", nextHop: "10.8.0.4", origin: "EBgp" },
  ...{ sourcePeer: "10.8.0.4", weight: 32768 },
};
const HUB = {
  addressPrefixes: ["10.0.0.0/8", "fd00::/8"],
  nextHops: ["/subscriptions/s/fw"],
  nextHopType: "Azure Firewall",
};
const CIRCUIT = { locPrf: "100", network: "10.1.0.0/16", nextHop: "10.8.0.4*", path: "65515 I", weight: 0 };
const PEER = { asn: 4200000001, neighbor: "10.8.0.4", state: "Connected", routesReceived: 2, localAddress: "10.9.0.4" };

const SEEDS: readonly string[] = [
  JSON.stringify({ value: [ROW, { ...ROW, nextHop: undefined, origin: "Network", asPath: "" }] }, null, 1),
  JSON.stringify({ RouteServiceRole_IN_0: [ROW], RouteServiceRole_IN_1: [] }),
  JSON.stringify({ status: "Succeeded", properties: { output: { value: [{ ...HUB, routeOrigin: "" }] } } }),
  `# az network express-route list-route-tables -n er1 --path primary\n${JSON.stringify({ value: [CIRCUIT] })}`,
  JSON.stringify([PEER, { ...PEER, state: "Idle" }]),
  `Gateway: gw1
Network       NextHop    Origin    SourcePeer    AsPath       Weight
------------  ---------  --------  ------------  -----------  --------
10.9.0.0/16              Network   10.9.0.4                   32768
10.1.0.0/16   10.8.0.4   EBgp      10.8.0.4      65000        32768

Gateway: gw2
Neighbor    ASN    LocalAddress    RoutesReceived    State
----------  -----  --------------  ----------------  ---------
10.8.0.4    65000  10.9.0.4        2                 Connected
`,
  "Network : 10.1.0.0/16\nNextHop : 10.8.0.4\nAsPath  : 65000\nWeight  : 1\nOrigin  : EBgp\n\nNetwork : 10.2.0.0/16\nNextHop :\nAsPath  :\nWeight  : 1\nOrigin  : Network\n",
  "Network,NextHop,Origin,AsPath,Weight\n10.1.0.0/16,10.8.0.4,EBgp,65000,1\n",
  "value:\n- network: 10.1.0.0/16\n  nextHop: 10.8.0.4\n  asPath: '65000'\n  weight: 1\n  origin: EBgp\n",
];

/** Tables of gateways, hubs and circuits, in every form. */
export const gatewayTableTarget: Target = {
  name: "gateway-table",
  about: "tables of routers: each value read is in the text, what was read looks like such a table, or UserError",
  alphabet: "text",
  seeds: () => SEEDS,
  words: [
    "network",
    "nextHop",
    "asPath",
    "weight",
    "value",
    "null",
    "[]",
    "{}",
    "---",
    "...",
    "65000-",
    "*",
    "4294967296",
    "#",
  ],
  largest: 4000,
  check: (input) =>
    judge(
      ["UserError"],
      () => readGatewayTables(input),
      (tables) => {
        hold(looksLikeGatewayTable(input), () => "read, but does not look like a table");
        const text = cleanText(input).replace(/\s+/g, "");
        // Numbers may be written as 1e3, escapes hide the characters they stand for, and lone surrogates are replaced.
        const isPlain = !/\\|\d[eE][\d+-]|-0|[\ud800-\udfff]/.test(input);
        for (const { table } of tables) {
          if (isPeerTable(table)) continue;
          for (const { nextHops, asPath, weight } of table.routes) {
            const values = [...nextHops.map((hop) => hop.text), ...(weight === null ? [] : [String(weight)])];
            for (const value of isPlain ? values : []) {
              hold(text.includes(value.replace(/\s+/g, "")), () => `'${value}' is not in the text`);
            }
            hold(
              asPath?.every((number) => number >= 0 && number < 2 ** 32) !== false,
              () => "an AS number out of range",
            );
          }
        }
      },
    ),
};
