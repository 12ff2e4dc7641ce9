import type { UserError } from "../../text/user-error.ts";
import { WRITING } from "./errno.ts";
import { isStoreError, type StoreErrorCode, storeError, systemCode } from "./store-error.ts";

/**
 * The error to show for a failed write: what (`the cache`, `the saved answer`), why by the system's code, and the path
 * on a line of its own. A UserError passes through unchanged.
 */
export function writeError(thrown: unknown, what: string, path: string): UserError<StoreErrorCode> {
  if (isStoreError(thrown)) return thrown;
  const code = systemCode(thrown);
  if (code === "") throw thrown; // a bug
  const [kind, why, hint] = WRITING[code] ?? ["write-failed", `system error ${code}`, "check the disk"];
  return storeError(kind, `cannot write ${what}: ${why}\n  ${path}`, hint, { cause: thrown });
}
