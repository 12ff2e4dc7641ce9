import type { DestinationOutcome, DestinationSplit } from "../../analysis/destinations/split.ts";
import type { NoteId } from "../../selection/explanation.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/terminal.ts";
import { same } from "../../text/same.ts";
import { addressesText, countText, groupText, prefixesText } from "./address-text.ts";

const VERDICT_COLOUR = { forward: "green", drop: "red", "no-route": "red", platform: "yellow" } as const;

/** Returns the noun for a set's own prefixes; null for a set with fewer than two, or of a kind without any. */
function ownWord({ kind, ownPrefixes }: DestinationSplit): string | null {
  if (ownPrefixes < 2) return null;
  return kind === "tag" ? "prefixes" : kind === "file" ? "entries" : null;
}

function ownCount({ ownPrefixes: { whole, partly } }: DestinationOutcome): string {
  const parts = [
    ...(whole > 0 ? [countText(`${whole}`)] : []),
    ...(partly > 0 ? [`parts of ${countText(`${partly}`)}`] : []),
  ];
  return parts.join(" and ");
}

/** Returns where an outcome leads, in a few words. */
function wayText({ verdict, winner }: DestinationOutcome, split: DestinationSplit): string {
  if (winner === null) return verdict === "platform" ? "to the host" : "without a route: DROPPED";
  const { serviceEndpoint, serviceTag, nextHopType, nextHopIpAddress, name } = winner;
  if (same(nextHopType, "VirtualNetworkServiceEndpoint")) {
    const others = split.outcomes.filter((each) => each.winner?.nextHopType === nextHopType).length > 1;
    return `by service endpoint${others ? ` ${serviceTag ?? serviceEndpoint ?? ""}`.trimEnd() : ""}`;
  }
  const hop = name ?? [nextHopType, nextHopIpAddress.join(", ")].join(" ").trimEnd();
  return `to ${hop}${verdict === "drop" ? ": DROPPED" : ""}`;
}

/** Returns a one-line summary: how many of the set's own prefixes have each outcome. */
function summary(split: DestinationSplit): string {
  const { outcomes } = split;
  const [first] = outcomes;
  if (first === undefined) return "nothing to route";
  if (outcomes.length === 1) return `all ${wayText(first, split)}`;
  if (ownWord(split) === null) return `${outcomes.length} outcomes`;
  return outcomes.map((outcome) => `${ownCount(outcome)} ${wayText(outcome, split)}`).join(", ");
}

function hopText({ winner, verdict }: DestinationOutcome): string {
  if (winner === null) return verdict === "platform" ? "answered by the host" : "no active route covers it";
  const { nextHopType, nextHopIpAddress, serviceEndpoint, serviceTag, source, name, addressPrefixes } = winner;
  const hop = [nextHopType, nextHopIpAddress.join(", ")].filter((part) => part !== "").join(" ");
  const service =
    serviceEndpoint === null ? "" : `  ${serviceEndpoint}${serviceTag === null ? "" : ` (tag ${serviceTag})`}`;
  const by = [source, name].filter((part) => part !== null).join(" ");
  return plainText(`${hop}${service}  by ${by} ${prefixesText(addressPrefixes, 2)}`);
}

/** Returns the notes that change the meaning of the outcome. The explanation of a single address has the others too. */
function tellingNotes({ verdict, notes }: DestinationOutcome): readonly NoteId[] {
  const telling: readonly NoteId[] =
    verdict === "drop" ? ["appliance-unreachable"] : ["bypasses-appliance", "private-to-internet"];
  return notes.filter((note) => telling.includes(note));
}

/** Returns a summary line for a set of addresses, then its outcomes, largest first. */
export function splitText(split: DestinationSplit, { colours }: OutputStream): string {
  const word = ownWord(split);
  const size = word === null ? addressesText(split.addresses) : `${countText(`${split.ownPrefixes}`)} ${word}`;
  const head = `${colours.bold(plainText(split.destination))}, ${size}: ${plainText(summary(split))}\n`;
  const width = split.outcomes.reduce((most, { verdict }) => Math.max(most, verdict.length), 0);
  const blocks = split.outcomes.map((outcome) => {
    const { verdict, rule, certainty, addresses } = outcome;
    const indent = " ".repeat(width + 4);
    const of = word === null ? "" : ` (${ownCount(outcome)} of ${countText(`${split.ownPrefixes}`)} ${word})`;
    const why = [`${rule.id} (${certainty})`, ...tellingNotes(outcome)].join(", ");
    return [
      `  ${colours[VERDICT_COLOUR[verdict]](verdict.padEnd(width))}  ${hopText(outcome)}  ${colours.dim(why)}\n`,
      `${indent}${addressesText(addresses)}${of}: ${groupText(outcome)}\n`,
    ].join("");
  });
  return head + blocks.join("");
}
