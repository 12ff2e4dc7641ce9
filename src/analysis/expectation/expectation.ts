import { formatAddress, parseAddress } from "../../net/address.ts";
import { isAddressError } from "../../net/address-error.ts";
import { formatPrefix, parsePrefix } from "../../net/prefix.ts";
import { armName, NEXT_HOP_TYPES } from "../../routes/next-hop-types.ts";
import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { UserError } from "../../text/user-error.ts";

const ERROR_CODES = ["expectation-syntax", "expectation-key", "expectation-value"] as const;

/** Codes for invalid expectations. */
export type ExpectationErrorCode = (typeof ERROR_CODES)[number];

/** Whether the error reports an invalid expectation. */
export function isExpectationError(error: unknown): error is UserError<ExpectationErrorCode> {
  return error instanceof UserError && ERROR_CODES.some((code) => code === error.code);
}

/** The keys of an expectation. */
export const EXPECTATION_KEYS = ["next-hop", "via", "tag", "prefix", "route", "verdict"] as const;

export type ExpectationKey = (typeof EXPECTATION_KEYS)[number];

/**
 * Expects the explanation's `key` to be one of the values, or none of them if `negated`. Values are in canonical
 * spelling.
 */
export interface Expectation {
  readonly key: ExpectationKey;
  readonly negated: boolean;
  /** At least one. */
  readonly values: readonly string[];
}

/** Aliases of the keys: the field names of the JSON output, in lower case and without dashes. */
const ALIASES: ReadonlyMap<string, ExpectationKey> = new Map([
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
 * Parses `KEY=VALUE`, `KEY!=VALUE` or `KEY=VALUE,VALUE` (any of them). Keys: `next-hop` (a type, as ARM, the portal or
 * Network Watcher write it), `via` (a next hop address), `tag`, `prefix`, `route` (a route name), `verdict`.
 * @throws UserError whose hint suggests similar keys or values.
 */
export function parseExpectation(text: string): Expectation {
  const match = /^([^=!\s]*)\s*(!?)={1,2}(.*)$/s.exec(text.trimStart());
  const [, typedKey = "", not = "", typedValues = ""] = match ?? [];
  if (match === null || typedKey === "") {
    throw new UserError("expectation-syntax", `'${quotedText(text)}' is not a valid expectation`, EXAMPLE);
  }
  const key = keyOf(typedKey);
  const values = typedValues.split(",").map((value) => value.trim());
  if (values.some((value) => value.startsWith("="))) {
    throw new UserError("expectation-syntax", `too many equals signs in '${quotedText(text)}'`, EXAMPLE);
  }
  if (values.includes("")) {
    throw new UserError("expectation-value", `missing value in '${quotedText(text)}'`, EXAMPLE);
  }
  return { key, negated: not !== "", values: values.map((value) => expectedValue(key, value)) };
}

function keyOf(typed: string): ExpectationKey {
  const folded = typed.toLowerCase().replace(/[-_]/g, "");
  const key = EXPECTATION_KEYS.find((known) => known.replace("-", "") === folded) ?? ALIASES.get(folded);
  if (key !== undefined) return key;
  const near = nearNames(typed, EXPECTATION_KEYS);
  throw new UserError(
    "expectation-key",
    `unknown --expect key '${quotedText(typed)}'`,
    near.length > 0 ? `did you mean: ${near.join(", ")}` : `one of: ${EXPECTATION_KEYS.join(", ")}`,
  );
}

/**
 * Parses a value of the key and returns its canonical spelling.
 * @throws UserError whose hint suggests similar values.
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

/**
 * Accepts unknown types, because Azure may add some, but rejects likely typos: a misspelt type never matches, so `!=`
 * always holds.
 */
function nextHopType(value: string): string {
  const name = armName(value);
  const known = NEXT_HOP_TYPES.find((type) => same(type, name));
  if (known !== undefined) return known;
  const near = nearNames(name, NEXT_HOP_TYPES);
  if (near.length === 0) return name;
  throw new UserError(
    "expectation-value",
    `unknown next hop type '${quotedText(value)}'`,
    `did you mean: ${near.join(", ")}`,
  );
}

function verdict(value: string): string {
  const known = VERDICTS.find((name) => name.replace("-", "") === value.toLowerCase().replace(/[\s_-]/g, ""));
  if (known !== undefined) return known;
  const near = nearNames(value, VERDICTS);
  throw new UserError(
    "expectation-value",
    `unknown verdict '${quotedText(value)}'`,
    near.length > 0 ? `did you mean: ${near.join(", ")}` : `one of: ${VERDICTS.join(", ")}`,
  );
}
