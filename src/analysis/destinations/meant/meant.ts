import { type Address, bitsOf, formatAddress, parseAddress } from "../../../net/address.ts";
import { type AddressRange, prefixesOf } from "../../../net/address-ranges.ts";
import { lengthOfNetmask } from "../../../net/netmask.ts";
import { firstAddress, formatPrefix, type Prefix, parsePrefix, prefixOf } from "../../../net/prefix.ts";
import { endpointOfTag, serviceOfTag, tagOfEndpoint } from "../../../service-tags/service-endpoints.ts";
import { quotedText } from "../../../text/quoted-text.ts";
import { stripped } from "../../../text/stripped.ts";
import { UserError } from "../../../text/user-error.ts";
import { destinationError, isDestinationError } from "../destination.ts";

/** What a text that is not a destination probably means. */
export interface Meant {
  /** What is wrong, as the end of a sentence. */
  readonly problem: string;
  /** The destinations, or a host name. */
  readonly words: readonly string[];
  readonly kind: "destinations" | "host";
}

/** A range of addresses needs at most 62 prefixes in IPv4. Longer lists are not worth a command line. */
const MOST_PREFIXES = 62;

/** Nobody types longer ones. */
const LONGEST = 300;

/**
 * What the text probably means: a netmask, a range, a list, a URL, an address with a port, a service, a short prefix
 * such as `10/8`, or a destination in quotes or with a comma. Null if nothing of that fits.
 */
export function meantBy(text: string): Meant | null {
  if (text.length > LONGEST) return null;
  const typed = text.trim();
  for (const reading of READINGS) {
    const found = reading(typed);
    if (found !== null) return found;
  }
  return null;
}

/**
 * The rejection of a destination with what it probably means as the hint and the correction. The error itself where
 * nothing is meant, and for a valid destination of a kind that the command does not take, such as a tag.
 */
export function withMeaning<Thrown>(error: Thrown, text: string): Thrown | UserError {
  if (!isDestinationError(error) || isDestination(text)) return error;
  const meant = meantBy(text);
  if (meant === null) return error;
  const message = `'${quotedText(text)}' ${meant.problem}`;
  const [host = ""] = meant.words;
  return meant.kind === "host"
    ? new UserError(error.code, message, `give one of its addresses: nslookup ${quotedText(host, 60)}`)
    : new UserError(error.code, message, `write ${meant.words.join(" ")}`, error.exit, {
        correction: { words: [text], instead: meant.words },
      });
}

type Reading = (typed: string) => Meant | null;

const destinations = (problem: string, words: readonly string[]): Meant => ({ problem, words, kind: "destinations" });

const READINGS: readonly Reading[] = [netmask, range, list, shortPrefix, wildcard, url, hostAndPort, service, wrapped];

const isDestination = (text: string) => destinationError(text) === null;

function tryTo<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch (error) {
    if (isDestinationError(error)) return null;
    throw error;
  }
}

/** `10.0.0.0/255.255.0.0`, also with a blank instead of the slash. */
function netmask(typed: string): Meant | null {
  const [first = "", mask = "", ...more] = typed.split(/[/\s]+/);
  if (more.length > 0) return null;
  const length = lengthOfNetmask(mask);
  const address = length === null ? null : tryTo(() => parseAddress(first));
  if (length === null || address?.family !== 4) return null;
  return destinations("has a netmask instead of a prefix length", [formatPrefix(prefixOf(address, length))]);
}

/** `10.0.0.1-10.0.0.9` or `10.0.0.1-9`: exactly these addresses as prefixes. */
function range(typed: string): Meant | null {
  const [first = "", last = "", ...more] = typed.split(/[-–—]|\bto\b|\.{2,3}/).map((part) => part.trim());
  const from = tryTo(() => parseAddress(first));
  if (from === null || more.length > 0) return null;
  const end = from.family === 4 && /^\d{1,3}$/.test(last) ? `${first.slice(0, first.lastIndexOf("."))}.${last}` : last;
  const to = tryTo(() => parseAddress(end));
  const between = to === null ? null : rangeBetween(from, to);
  const prefixes = between === null ? [] : prefixesOf([between]);
  if (prefixes.length === 0 || prefixes.length > MOST_PREFIXES) return null;
  return destinations("is a range; give it as prefixes", prefixes.map(shortest));
}

/** A prefix of one address is written as the address. */
function shortest(prefix: Prefix): string {
  return prefix.length === bitsOf(prefix.family) ? formatAddress(firstAddress(prefix)) : formatPrefix(prefix);
}

