import { addressOrNull, sameAddress } from "../../net/address.ts";
import { didYouMean, nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { UserError } from "../../text/user-error.ts";
import type { RoundTrip } from "./round-trip.ts";
import type { Disposition, Hop, Trace, TraceEnd } from "./trace.ts";

/** What a trace is expected to show. */
export type TraceExpectation =
  | { readonly kind: "disposition"; readonly wanted: Disposition }
  | { readonly kind: "via"; readonly wanted: string }
  | { readonly kind: "symmetric" };

const DISPOSITIONS: readonly Disposition[] = [
  "delivered",
  "leaves-azure",
  "dropped",
  "no-route",
  "loop",
  "refused",
  "unknown",
  "depends",
];

const WORDS = [...DISPOSITIONS, "symmetric", "via="];

const HINT = `one of: ${DISPOSITIONS.join(", ")}, symmetric, via=ADDRESS or via=NAME`;

/** Reads one word of `--expect`. @throws UserError with near words for any other. */
export function readTraceExpectation(text: string): TraceExpectation {
  const word = text.trim();
  const [, via] = /^via=(.*)/is.exec(word) ?? [];
  if (via !== undefined) {
    if (via.trim() === "") throw new UserError("trace-expect", "via= has no value", "write via=10.0.1.4 or via=NAME");
    return { kind: "via", wanted: via.trim() };
  }
  if (same(word, "symmetric")) return { kind: "symmetric" };
  const wanted = DISPOSITIONS.find((each) => same(each, word));
  if (wanted !== undefined) return { kind: "disposition", wanted };
  throw new UserError(
    "trace-expect",
    `unknown --expect '${quotedText(word)}'${didYouMean(nearNames(word, WORDS))}`,
    HINT,
  );
}

/** Returns the difference between a trace and an expectation, in one line; null where the trace meets it. */
export function mismatchOf(expectation: TraceExpectation, { trace, symmetry, returnReason }: RoundTrip): string | null {
  switch (expectation.kind) {
    case "disposition":
      return trace.disposition === expectation.wanted
        ? null
        : `expected: ${expectation.wanted}; actual: ${trace.disposition} (${trace.text})`;
    case "via": {
      const names = trace.hops.map(({ name }) => name).join(", ");
      return passesAlways(trace, expectation.wanted)
        ? null
        : `expected: via ${expectation.wanted} on every branch; actual: ${names}`;
    }
    case "symmetric": {
      if (symmetry?.symmetric === true) return null;
      const why =
        symmetry === null ? `the reply is not traced: ${returnReason ?? "--return is missing"}` : symmetry.text;
      return `expected: symmetric; actual: ${why}`;
    }
    default:
      return expectation satisfies never;
  }
}

/** Whether every way from the start to an end passes a hop with this name or address. */
function passesAlways(trace: Trace, wanted: string): boolean {
  return trace.hops.some((hop) => isNamed(hop, wanted)) && trace.ends.every((end) => passes(trace, [wanted], end));
}

/** Whether every way from the start to the end passes a hop with one of these names or addresses. */
export function passes({ hops }: Trace, wanted: readonly string[], end: TraceEnd): boolean {
  const reached = new Set<number>();
  const open = hops[0] === undefined ? [] : [hops[0]];
  for (let hop = open.pop(); hop !== undefined; hop = open.pop()) {
    const { index, next } = hop;
    if (reached.has(index) || wanted.some((name) => isNamed(hop as Hop, name))) continue;
    reached.add(index);
    for (const at of next) {
      const follower = hops[at - 1];
      if (follower !== undefined) open.push(follower);
    }
  }
  return !reached.has(end.hop);
}

function isNamed(hop: Hop, wanted: string): boolean {
  const names = [hop.name, hop.resourceId];
  if (hop.kind === "nic") names.push(hop.applianceId, hop.applianceId?.split("/").at(-1) ?? null);
  if (names.some((name) => name !== null && same(name, wanted))) return true;
  if (hop.address === null) return false;
  if (same(hop.address, wanted)) return true;
  const address = addressIn(wanted);
  const own = address === null ? null : addressIn(hop.address);
  return address !== null && own !== null && sameAddress(address, own);
}

/** The address that a text is; null, and quickly, for a name. */
const addressIn = (text: string) => (/^[\d.]+$|:/.test(text) ? addressOrNull(text) : null);
