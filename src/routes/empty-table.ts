import { quotedText } from "../text/quoted-text.ts";
import { UserError } from "../text/user-error.ts";
import type { RouteTable } from "./effective-route.ts";

/**
 * Ensures that the table has a row. An answer from an empty table would say "no route" for every address.
 * @throws UserError
 */
export function requireRows({ routes, origin }: RouteTable): void {
  if (routes.length > 0) return;
  throw new UserError(
    "table-empty",
    `the route table is empty: ${quotedText(origin.name, 60)}`,
    "Azure lists routes only for a network interface of a running VM; export the table again",
  );
}
