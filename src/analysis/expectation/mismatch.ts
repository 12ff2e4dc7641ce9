import { addressOrNull, formatAddress } from "../../net/address.ts";
import { includesTag } from "../../routes/includes-tag.ts";
import type { Candidate, Explanation } from "../../selection/explanation.ts";
import type { GatewayExplanation } from "../../selection/gateways/explain-gateway.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import type { Expectation } from "./expectation.ts";

/** An expectation that an explanation does not meet. */
export interface Mismatch {
  readonly destination: string;
  readonly expectation: Expectation;
  /** The actual values of the explanation for the expected key; may be empty. */
  readonly actual: readonly string[];
  /** A message of one line. */
  readonly text: string;
}

const MAX_SHOWN_LENGTH = 80;

/** Returns the winning rows; several if they share the traffic at equal cost. */
const winners = ({ candidates }: Explanation) => candidates.filter(({ outcome }) => outcome === "won");

/** Returns the canonical spelling of an address, or the text unchanged if it is not an address. */
function canonicalAddress(address: string): string {
  const read = addressOrNull(address);
  return read === null ? address : formatAddress(read);
}

/**
 * Returns the next hop addresses of a row. A dropped packet has none, even if a user route to a missing appliance
 * lists one.
 */
const addressesOf = (row: Candidate) =>
  same(row.nextHopType, "None") ? [] : row.nextHopIpAddress.map(canonicalAddress);

/**
 * Returns the actual values for a key. For `tag` these are all tags of the address. For the other keys there is one
 * value per winning row or next hop. A next hop without an address is represented by its type, a route without a name
 * by null.
 */
function actualOf(explanation: Explanation, key: Expectation["key"]): readonly (string | null)[] {
  const rows = winners(explanation);
  switch (key) {
    case "next-hop":
      return rows.map((row) => row.nextHopType);
    case "via":
      return rows.flatMap((row) => {
        const addresses = addressesOf(row);
        return addresses.length === 0 ? [row.nextHopType] : addresses;
      });
    case "prefix":
      return rows.map((row) => row.addressPrefix);
    case "route":
      return rows.map((row) => row.name);
    case "verdict":
      return [explanation.verdict];
    case "tag":
      return [...explanation.serviceTags.map(({ name }) => name), ...rows.map((row) => row.serviceTag)];
    default:
      return key satisfies never;
  }
}

/** Compares without case. A regional tag also matches the tag of its service: `Storage.WestEurope` matches Storage. */
function matches(key: Expectation["key"], actual: string | null, value: string): boolean {
  if (actual === null) return false;
  return key === "tag" ? includesTag(value, actual) : same(actual, value);
}

function isMet({ key, negated, values }: Expectation, actual: readonly (string | null)[]): boolean {
  const isOneOf = (found: string | null) => values.some((value) => matches(key, found, value));
  if (negated) return !actual.some(isOneOf);
  return key === "tag" ? actual.some(isOneOf) : actual.length > 0 && actual.every(isOneOf);
}

function sentence(answer: JudgedAnswer, { key, negated, values }: Expectation, actual: readonly string[]): string {
  const expected = `${negated ? "not " : ""}${values.map((value) => quotedText(value, MAX_SHOWN_LENGTH)).join(" or ")}`;
  const found = actual.map((value) => quotedText(value, MAX_SHOWN_LENGTH)).join(", ");
  const { prefix, verdict } = answer;
  const details = [
    key === "prefix" ? "" : (prefix ?? ""),
    verdict === "forward" || key === "verdict" ? "" : verdict,
  ].filter((text) => text !== "");
  const suffix = details.length === 0 ? "" : ` (${details.join(", ")})`;
  return `${answer.destination}: expected ${key} ${expected}, got ${found === "" ? "none" : found}${suffix}`;
}

/**
 * Returns the expectations that the explanation does not meet, in order. Text is compared without case.
 *
 * If several routes or next hops share the traffic, all of them must match (`via=10.0.1.4` fails if half the packets
 * take another next hop; `via=10.0.1.4,10.0.1.5` allows both), and with `!=` none may match. `tag` matches any tag
 * that contains the destination, the tag of the winning endpoint route, and a region of the expected tag.
 */
export function mismatches(explanation: Explanation, expectations: readonly Expectation[]): readonly Mismatch[] {
  const { destination, verdict, winner } = explanation;
  const actual = ({ key }: Expectation) => actualOf(explanation, key);
  return judge({ destination, verdict, prefix: winner?.addressPrefix ?? null, actual }, expectations);
}

/**
 * Returns the expectations that the answer of a router, or of some of its instances, does not meet. A next hop is its
 * name if the expectation gives that name, else its address.
 */
export function routerMismatches(
  explanation: GatewayExplanation,
  expectations: readonly Expectation[],
  allInstances: readonly string[],
): readonly Mismatch[] {
  const { destination, verdict, instances, candidates, nextHops } = explanation;
  const rows = candidates.filter(({ outcome }) => outcome === "won");
  const actual = ({ key, values }: Expectation): readonly (string | null)[] => {
    if (key === "verdict") return [verdict];
    if (key === "prefix") return rows.map(({ addressPrefix }) => addressPrefix);
    if (key === "next-hop") return rows.map(({ nextHopType }) => nextHopType);
    if (nextHops.length === 0) return rows.map(({ nextHopType }) => nextHopType ?? verdict);
    return nextHops.map(({ text, name }) => {
      const isNamed = name !== null && values.some((value) => same(value, name));
      return isNamed || text.startsWith("/") ? name : canonicalAddress(text);
    });
  };
  const where = instances.length === allInstances.length ? "" : ` at ${instances.join(", ")}`;
  return judge(
    { destination: `${destination}${where}`, verdict, prefix: rows[0]?.addressPrefix ?? null, actual },
    expectations,
  );
}

/** The parts of an answer that expectations judge. */
interface JudgedAnswer {
  readonly destination: string;
  readonly verdict: string;
  /** The winner's. */
  readonly prefix: string | null;
  actual(expectation: Expectation): readonly (string | null)[];
}

function judge(answer: JudgedAnswer, expectations: readonly Expectation[]): readonly Mismatch[] {
  return expectations.flatMap((expectation): readonly Mismatch[] => {
    const found = answer.actual(expectation);
    if (isMet(expectation, found)) return [];
    const actual = [...new Set(found.filter((value) => value !== null))];
    return [{ destination: answer.destination, expectation, actual, text: sentence(answer, expectation, actual) }];
  });
}
