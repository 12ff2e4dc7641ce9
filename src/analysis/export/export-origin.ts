import type { RouteTableOrigin } from "../../routes/effective-route.ts";
import { quotedText } from "../../text/quoted-text.ts";

/** Where the routes of an export came from, when, and what a reader must know: lines for a comment, none of which can end it. */
export function originLines({ kind, name, fetchedAt, note }: RouteTableOrigin): readonly string[] {
  const when = fetchedAt === null ? "" : `, fetched ${quotedText(fetchedAt)}`;
  const from = `Effective routes of: ${quotedText(`${kind} ${name}`, 200)}${when}. Written by vnet-explain.`;
  return note === null ? [from] : [from, quotedText(note, 500)];
}
