import { formatAddress, parseAddress } from "../../net/address.ts";
import { isAddressError } from "../../net/address-error.ts";
import { formatPrefix, parsePrefix } from "../../net/prefix.ts";
import { armName, NEXT_HOP_TYPES } from "../../routes/next-hop-types.ts";
import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { UserError } from "../../text/user-error.ts";

const ERROR_CODES = ["expectation-syntax", "expectation-key", "expectation-value"] as const;

/** Why an expectation is rejected. */
export type ExpectationErrorCode = (typeof ERROR_CODES)[number];

/** Whether the error rejects a text as an expectation. */
export function isExpectationError(error: unknown): error is UserError<ExpectationErrorCode> {
  return error instanceof UserError && ERROR_CODES.some((code) => code === error.code);
}

/** What can be expected of an explanation. */
export const EXPECTATION_KEYS = ["next-hop", "via", "tag", "prefix", "route", "verdict"] as const;

export type ExpectationKey = (typeof EXPECTATION_KEYS)[number];

/** The explanation's `key` is one of the values; with `negated`, none of them. Values are in their usual spelling. */
export interface Expectation {
  readonly key: ExpectationKey;
  readonly negated: boolean;
  /** At least one. */
  readonly values: readonly string[];
}

/** Other names for a key: the fields of JSON output. Keys are compared without case and dashes. */
const SYNONYMS: ReadonlyMap<string, ExpectationKey> = new Map([
  ["nexthop", "next-hop"],
  ["nexthoptype", "next-hop"],
  ["nexthopipaddress", "via"],
  ["servicetag", "tag"],
  ["addressprefix", "prefix"],
  ["name", "route"],
]);

export const VERDICTS = ["forward", "drop", "platform", "no-route"] as const;

const EXAMPLE = "write KEY=VALUE or KEY!=VALUE, e.g. next-hop=VirtualAppliance or verdict!=drop";

/**
 * Reads `KEY=VALUE`, `KEY!=VALUE` or `KEY=VALUE,VALUE` (one of them). Keys: `next-hop` (a type, in ARM's, the portal's or
 * Network Watcher's words), `via` (a next hop address), `tag`, `prefix`, `route` (its name), `verdict`.
 * @throws UserError naming the nearest key or value.
 */
export function parseExpectation(text: string): Expectation {
  const match = /^([^=!\s]*)\s*(!?)={1,2}(.*)$/s.exec(text.trimStart());
  const [, typedKey = "", not = "", typedValues = ""] = match ?? [];
  if (match === null || typedKey === "") {
    throw new UserError("expectation-syntax", `'${quotedText(text)}' is no expectation`, EXAMPLE);
  }
  const key = keyOf(typedKey);
  const values = typedValues.split(",").map((value) => value.trim());
  if (values.some((value) => value.startsWith("="))) {
    throw new UserError("expectation-syntax", `'${quotedText(text)}' has an equals sign too many`, EXAMPLE);
  }
  if (values.includes("")) {
    throw new UserError("expectation-value", `'${quotedText(text)}' lacks a value`, EXAMPLE);
  }
  return { key, negated: not !== "", values: values.map((value) => expectedValue(key, value)) };
}

function keyOf(typed: string): ExpectationKey {
  const folded = typed.toLowerCase().replace(/[-_]/g, "");
  const key = EXPECTATION_KEYS.find((known) => known.replace("-", "") === folded) ?? SYNONYMS.get(folded);
  if (key !== undefined) return key;
  const near = nearNames(typed, EXPECTATION_KEYS);
  throw new UserError(
    "expectation-key",
    `nothing called '${quotedText(typed)}' can be expected`,
    near.length > 0 ? `did you mean: ${near.join(", ")}` : `one of: ${EXPECTATION_KEYS.join(", ")}`,
  );
}

/**
 * A value that a key can have, in its usual spelling.
 * @throws UserError naming the nearest value.
 */
export function expectedValue(key: ExpectationKey, value: string): string {
  switch (key) {
    case "next-hop":
      return nextHopType(value);
    case "via":
      return readBy(key, value, (text) => formatAddress(parseAddress(text)));
    case "prefix":
      return readBy(key, value, (text) => formatPrefix(parsePrefix(text)));
    case "verdict":
      return verdict(value);
    case "tag":
    case "route":
      return value;
    default:
      return key satisfies never;
  }
}

function readBy(key: ExpectationKey, value: string, read: (text: string) => string): string {
  try {
    return read(value);
  } catch (error) {
    if (!isAddressError(error)) throw error;
    throw new UserError("expectation-value", `${key}: ${quotedText(error.message, 80)}`, error.hint);
  }
}

/** A misspelt type would never match, which `!=` would not even notice; so what resembles a known type must be one. */
function nextHopType(value: string): string {
  const name = armName(value);
  const known = NEXT_HOP_TYPES.find((type) => same(type, name));
  if (known !== undefined) return known;
  const near = nearNames(name, NEXT_HOP_TYPES);
  if (near.length === 0) return name;
  throw new UserError(
    "expectation-value",
    `'${quotedText(value)}' is no next hop type`,
    `did you mean: ${near.join(", ")}`,
  );
}

function verdict(value: string): string {
  const known = VERDICTS.find((name) => name.replace("-", "") === value.toLowerCase().replace(/[\s_-]/g, ""));
  if (known !== undefined) return known;
  const near = nearNames(value, VERDICTS);
  throw new UserError(
    "expectation-value",
    `'${quotedText(value)}' is no verdict`,
    near.length > 0 ? `did you mean: ${near.join(", ")}` : `one of: ${VERDICTS.join(", ")}`,
  );
}
