import { expect } from "vitest";
import { StoreError } from "../../src/store/files/store-error.ts";

/** The StoreError that must come of a promise or a call, checked for what every error has: a short first line, a hint, no control characters. */
export async function failure(outcome: Promise<unknown> | (() => unknown)): Promise<StoreError> {
  const thrown = await (async () => (typeof outcome === "function" ? outcome() : outcome))().then(
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
