import { hasAddress } from "../../../net/address.ts";
import type { AddressRange } from "../../../net/address-ranges.ts";
import { hasIpv6 } from "../../../selection/route-kinds.ts";
import type { TagCatalogue } from "../../../service-tags/tag-catalogue.ts";
import { quotedText } from "../../../text/quoted-text.ts";
import { UserError } from "../../../text/user-error.ts";
import type { NetworkInterface } from "../../../topology/topology.ts";
import { countAddresses, describeAddresses, largerFirst } from "../../destinations/address-counts.ts";
import type { ResultSize } from "../../destinations/result-size.ts";
import type { TraceData } from "../../trace/question.ts";
import { type RoundTrip, roundTrip } from "../../trace/round-trip.ts";
import { judgedAddresses } from "../judged-addresses.ts";
import { NO_TABLE, notJudged } from "../not-judged.ts";
import type { ReachRule } from "../policy.ts";
import { type PolicyResult, ruleHead } from "../result.ts";
import { type AddressClass, classesOf, exampleOf } from "./classes.ts";
import type { ReachFinding } from "./finding.ts";
import { type Judgement, judge } from "./judge.ts";
import { matchesName } from "./names.ts";
import { type Scope, withoutOwnNetwork } from "./scope.ts";
import { nicOf, type ReachSource, startAt } from "./source.ts";

/** The most walks for one rule. Each takes about half a millisecond, more in tables of thousands of rows. */
const MOST_WALKS = 100_000;

/**
 * Judges the rule from each source that it names. Every address of `to` is judged, not samples: within a class all
 * routers decide alike, and one address of each class is traced. Returns a result for a source without a table too, if
 * the table is missing, or if a name of the rule matches no source that has one. Calls `size` for each source, for a
 * limit of its own.
 * @throws UserError if it needs too many walks, or if a result is too large.
 */
export function* checkReach(
  rule: ReachRule,
  sources: readonly ReachSource[],
  data: TraceData,
  tags: TagCatalogue | null,
  size: () => ResultSize,
): Generator<PolicyResult> {
  const gaps = new Set<ReachSource>();
  const starts = new Map<ReachSource, NetworkInterface>();
  for (const wanted of rule.from) {
    const meant = sources.filter((source) => matchesName(wanted, source));
    if (meant.length === 0) {
      const text = `the snapshot has nothing named '${quotedText(wanted)}'; see: vnet-explain help policies`;
      yield notJudged(rule, [], text);
    }
    let sends = false;
    for (const source of meant) {
      const nic = nicOf(source, data);
      if (nic !== null) starts.set(source, nic);
      else if (source.withoutTable?.isGap !== false) gaps.add(source);
      sends ||= nic !== null;
    }
    if (!sends) for (const source of meant) gaps.add(source);
  }
  const judged = new JudgedClasses(rule, data, tags);
  const whole = new Map([...starts.values()].map((nic) => [nic, judged.of(nic)]));
  const scopes = rule.through.length === 0 ? whole : withoutOwnNetwork(whole, data);
  const walks = [...scopes.values()].reduce((sum, scope) => sum + (scope?.classes.length ?? 0), 0);
  if (walks > MOST_WALKS) {
    throw new UserError(
      "result-too-large",
      `rule ${rule.id} needs ${count(walks)} walks, from ${starts.size} subnets; the limit is ${count(MOST_WALKS)}`,
      "write rules from fewer subnets, or to fewer prefixes",
    );
  }
  for (const source of sources) {
    if (gaps.has(source)) yield notJudged(rule, [source.name], NO_TABLE);
    const nic = starts.get(source);
    if (nic === undefined) continue;
    const scope = scopes.get(nic);
    if (scope) yield fromSource(rule, source.name, nic, scope, data, size());
  }
}

const count = (number: number) => number.toLocaleString("en");

/** The addresses of a rule and their classes, worked out once for NICs that send IPv6, and once for all others. */
class JudgedClasses {
  readonly #rule: ReachRule;
  readonly #data: TraceData;
  readonly #tags: TagCatalogue | null;
  readonly #known = new Map<boolean, Scope>();

