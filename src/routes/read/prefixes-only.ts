import { UserError } from "../../text/user-error.ts";
import { HOW_TO_EXPORT, type RouteFileErrorCode } from "./route-file-error.ts";

/** The rejection of a list that has prefixes and nothing else, in JSON or as lines. */
export function prefixesOnly(): UserError<RouteFileErrorCode> {
  return new UserError(
    "prefixes-only",
    "it has only prefixes: no source, state and next hop",
    `leave out --query, or keep every field; ${HOW_TO_EXPORT}`,
  );
}
