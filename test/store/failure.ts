import { expect } from "vitest";
import { StoreError } from "../../src/store/store-error.ts";

/** The StoreError that must come, checked for what every error has: a short first line, a hint, no control characters. */
export async function failure(promise: Promise<unknown>): Promise<StoreError> {
  const thrown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof StoreError)) {
    throw new Error(`expected a StoreError, got ${String(thrown)}`, { cause: thrown });
  }
  expect((thrown.message.split("\n")[0] ?? "").length).toBeLessThan(100);
  expect(thrown.hint).not.toBe("");
  expect(thrown.message).not.toContain("\u001b");
  return thrown;
}
