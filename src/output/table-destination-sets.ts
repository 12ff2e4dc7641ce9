import type { DestinationOutcome, DestinationSplit } from "../analysis/destination-split.ts";
import { addressesText, groupText, prefixesText } from "./address-text.ts";
import { plainText } from "./plain-text.ts";
import type { OutputStream } from "./terminal.ts";

const VERDICT_COLOUR = { forward: "green", drop: "red", "no-route": "red", platform: "yellow" } as const;

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