  constructor(rule: ReachRule, data: TraceData, tags: TagCatalogue | null) {
    this.#rule = rule;
    this.#data = data;
    this.#tags = tags;
  }

  of({ id }: NetworkInterface): Scope {
    const { table } = this.#data.tables.ofNic(id);
    const sendsIpv6 = table !== null && hasIpv6(table.table.routes);
    let known = this.#known.get(sendsIpv6);
    if (known === undefined) {
      const judged = judgedAddresses(this.#rule, sendsIpv6, this.#tags);
      known = { ...judged, classes: classesOf(judged.ranges, this.#data, this.#rule.through) };
      this.#known.set(sendsIpv6, known);
    }
    return known;
  }
}

function fromSource(
  rule: ReachRule,
  name: string,
  nic: NetworkInterface,
  { ranges: asked, leftOut, classes }: Scope,
  data: TraceData,
  size: ResultSize,
): PolicyResult {
  const groups = new Map<string, { readonly judgement: Judgement; readonly trip: RoundTrip; ranges: AddressRange[] }>();
  let isWalked = false;
  for (const each of classes) {
    const trip = walk(rule, nic, each, data);
    if (trip === null) continue;
    const { ranges } = each;
    isWalked = true;
    const judgement = judge(rule, trip);
    if (judgement.status === "holds") continue;
    const hops = trip.trace.hops.filter(({ kind }) => kind !== "host").map(({ name }) => name);
    const key = JSON.stringify([judgement.status, trip.trace.disposition, hops, kindsOf(judgement)]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { judgement, trip, ranges: [...ranges] });
    else for (const range of ranges) known.ranges.push(range);
  }
  const largest = [...groups.values()].sort((a, b) => largerFirst(a.ranges, b.ranges));
  const violating = largest.filter(({ judgement }) => judgement.status === "violated");
  const inOrder = [...violating, ...largest.filter(({ judgement }) => judgement.status !== "violated")];
  const findings = inOrder.map(({ judgement, trip: { trace }, ranges }): ReachFinding => {
    size.addGroup();
    return {
      ...describeAddresses(ranges, size),
      ...judgement,
      status: judgement.status === "violated" ? "violated" : "unknown",
      example: trace.to,
      disposition: trace.disposition,
      text: trace.text,
      hops: trace.hops.map(({ name }) => name),
    };
  });
  const reason = violating.length > 0 ? null : notJudgedReason(asked, isWalked, nic, findings[0]);
  return {
    rule: ruleHead(rule),
    tables: [name],
    status: violating.length > 0 ? "violated" : reason === null ? "holds" : "not-judged",
    reason,
    addresses: countAddresses(asked),
    violating: countAddresses(violating.flatMap(({ ranges }) => ranges)),
    leftOut,
    counterExamples: [],
    inventory: null,
    reach: { classes: classes.length, findings },
  };
}

/** Why a rule that nothing violates is not judged; null where it holds. */
function notJudgedReason(
  asked: readonly AddressRange[],
  isWalked: boolean,
  { name }: NetworkInterface,
  unknown: ReachFinding | undefined,
): string | null {
  if (asked.length === 0) return "no address is left to judge";
  if (!isWalked) return `only addresses of ${name} itself are left to judge`;
  return unknown === undefined ? null : `${unknown.example}: ${unknown.mismatches.join("; ")}`;
}

/** The parts of the rule that are not met, without the names and addresses that differ between neighbouring classes. */
const kindsOf = ({ mismatches }: Judgement) => mismatches.map((text) => text.slice(0, text.indexOf("; ")));

/** Traces to an address of a class that the sender does not have itself; null if the class has no other. */
function walk(
  { symmetric, protocol, port }: ReachRule,
  nic: NetworkInterface,
  addresses: AddressClass,
  data: TraceData,
): RoundTrip | null {
  const own = nic.ipConfigurations.flatMap(({ address }) => address ?? []);
  const to = exampleOf(addresses, (address) => hasAddress(own, address));
  return to === null ? null : roundTrip(data, { from: startAt(nic, to.family), to, protocol, port }, symmetric);
}
