import { formatPrefix } from "../net/prefix.ts";
import type { RouteTable } from "../routes/effective-route.ts";
import { nextHopWords } from "../routes/next-hop-words.ts";
import { same } from "../text/same.ts";
import { type BrokenNextHop, brokenNextHops } from "./broken-next-hops.ts";
import { contestedRules, hasContestedPrivateEndpoint } from "./certainty.ts";
import type { CoveringRow } from "./covering.ts";
import { type Decision, isEqualCost } from "./decision.ts";
import { shortName } from "./describe-route.ts";
import type { Diagnosis, Explanation, Winner } from "./explanation.ts";
import type { Note } from "./notes/notes.ts";
import { outboundMethodOf } from "./outbound-method.ts";
import {
  hasIpv6,
  isBgp,
  isDefault,
  isInternet,
  isNone,
  isServiceEndpoint,
  isUnreachableAppliance,
  isUser,
} from "./route-kinds.ts";

/** Everything that a diagnosis is written from: one address, or addresses with the same outcome. */
export interface DiagnosisSubject {
  readonly decision: Decision;
  readonly table: RouteTable;
  /** The names of the winning row; its prefix is null where several of the row's prefixes win. */
  readonly winner: (Omit<Winner, "addressPrefix"> & { readonly addressPrefix: string | null }) | null;
  readonly scope: "private" | "internet" | "other";
  readonly family: 4 | 6;
  /** The most specific service tag that holds the destination, or null. */
  readonly serviceTag: string | null;
}

/** A diagnosis, and what to check or ask next: null where there is nothing. Neither names the destination. */
export interface Diagnosed {
  readonly diagnosis: Diagnosis;
  readonly next: string | null;
}

const found = (id: Diagnosis["id"], level: Diagnosis["level"], texts: Texts, next: string | null): Diagnosed => ({
  diagnosis: { id, level, ...texts },
  next,
});

type Texts = Pick<Diagnosis, "brief" | "text">;

/** The answer in one line, and what to check where it is a problem. Pure. */
export function diagnose(subject: DiagnosisSubject): Diagnosed {
  const { decision } = subject;
  switch (decision.verdict) {
    case "platform": {
      const texts = { brief: "the Azure host", text: "answered by the Azure host, not by a route" };
      return found("platform-address", "fine", texts, null);
    }
    case "no-route":
      return noRoute(subject);
    case "drop":
      return dropped(subject);
    case "forward":
      return doubted(forwarded(subject), decision);
    default:
      return decision.verdict satisfies never;
  }
}

function noRoute({ decision: { inactive }, family, table: { routes } }: DiagnosisSubject): Diagnosed {
  const [row] = inactive;
  if (family === 6 && routes.length > 0 && !hasIpv6(routes)) {
    const text = "NOT SENT: no row is IPv6, so the subnet has no IPv6";
    const next = "give the network and the subnet an IPv6 range, and the NIC an IPv6 address";
    return found("no-ipv6", "warning", { brief: "NOT SENT: the subnet has no IPv6", text }, next);
  }
  const brief = "DROPPED: no route";
  if (row === undefined) {
    const next = "check that the route table is complete, or add a route that covers it";
    return found("no-route", "problem", { brief, text: "DROPPED: no route covers it" }, next);
  }
  const name = `${shortName(row)} ${formatPrefix(row.prefix)}`;
  const text = `DROPPED: no active route covers it (${name} is ${row.route.state})`;
  return found("no-route", "problem", { brief, text }, `check why ${name} is ${row.route.state}`);
}

const withDetail = (name: string, detail: string | null) => (detail === null ? name : `${name} (${detail})`);

const MISSING_ROUTE = "check that a peering, gateway route or user route covers it and is active";

function dropped({ decision, winner }: DiagnosisSubject): Diagnosed {
  const row = decision.winners.find(({ route }) => !isUnreachableAppliance(route)) ?? decision.winners[0];
  if (row === undefined || winner === null) throw new RangeError("a drop without a winner");
  const { route } = row;
  const name = withDetail(shortName(row), winner.addressPrefix);
  if (isUnreachableAppliance(route)) {
    const hops = winner.nextHopIpAddress.join(", ");
    const texts = {
      brief: `DROPPED: appliance ${hops} is unreachable`,
      text: `DROPPED: ${name} points to appliance ${hops}, which is unreachable`,
    };
    const next = `check that ${hops} exists, runs, forwards IP, and lies in a reachable network`;
    return found("appliance-unreachable", "problem", texts, next);
  }
  const drop = (brief: string, text: string, next: string) =>
    found("drop-none", "problem", { brief: `DROPPED: ${brief}`, text: `DROPPED: ${text}` }, next);
  const isNoneText = `${name} has next hop None`;
  if (isDefault(route)) {
    const own = "Azure's default None route";
    return drop(own, `only ${withDetail(own, winner.addressPrefix)} covers it`, MISSING_ROUTE);
  }
  if (isUser(route)) {
    const why = "made with None, or Azure cannot place its next hop (VnetLocal outside the network, no gateway)";
    return drop("user route to None", isNoneText, `check ${shortName(row)} in its route table: ${why}`);
  }
  if (isBgp(route)) {
    const next = "check that the gateway and its connection are configured and running";
    return drop("gateway route to None", isNoneText, next);
  }
  return drop("next hop None", isNoneText, "check why this route has next hop None");
}

