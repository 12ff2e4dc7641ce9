import type { AddressCounts } from "../../../analysis/destinations/address-counts.ts";
import type { TableMove } from "../../../analysis/diff/tables.ts";
import type { TouchedRoute } from "../../../analysis/diff/tag-routes.ts";
import { hanging } from "../../../terminal/hanging.ts";
import { plainText } from "../../../terminal/plain-text.ts";
import type { OutputStream } from "../../../terminal/streams.ts";
import { firstOf } from "../../../text/first-of.ts";
import { prefixesText } from "../address-text.ts";
import { movedText, movesText } from "../moves.ts";

/** The routes that a change of tags affects. All fields are null if no route source was given. */
export interface AffectedRoutes {
  readonly routes: readonly TouchedRoute[] | null;
  /** A prediction: the number of addresses that change next hop once Azure has updated these rows. */
  readonly moved: AddressCounts | null;
  /** Each such address is in exactly one move. */
  readonly moves: readonly TableMove[] | null;
}

/** The most tags named for one route. */
const TAGS_SHOWN = 5;

function rowText({ source, state, name, addressPrefixes, nextHopType, nextHopIpAddress }: TouchedRoute): string {
  const hop = [nextHopType, nextHopIpAddress.join(", ")].filter((part) => part !== "").join(" ");
  const who = name === null ? source : `${source} ${name}`;
  return `${who}  ${prefixesText(addressPrefixes, 2)}  ${hop}  ${state}`;
}

const counted = (route: TouchedRoute, kind: "added" | "removed") =>
  route.tags.reduce((sum, tag) => sum + tag[kind].length, 0);

function touchText(route: TouchedRoute): readonly string[] {
  const { touch, tags } = route;
  const tagNames = tags.map(({ name }) => name);
  const names = firstOf(tagNames, TAGS_SHOWN);
  const sums = `+${counted(route, "added")} -${counted(route, "removed")} prefixes`;
  if (touch === "overlap") return [`covers changes of ${names} (${sums})`];
  const what = touch === "endpoint" ? "holds the prefixes of" : "is for the service tag";
  return [
    `${what} ${names} (${sums})`,
    ...tags.flatMap(({ added, removed }) => [
      ...(added.length > 0 ? [`gains ${prefixesText(added)}`] : []),
      ...(removed.length > 0 ? [`loses ${prefixesText(removed)}`] : []),
    ]),
  ];
}

/** Returns the routes that a change of tags affects, and the predicted moves; "" if no routes were given. */
export async function touchedText({ routes, moved, moves }: AffectedRoutes, stdout: OutputStream): Promise<string> {
  if (routes === null || moves === null || moved === null) return "";
  if (routes.length === 0) return "no route is affected\n";
  const { colours } = stdout;
  const rows = routes.map((route) => {
    const lines = touchText(route).map((line) => `      ${plainText(line)}\n`);
    return `  ${plainText(rowText(route))}\n${lines.join("")}`;
  });
  const head = await hanging(`${colours.cyan("affected routes")}\n${rows.join("")}`, stdout);
  const title = `${colours.cyan("prediction")}  once Azure has updated these routes`;
  if (moves.length === 0) return `${head}\nno address changes next hop\n`;
  let text = `${head}\n${await hanging(`${title}, ${movedText(moved)}:`, stdout)}\n\n`;
  for await (const line of movesText(moves, stdout)) text += line;
  return text;
}
