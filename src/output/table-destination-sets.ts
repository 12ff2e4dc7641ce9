import type { AddressCounts } from "../analysis/destination-addresses.ts";
import type { DestinationOutcome, DestinationSplit } from "../analysis/destination-split.ts";
import { plainText } from "./plain-text.ts";
import type { OutputStream } from "./terminal.ts";

const VERDICT_COLOUR = { forward: "green", drop: "red", "no-route": "red", platform: "yellow" } as const;

/** So many prefixes are shown of a list; `-o tsv` and `-o json` give all. */
const SHOWN = 6;

/** Thousands apart; in powers of two where nobody counts any more. */
function countText(count: string): string {
  if (count.length < 16) return count.replace(/\B(?=(\d{3})+$)/g, ",");
  const bits = BigInt(count).toString(2).length - 1;
  return BigInt(count) === 1n << BigInt(bits) ? `2^${bits}` : `about 2^${bits}`;
}

/** How many addresses, of each family that has any. */
export function addressesText({ v4, v6 }: AddressCounts): string {
  const one = (count: string, family: string) =>
    count === "0" ? [] : [`${countText(count)} ${family} ${count === "1" ? "address" : "addresses"}`];
  return [...one(v4, "IPv4"), ...one(v6, "IPv6")].join(", ") || "no addresses";
}

/** A list of prefixes, its start where it is long. */
export function prefixesText(prefixes: readonly string[], shown = SHOWN): string {
  const rest = prefixes.length - shown;
  return rest > 1 ? `${prefixes.slice(0, shown).join(", ")} and ${rest} more` : prefixes.join(", ");
}

/** What the addresses of a group are, as briefly as it can be said. */
export function groupText({ prefixes, outline }: Pick<DestinationOutcome, "prefixes" | "outline">): string {
  if (outline === null) return prefixesText(prefixes);
  const { except } = outline;
  const without = except.length <= 2 ? except.join(", ") : `${except.length} prefixes`;
  return `${prefixesText(outline.prefixes)}${except.length === 0 ? "" : ` except ${without}`}`;
}

/** Of a tag: how many of the file's prefixes. */
function ownText(
  { ownPrefixes: { whole, partly } }: DestinationOutcome,
  { kind, ownPrefixes: total }: DestinationSplit,
): string {
  if (kind !== "tag" || total < 2) return "";
  const parts = [...(whole > 0 ? [`${whole}`] : []), ...(partly > 0 ? [`parts of ${partly}`] : [])];
  return ` (${parts.join(" and ")} of ${total} prefixes)`;
}

function hopText({ winner, verdict }: DestinationOutcome): string {
  if (winner === null) return verdict === "platform" ? "answered by the host" : "no active route covers it";
  const { nextHopType, nextHopIpAddress, serviceEndpoint, serviceTag, source, name, addressPrefixes } = winner;
  const hop = [nextHopType, nextHopIpAddress.join(", ")].filter((part) => part !== "").join(" ");
  const service =
    serviceEndpoint === null ? "" : `  ${serviceEndpoint}${serviceTag === null ? "" : ` through ${serviceTag}`}`;
  const by = [source, name].filter((part) => part !== null).join(" ");
  return plainText(`${hop}${service}  by ${by} ${prefixesText(addressPrefixes, 2)}`);
}

/** A set of addresses: what becomes of it, the largest part first. */
export function splitText(split: DestinationSplit, { chalk }: OutputStream): string {
  const own = split.kind === "tag" ? `${split.ownPrefixes} prefixes, ` : "";
  const parts = split.outcomes.length === 1 ? "one outcome" : `${split.outcomes.length} outcomes`;
  const head = `${chalk.bold(plainText(split.destination))}  ${own}${addressesText(split.addresses)}, ${parts}\n`;
  const width = Math.max(...split.outcomes.map(({ verdict }) => verdict.length));
  const blocks = split.outcomes.map((outcome) => {
    const { verdict, rule, certainty, addresses } = outcome;
    const word = chalk[VERDICT_COLOUR[verdict]](verdict.padEnd(width));
    const indent = " ".repeat(width + 4);
    return [
      `  ${word}  ${hopText(outcome)}  ${chalk.dim(`${rule.id} (${certainty})`)}\n`,
      `${indent}${addressesText(addresses)}${ownText(outcome, split)}: ${groupText(outcome)}\n`,
    ].join("");
  });
  return head + blocks.join("");
}