function forwarded(subject: DiagnosisSubject): Diagnosed {
  const { decision, winner, table, scope, family } = subject;
  if (winner === null) throw new RangeError("a forwarding decision without a winner");
  const hop = hopTexts(subject, winner);
  if (decision.winners.some(({ route }) => isInternet(route))) {
    if (scope === "private") {
      const only = withDetail("Internet", winner.addressPrefix);
      const texts = {
        brief: "NOT DELIVERED: a private address to Internet",
        text: `NOT DELIVERED: a private address, and only ${only} covers it`,
      };
      return found("private-to-internet", "problem", texts, MISSING_ROUTE);
    }
    if (scope === "internet" && family === 4 && outboundMethodOf(table).kind === "none") {
      const next = "check for a NAT gateway, a public IP or a load balancer rule";
      return found("outbound-access", "warning", both(hop, ", but the subnet has no outbound method"), next);
    }
  }
  const [broken] = brokenNextHops(decision, table);
  if (broken !== undefined) return brokenTexts(broken, hop);
  const dead = decision.winners.find(({ route }) => isNone(route));
  if (dead !== undefined) {
    const texts = {
      brief: `${hop.brief}, a share DROPPED`,
      text: `${hop.text}, and ${shortName(dead)} DROPS its share`,
    };
    return found("shared", "warning", texts, `check ${shortName(dead)}: its next hop is None`);
  }
  const toGateway = decision.winners.every(({ route }) => same(route.nextHopType, "VirtualNetworkGateway"));
  return found(isEqualCost(decision.winners) ? "shared" : "forwarded", "fine", hop, toGateway ? ASK_GATEWAY : null);
}

/** A NIC's table ends at the gateway. A route whose next hop is an appliance was announced by a Route Server. */
const ASK_GATEWAY = "ask the gateway: vnet-explain routes --gateway NAME (or --route-server)";

const both = ({ brief, text }: Texts, more: string): Texts => ({ brief: brief + more, text: text + more });

function brokenTexts({ row, defect, hops }: BrokenNextHop, hop: Texts): Diagnosed {
  const id = "unreachable-next-hop";
  const name = shortName(row);
  const addresses = hops.join(", ");
  switch (defect) {
    case "no-address": {
      const brief = "NOT DELIVERED: appliance without an address";
      const text = `NOT DELIVERED: ${name} (${formatPrefix(row.prefix)}) points to an appliance without an address`;
      return found(id, "problem", { brief, text }, `check the next hop address of ${name} in its route table`);
    }
    case "outside": {
      const next = `check ${addresses} in ${name}, and the peering or gateway that leads there`;
      return found(id, "warning", both(hop, `, but no route of this table reaches ${addresses} directly`), next);
    }
    case "own": {
      const next = `check ${addresses} in ${name}: only an appliance that encapsulates may point to itself`;
      return found(id, "warning", both(hop, ", this network interface itself: packets may loop"), next);
    }
    default:
      return defect satisfies never;
  }
}

/** A contested answer is never fine. */
function doubted(diagnosed: Diagnosed, decision: Decision): Diagnosed {
  const { diagnosis, next } = diagnosed;
  const byEndpoint = hasContestedPrivateEndpoint(decision);
  if (!byEndpoint && contestedRules(decision).length === 0) return diagnosed;
  const settle = byEndpoint
    ? "settle it with a connection test"
    : "settle it with Network Watcher's next hop: --nic NAME --verify";
  const level = diagnosis.level === "fine" ? "warning" : diagnosis.level;
  return { diagnosis: { ...diagnosis, level }, next: next ?? settle };
}

/** Where the winners lead: `appliance 10.0.1.4 (to-nva)`, `service endpoint Microsoft.Storage (Storage.WestEurope)`. */
function hopTexts({ decision, serviceTag }: DiagnosisSubject, winner: NonNullable<DiagnosisSubject["winner"]>): Texts {
  const alive = decision.winners.filter(({ route }) => !isNone(route));
  const [row] = alive;
  if (row === undefined) throw new RangeError("a forwarding decision without a next hop");
  if (isServiceEndpoint(row.route)) {
    const { serviceEndpoint, serviceTag: tag, addressPrefix } = winner;
    const service = `service endpoint ${serviceEndpoint ?? ""}`.trimEnd();
    return { brief: withDetail(service, tag), text: withDetail(service, tag ?? addressPrefix) };
  }
  const names = distinct(alive.flatMap(({ route }) => route.name ?? []));
  const other = isInternet(row.route) ? serviceTag : winner.addressPrefix;
  const brief = `${waysText(alive)}${isEqualCost(alive) ? ", equal cost" : ""}`;
  return { brief, text: withDetail(brief, names.length > 0 ? names.join(", ") : other) };
}

const distinct = (texts: readonly string[]) => [...new Set(texts)];

/** The next hops of the rows: `appliance 10.0.1.4`, `gateways 10.0.0.4, 10.0.0.5`. */
function waysText(rows: readonly CoveringRow[]): string {
  const types = distinct(rows.map(({ route }) => route.nextHopType.toLowerCase()));
  return types
    .map((type) => {
      const own = rows.filter(({ route }) => same(route.nextHopType, type));
      const addresses = distinct(own.flatMap(({ route }) => route.nextHopIpAddress));
      const word = nextHopWords(type).word;
      const words = addresses.length > 1 && word !== undefined ? `${word}s` : word;
      return [words ?? own[0]?.route.nextHopType ?? type, addresses.join(", ")].join(" ").trimEnd();
    })
    .join(" + ");
}

/** The notes of an explanation without the one that its diagnosis states already. */
export function notesBesides({ diagnosis, notes }: Pick<Explanation, "diagnosis" | "notes">): readonly Note[] {
  const stated = diagnosis.id === "shared" ? "equal-cost" : diagnosis.id;
  const at = notes.findIndex(({ id }) => id === stated);
  return notes.filter((_, index) => index !== at);
}
