import { formatAddress, parseAddress } from "../../net/address.ts";
import { isAddressError } from "../../net/address-error.ts";
import { formatPrefix, parsePrefix } from "../../net/prefix.ts";
import { armName, NEXT_HOP_TYPES } from "../../routes/next-hop-types.ts";
import type { GatewayExplanation } from "../../selection/gateways/explain-gateway.ts";
import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";
import { unknownNextHopHint } from "./unknown-next-hop.ts";

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
  ["nexthoptype", "next-hop"],
  ["nexthopipaddress", "via"],
  ["servicetag", "tag"],
  ["addressprefix", "prefix"],
  ["name", "route"],
]);

type GatewayVerdict = GatewayExplanation["verdict"];

export const VERDICTS = ["forward", "drop", "platform", "no-route"] as const;

const EXAMPLE = "write KEY=VALUE or KEY!=VALUE, e.g. next-hop=VirtualAppliance or verdict!=no-route";

/**
 * Parses `KEY=VALUE`, `KEY!=VALUE` or `KEY=VALUE,VALUE` (any of them). Keys: `next-hop` (a type, as ARM, the portal or
 * Network Watcher write it), `via` (a next hop address), `tag`, `prefix`, `route` (a route name), `verdict`.
 * @throws UserError whose hint suggests similar keys or values.
 */
export function parseExpectation(text: string): Expectation {
  const { typedKey, negated, values } = partsOf(text);
  const key = keyOf(typedKey, EXPECTATION_KEYS);
  return { key, negated, values: values.map((value) => expectedValue(key, value)) };
}

/** The keys of an expectation about the table of a hub, a gateway, a Route Server or a circuit. */
const ROUTER_KEYS = ["next-hop", "via", "prefix", "verdict"] as const satisfies readonly ExpectationKey[];

const ROUTER_VERDICTS: readonly string[] = ["forward", "own-network", "no-route"] satisfies GatewayVerdict[];

/**
 * Reads an expectation about the answer of a router. `next-hop` is a hub's type of next hop, and `via` may be the name
 * of a next hop.
 * @throws UserError, also for the keys and verdicts that such an answer never has.
 */
export function parseRouterExpectation(text: string): Expectation {
  const { typedKey, negated, values } = partsOf(text);
  const key = keyOf(typedKey, ROUTER_KEYS);
  const read = (value: string): string => {
    if (key === "verdict") return verdict(value, ROUTER_VERDICTS);
    const isText = key === "next-hop" || (key === "via" && !/^[\d.]+$|:/.test(value));
    return isText ? value : expectedValue(key, value);
  };
  return { key, negated, values: values.map(read) };
}

/** @throws UserError */
function partsOf(text: string) {
  const match = /^([^=!\s]*)\s*(!?)={1,2}(.*)$/s.exec(text.trimStart());
  const [, typedKey = "", not = "", typedValues = ""] = match ?? [];
  if (typedKey === "") {
    throw new UserError("expectation-syntax", `'${quotedText(text)}' is not a valid expectation`, EXAMPLE);
  }
  const values = typedValues.split(",").map((value) => value.trim());
  if (values.some((value) => value.startsWith("="))) {
    throw new UserError("expectation-syntax", `too many equals signs in '${quotedText(text)}'`, EXAMPLE);
  }
  if (values.includes("")) {
    throw new UserError("expectation-value", `missing value in '${quotedText(text)}'`, EXAMPLE);
  }
  return { typedKey, negated: not !== "", values };
}

function keyOf(typed: string, keys: readonly ExpectationKey[]): ExpectationKey {
  const folded = typed.toLowerCase().replace(/[-_]/g, "");
  const key = EXPECTATION_KEYS.find((known) => known.replace("-", "") === folded) ?? ALIASES.get(folded);
  if (key !== undefined && keys.includes(key)) return key;
  if (key !== undefined) {
    throw new UserError(
      "expectation-key",
      `--expect ${key} works only with the routes of a network interface`,
      `the tables of routers have: ${keys.join(", ")}`,
    );
  }
  const near = nearNames(typed, keys);
  throw new UserError(
    "expectation-key",
    `unknown --expect key '${quotedText(typed)}'`,
    near.length > 0 ? `did you mean: ${near.join(", ")}` : `one of: ${keys.join(", ")}`,
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
      return verdict(value, VERDICTS);
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
 * Accepts unknown types, because Azure may add some, but rejects likely typos. `unknownNextHopHint` judges the others
 * by the tables.
 */
function nextHopType(value: string): string {
  const name = armName(value);
  const hint = nearNames(name, NEXT_HOP_TYPES).length === 0 ? null : unknownNextHopHint(name, []);
  if (hint === null) return name;
  throw new UserError("expectation-value", `unknown next hop type '${quotedText(value)}'`, hint);
}

function verdict(value: string, verdicts: readonly string[]): string {
  const known = verdicts.find((name) => name.replace("-", "") === value.toLowerCase().replace(/[\s_-]/g, ""));
  if (known !== undefined) return known;
  const near = nearNames(value, verdicts);
  throw new UserError(
    "expectation-value",
    `unknown verdict '${quotedText(value)}'`,
    near.length > 0 ? `did you mean: ${near.join(", ")}` : `one of: ${verdicts.join(", ")}`,
  );
}