function rangeBetween(from: Address, to: Address): AddressRange | null {
  if (from.family !== to.family || from.value > to.value) return null;
  return { family: from.family, first: from.value, last: to.value };
}

/** Several destinations in one word, or one with a stray comma. */
function list(typed: string): Meant | null {
  const parts = typed.split(/[\s,;]/).filter((part) => part !== "");
  if (parts.length === 0 || (parts.length === 1 && parts[0] === typed) || !parts.every(isDestination)) return null;
  return destinations(parts.length > 1 ? "is a list; separate destinations by blanks" : "has a stray comma", parts);
}

/** `10/8` and `10.1/16`. */
function shortPrefix(typed: string): Meant | null {
  const [, parts = "", length = ""] = /^(\d+(?:\.\d+){0,2})\.?\/(\d+)$/.exec(typed) ?? [];
  const whole = `${[...parts.split("."), "0", "0", "0"].slice(0, 4).join(".")}/${length}`;
  return tryTo(() => parsePrefix(whole)) === null ? null : destinations("is not a whole prefix", [whole]);
}

/** `10.0.*.*` and `10.0.*`. */
function wildcard(typed: string): Meant | null {
  const [, parts = ""] = /^(\d+(?:\.\d+){0,2})(?:\.\*)+$/.exec(typed) ?? [];
  const fixed = parts.split(".");
  if (typed.split(".").length > 4) return null;
  const whole = `${[...fixed, "0", "0", "0"].slice(0, 4).join(".")}/${8 * fixed.length}`;
  return tryTo(() => parsePrefix(whole)) === null ? null : destinations("has wildcards", [whole]);
}

/** A URL, or a host name with a path: the host is meant. */
function url(typed: string): Meant | null {
  const [, scheme, authority = ""] = /^([a-z][\w+.-]*:\/\/)?([^/?#\s]+)(?:[/?#].*)?$/i.exec(typed) ?? [];
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  if (scheme === undefined && (authority === typed || !isHostName(host))) return null;
  return hostOf(host, "is a URL, not an address");
}

/** `10.1.2.3:443`, `[2001:db8::1]:443`, `name.example:443`. */
function hostAndPort(typed: string): Meant | null {
  return /^([^:\s]+:\d+|\[[^\]]+\](:\d+)?)$/.test(typed) ? hostOf(typed, "has a port or brackets") : null;
}

function hostOf(authority: string, problem: string): Meant | null {
  const [, bracketed, plain] = /^(?:\[([^\]]+)\]|([^:]+))(?::\d*)?$/.exec(authority) ?? [];
  const host = bracketed ?? plain ?? "";
  if (tryTo(() => parseAddress(host)) !== null) return destinations(problem, [host]);
  return isHostName(host) ? { problem, words: [host], kind: "host" } : null;
}

/** `Storage`, `Storage.WestEurope`, `Microsoft.Storage`, `tag=Storage`. */
function service(typed: string): Meant | null {
  const [, named, name = ""] = /^((?:service-?)?tag[=:] ?)?([a-z][\w.]*)$/i.exec(typed) ?? [];
  const tag = tagOfEndpoint(name) ?? name;
  const isKnown = WELL_KNOWN.has(serviceOfTag(tag).toLowerCase()) || endpointOfTag(tag) !== null;
  if (named === undefined ? !isKnown : name === "") return null;
  return destinations("is not a valid destination", [`tag:${tag}`]);
}

/** Service tags without a service endpoint that people ask about most. */
const WELL_KNOWN = new Set(
  "AzureCloud AzureMonitor AzureActiveDirectory AzureResourceManager AzureFrontDoor AzureDevOps AzureBackup MicrosoftDefenderForEndpoint ApiManagement LogicApps DataFactory AzureDatabricks WindowsVirtualDesktop GatewayManager AzureSiteRecovery"
    .toLowerCase()
    .split(" "),
);

const AROUND = new Set("\"'`“”„‘’«»<>(){}[].,;:!?");

/** A destination in quotes or brackets, or with punctuation of a sentence after it. */
function wrapped(typed: string): Meant | null {
  const inner = stripped(typed, AROUND);
  return inner !== typed && isDestination(inner) ? destinations("has quotes or punctuation around it", [inner]) : null;
}

/** A name with a dot in it. A last part of digits alone is that of a mistyped address. */
const HOST_NAME = /^(?=.{1,253}\.?$)(?!\d+(\.\d+)*\.?$)[a-z\d_]([\w-]{0,61}\w)?(\.\w([\w-]{0,61}\w)?)+\.?$/i;

const isHostName = (text: string) => HOST_NAME.test(text);
