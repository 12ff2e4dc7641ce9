import { type AddressRange, addressCount, differenceOf } from "../../../net/address-ranges.ts";
import type { TagCatalogue } from "../../../service-tags/tag-catalogue.ts";
import { UserError } from "../../../text/user-error.ts";
import { countAddresses, describeAddresses, largerFirst } from "../../destinations/address-counts.ts";
import type { ResultSize } from "../../destinations/result-size.ts";
import type { TraceData, TraceStart } from "../../trace/question.ts";
import { type RoundTrip, roundTrip } from "../../trace/round-trip.ts";
import { startOf } from "../../trace/start.ts";
import { addressesOf } from "../judged-addresses.ts";
import type { ReachRule } from "../policy.ts";
import { type PolicyResult, ruleHead } from "../result.ts";
import { type AddressClass, classesOf } from "./classes.ts";
import type { ReachFinding } from "./finding.ts";
import { type Judgement, judge } from "./judge.ts";
import { matchesName } from "./names.ts";
import { notJudged } from "./not-judged.ts";

/** Where packets can start: a subnet, or a NIC whose subnet is unknown. */
export interface ReachSource {
  /** `network/subnet`, or the name of the NIC; unique. */
  readonly name: string;
  /** How a trace names it: `subnet:ID` or `nic:ID`. */
  readonly start: string;
  readonly hasTable: boolean;
}

/** As many walks are made for one rule: half a minute's work. */
const MOST_WALKS = 300_000;

/**
 * Judges the rule from each source that it names. Every address of `to` is judged, not samples: within a class all
 * routers decide alike, and one address of each class is traced.
 * @throws UserError if it needs too many walks, or if the result is too large.
 */
export function checkReach(
  rule: ReachRule,
  sources: readonly ReachSource[],
  data: TraceData,
  tags: TagCatalogue | null,
  size: ResultSize,
): readonly PolicyResult[] {
  const unmatched = rule.from.filter((name) => !sources.some((source) => matchesName(name, source.name)));
  const from = sources.filter(({ name }) => rule.from.some((wanted) => matchesName(wanted, name)));
  const asked = differenceOf(addressesOf(rule.to, tags), addressesOf(rule.except, tags));
  const classes = classesOf(asked, data);
  const own = from.filter(({ hasTable }) => hasTable);
  if (classes.length * own.length > MOST_WALKS) {
    const walks = (classes.length * own.length).toLocaleString("en");
    throw new UserError(
      "result-too-large",
      `rule ${rule.id} needs ${walks} walks: ${classes.length} classes of addresses from ${own.length} subnets`,
      "write rules from fewer subnets, or to fewer prefixes",
    );
  }
  return [
    ...unmatched.map((name) =>
      notJudged(rule, [], `nothing in the snapshot is named '${name}': a rule is from NETWORK/SUBNET`),
    ),
    ...from.map((source) =>
      source.hasTable
        ? fromSource(rule, source, asked, classes, data, size)
        : notJudged(rule, [source.name], "the snapshot has no table of it"),
    ),
  ];
}

function fromSource(
  rule: ReachRule,
  { name, start: text }: ReachSource,
  asked: readonly AddressRange[],
  classes: readonly AddressClass[],
  data: TraceData,
  size: ResultSize,
): PolicyResult {
  const start = startOf(data, text);
  const groups = new Map<string, { readonly judgement: Judgement; readonly trip: RoundTrip; ranges: AddressRange[] }>();
  for (const { ranges, examples } of classes) {
    const trip = walk(rule, start, examples, data);
    if (trip === null) continue;
    const judgement = judge(rule, trip);
    if (judgement.status === "holds") continue;
    const hops = trip.trace.hops.filter(({ kind }) => kind !== "host").map(({ name }) => name);
    const key = JSON.stringify([judgement.status, trip.trace.disposition, hops, kindsOf(judgement)]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { judgement, trip, ranges: [...ranges] });
    else for (const range of ranges) known.ranges.push(range);
  }
  const inOrder = [...groups.values()].sort((a, b) => largerFirst(a.ranges, b.ranges));
  const violating = inOrder.filter(({ judgement }) => judgement.status === "violated");
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
  const [unknown] = findings.filter(({ status }) => status === "unknown");
  const isEmpty = addressCount(asked) === 0n;
  const reason =
    violating.length > 0
      ? null
      : isEmpty
        ? "no address is left to judge"
        : unknown === undefined
          ? null
          : `${unknown.example}: ${unknown.mismatches.join("; ")}`;
  return {
    rule: ruleHead(rule),
    tables: [name],
    status: violating.length > 0 ? "violated" : reason === null ? "holds" : "not-judged",
    reason,
    addresses: countAddresses(asked),
    violating: countAddresses(violating.flatMap(({ ranges }) => ranges)),
    leftOut: [],
    counterExamples: [],
    inventory: null,
    reach: { classes: classes.length, findings },
  };
}

/** Mismatches without the names of hosts and addresses: those of a class's neighbours say the same. */
const kindsOf = ({ mismatches }: Judgement) => mismatches.map((text) => text.slice(0, text.indexOf("; ")));

/** Traces to an address of a class, another one than the packet's own where the class has one. */
function walk(
  { symmetric, protocol, port }: ReachRule,
  from: TraceStart,
  examples: AddressClass["examples"],
  data: TraceData,
): RoundTrip | null {
  const to = examples.find((each) => each.family !== from.address?.family || each.value !== from.address.value);
  return to === undefined ? null : roundTrip(data, { from, to, protocol, port }, symmetric);
}
