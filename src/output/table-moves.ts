import type { MoveSide, TableMove } from "../analysis/table-diff.ts";
import type { DiffRow, RowChange } from "../analysis/table-diff-rows.ts";
import type { GroupServiceTags } from "../analysis/table-diff-tags.ts";
import { plainText } from "./plain-text.ts";
import { addressesText, groupText, prefixesText } from "./table-destination-sets.ts";
import type { OutputStream } from "./terminal.ts";

/** Where packets go, in a few words: `VirtualAppliance 10.0.1.4`, `dropped`. */
export function placeText({ verdict, nextHops, serviceTag, serviceEndpoint }: MoveSide): string {
  switch (verdict) {
    case "drop":
      return "dropped";
    case "no-route":
      return "no route";
    case "platform":
      return "answered by the host";
    case "forward": {
      const hops = nextHops.map(({ nextHopType, nextHopIpAddress }) =>
        nextHopIpAddress === null ? nextHopType : `${nextHopType} ${nextHopIpAddress}`,
      );
      const service = serviceTag ?? serviceEndpoint;
      return plainText(`${hops.join(" + ")}${service === null ? "" : ` (${service})`}`);
    }
    default:
      return verdict satisfies never;
  }
}

function sideText(side: MoveSide): string {
  const by = side.routes.map(({ source, name }) => (name === null ? source : `${source} ${name}`));
  const sure = side.certainty === "documented" ? "" : `, ${side.certainty}`;
  return by.length === 0 ? placeText(side) : `${placeText(side)} [${plainText([...new Set(by)].join(", "))}${sure}]`;
}

/** Some of the tags, the most telling first. */
function tagsText({ total, shown }: GroupServiceTags): string {
  const names = shown.slice(0, 5).map(({ name }) => name);
  const rest = total - names.length;
  return `${names.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** Each group of addresses that goes elsewhere, largest first: what they are, then from where to where. */
export function movesText(moves: readonly TableMove[], { chalk }: OutputStream): string {
  return moves
    .map((move) => {
      const lost = move.after.verdict === "drop" || move.after.verdict === "no-route";
      const after = chalk[lost ? "red" : "green"](sideText(move.after));
      const tags =
        move.serviceTags === null || move.serviceTags.total === 0
          ? ""
          : `  ${chalk.cyan("service tags")}  ${tagsText(move.serviceTags)}\n`;
      return [
        `${chalk.bold(groupText(move))}  ${chalk.dim(addressesText(move.addresses))}\n`,
        `  ${sideText(move.before)} → ${after}\n`,
        tags,
      ].join("");
    })
    .join("");
}

function rowText({ source, state, name, addressPrefixes, nextHopType, nextHopIpAddress }: DiffRow): string {
  const hop = [nextHopType, nextHopIpAddress.join(", ")].filter((part) => part !== "").join(" ");
  const who = name === null ? source : `${source} ${name}`;
  return plainText(`${who}  ${prefixesText(addressPrefixes, 2)}  ${hop}  ${state}`);
}

const SIGNS = { added: "+", removed: "-", changed: "~" } as const;

function changeText({ change, before, after, fields, addressesAdded, addressesRemoved }: RowChange): string {
  const row = after ?? before;
  const what = change === "changed" ? `  (${fields.join(", ")})` : "";
  const list = (label: string, prefixes: readonly string[]) =>
    prefixes.length === 0 ? "" : `      ${label} ${prefixesText(prefixes)}\n`;
  return `  ${SIGNS[change]} ${row === null ? "" : rowText(row)}${what}\n${list("gained", addressesAdded)}${list("lost", addressesRemoved)}`;
}

/** The rows that differ: first those for which addresses move, then those for which none does. */
export function rowChangesText(rows: readonly RowChange[], { chalk }: OutputStream): string {
  const section = (title: string, moved: boolean) => {
    const own = rows.filter(({ addressesMoved }) => addressesMoved === moved);
    return own.length === 0 ? "" : `\n${chalk.cyan(title)}\n${own.map(changeText).join("")}`;
  };
  return (
    section("rows that differ", true) + section("rows that differ, though no address goes elsewhere for it", false)
  );
}
