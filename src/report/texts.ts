import type { Place } from "../analysis/coverage/place.ts";
import { countText } from "../output/results/address-text.ts";
import { same } from "../text/same.ts";
import { type Element, h, type Markup } from "./markup.ts";

/** The kinds of next hop that have a colour of their own. A text always says the same. */
type HopKind = "local" | "peer" | "gateway" | "internet" | "appliance" | "service" | "private" | "drop" | "other";

const KIND_OF_TYPE: Readonly<Record<string, HopKind>> = {
  vnetlocal: "local",
  vnetpeering: "peer",
  vnetglobalpeering: "peer",
  connectedgroup: "peer",
  virtualnetworkgateway: "gateway",
  internet: "internet",
  virtualappliance: "appliance",
  virtualapplianceecmp: "appliance",
  virtualnetworkserviceendpoint: "service",
  interfaceendpoint: "private",
  none: "drop",
};

/** Returns the kind of a next hop type. */
const hopKind = (type: string): HopKind => KIND_OF_TYPE[type.toLowerCase()] ?? "other";

/** Returns a next hop: a mark in its colour, its type, its addresses. */
export function nextHop(type: string, addresses: readonly string[]): Element {
  const text = [same(type, "VirtualNetworkServiceEndpoint") ? "service endpoint" : type, addresses.join(", ")];
  return h("span", { class: `hop ${hopKind(type)}` }, text.filter((part) => part !== "").join(" "));
}

/** Returns where packets end up, in a few words. */
function placeText({ verdict, nextHopTypes, nextHopIpAddresses, service }: Place): string {
  switch (verdict) {
    case "drop":
      return nextHopIpAddresses.length === 0
        ? "dropped (next hop None)"
        : `dropped (appliance ${nextHopIpAddresses.join(", ")} unreachable)`;
    case "no-route":
      return "no route";
    case "platform":
      return "answered by the host";
    case "forward":
      if (service !== null) return `service endpoint ${service}`;
      return [nextHopTypes.join(" + "), nextHopIpAddresses.join(", ")].filter((part) => part !== "").join(" ");
    default:
      return verdict satisfies never;
  }
}

/** The same with a mark in its colour. */
export function placeOf(place: Place): Element {
  const [type = ""] = place.nextHopTypes;
  const kind = place.verdict === "forward" ? hopKind(type) : place.verdict === "platform" ? "other" : "drop";
  return h("span", { class: `hop ${kind}` }, placeText(place));
}

/** Returns a number with thousands separators; from 16 digits on as a power of two. */
export const numberText = (count: bigint | number): string => countText(count.toString());

/** Returns `1 row`, `2 rows`. */
export const counted = (count: number | bigint, one: string, many = `${one}s`): string =>
  `${numberText(count)} ${count === 1 || count === 1n ? one : many}`;

/**
 * Returns a bar that is `part` (0 to 1) of its full length. Its width is an attribute, because a page has no inline
 * styles. The number is always written beside it.
 */
export function bar(part: number, kind = "length"): Element {
  const width = Math.round(Math.min(1, Math.max(0, part)) * 1000) / 10;
  return h(
    "svg",
    {
      class: `bar ${kind}`,
      viewBox: "0 0 100 8",
      width: "96",
      height: "8",
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    },
    h("rect", { class: "whole", x: "0", y: "3", width: "100", height: "2", fill: "#ccd3db" }, ""),
    h("rect", { class: "part", x: "0", y: "0", width: String(width), height: "8", fill: "#3b5b7a" }, ""),
  );
}

/** The head of a column of bars: their numbers are in the next one. */
export const BAR_HEAD: Markup = h("span", { class: "unseen" }, "As a bar");

/** Returns the base-2 logarithm of a number of addresses, the scale of bars: each halving takes the same length. */
export const log2 = (count: bigint): number => {
  if (count <= 0n) return 0;
  const bits = count.toString(2).length;
  return bits < 50 ? Math.log2(Number(count)) : bits - 1;
};

/** Returns an address that the page's script makes a link to its answer. Without script it is text. */
export const asked = (address: string): Element => h("a", { "data-ask": address }, address);

/** Returns a table that scrolls sideways where it does not fit. `caption` describes it to screen readers. */
export function table(
  caption: string,
  heads: readonly Markup[],
  rows: readonly (readonly Markup[])[],
  classes: readonly string[] = [],
): Element {
  const cell = (tag: string) => (content: Markup, column: number) =>
    h(tag, { class: classes[column] || undefined, ...(tag === "th" ? { scope: "col" } : {}) }, content);
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "group", "aria-label": caption },
    h(
      "table",
      {},
      h("caption", { class: "unseen" }, caption),
      h("thead", {}, h("tr", {}, ...heads.map(cell("th")))),
      h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map(cell("td"))))),
    ),
  );
}

/** Returns a list of prefixes in columns, which scrolls where it is long. */
export const prefixList = (lines: readonly string[], label: string): Element =>
  h("div", { class: "prefixes", tabindex: "0", role: "group", "aria-label": label }, h("pre", {}, { lines }));
