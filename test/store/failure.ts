import { expect } from "vitest";
import { isStoreError, type StoreErrorCode } from "../../src/store/files/store-error.ts";
import type { UserError } from "../../src/text/user-error.ts";

/**
 * The error of the store with which a promise or a call must end, checked for what every error has: a short first line,
 * a hint, no control characters.
 */
export async function failure(outcome: Promise<unknown> | (() => unknown)): Promise<UserError<StoreErrorCode>> {
  const thrown = await (async () => (typeof outcome === "function" ? outcome() : outcome))().then(
    () => null,
    (error: unknown) => error,
  );
  if (!isStoreError(thrown)) {
    throw new Error(`expected an error of the store, got ${String(thrown)}`, { cause: thrown });
  }
  expect((thrown.message.split("\n")[0] ?? "").length).toBeLessThan(100);
  expect(thrown.hint).not.toBe("");
  expect(thrown.message).not.toContain("\u001b");
  return thrown;
}
