import { formatAddress, parseAddress } from "../../net/address.ts";
import { isAddressError } from "../../net/address-error.ts";
import type { Candidate, Explanation } from "../../selection/explanation.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import type { Expectation } from "./expectation.ts";

/** An expectation that an explanation does not meet. */
export interface Mismatch {
  readonly destination: string;
  readonly expectation: Expectation;
  /** What the explanation has in the expectation's place; empty where it has nothing there. */
  readonly actual: readonly string[];
  /** One line for people. */
  readonly text: string;
}

const LONGEST_SHOWN = 80;

/** The rows that carry the traffic: several where they share it at equal cost. */
const winners = ({ candidates }: Explanation) => candidates.filter(({ outcome }) => outcome === "won");

/** A next hop address in its usual spelling; what is none, as it is. */
function usual(address: string): string {
  try {
    return formatAddress(parseAddress(address));
  } catch (error) {
    if (!isAddressError(error)) throw error;
    return address;
  }
}

/** A dropped packet goes by no next hop, though a user route to a missing appliance lists one. */
const addressesOf = (row: Candidate) => (same(row.nextHopType, "None") ? [] : row.nextHopIpAddress.map(usual));

/**
 * What the explanation has under a key. Of `tag` these are facts that are all true at once (an address is in several tags);
 * of the others, ways that the traffic may take, one for each winner or next hop: a next hop without an address is its type,
 * a route without a name null.
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
      return [...explanation.serviceTags.map(({ name }) => name), ...rows.map((row) => row.serviceTag)].filter(
        (name) => name !== null,
      );
    default:
      return key satisfies never;
  }
}

/** A regional tag is part of its service's tag: `Storage.WestEurope` is Storage. */
function matches(key: Expectation["key"], actual: string | null, value: string): boolean {
  if (actual === null) return false;
  if (same(actual, value)) return true;
  return key === "tag" && actual.toLowerCase().startsWith(`${value.toLowerCase()}.`);
}

function isMet({ key, negated, values }: Expectation, actual: readonly (string | null)[]): boolean {
  const isOneOf = (found: string | null) => values.some((value) => matches(key, found, value));
  if (negated) return !actual.some(isOneOf);
  return key === "tag" ? actual.some(isOneOf) : actual.length > 0 && actual.every(isOneOf);
}

function sentence(explanation: Explanation, { key, negated, values }: Expectation, actual: readonly string[]): string {
  const wanted = `${negated ? "not " : ""}${values.map((value) => quotedText(value, LONGEST_SHOWN)).join(" or ")}`;
  const found = actual.map((value) => quotedText(value, LONGEST_SHOWN)).join(", ");
  const { winner, verdict } = explanation;
  const prefix = winner === null || key === "prefix" ? "" : winner.addressPrefix;
  const details = [prefix, verdict === "forward" || key === "verdict" ? "" : verdict].filter((text) => text !== "");
  const behind = details.length === 0 ? "" : ` (${details.join(", ")})`;
  return `${explanation.destination}: expected ${key} ${wanted}, ${found === "" ? "has none" : `is ${found}`}${behind}`;
}

/**
 * The expectations that the explanation does not meet, in their order; none when all hold. Texts are compared without case.
 *
 * Where several routes or next hops share the traffic, each of them must be what is expected (`via=10.0.1.4` fails where half
 * the packets go elsewhere; `via=10.0.1.4,10.0.1.5` allows both), and with `!=` none may be. `tag` asks about the destination:
 * it is met by any tag that holds it or that names the winning endpoint route, and by a region of the tag.
 */
export function mismatches(explanation: Explanation, expectations: readonly Expectation[]): readonly Mismatch[] {
  return expectations.flatMap((expectation): readonly Mismatch[] => {
    const found = actualOf(explanation, expectation.key);
    if (isMet(expectation, found)) return [];
    const actual = [...new Set(found.filter((value) => value !== null))];
    const text = sentence(explanation, expectation, actual);
    return [{ destination: explanation.destination, expectation, actual, text }];
  });
}
