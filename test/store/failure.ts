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
  expect([thrown.exit, thrown.detail, thrown.correction]).toEqual(["failed", null, null]);
  expect(thrown.message).not.toContain("\u001b");
  return thrown;
}

/** `code: message; hint` of that error on one line, with other words for what differs from run to run. */
export async function failureText(
  outcome: Parameters<typeof failure>[0],
  words: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { code, message, hint } = await failure(outcome);
  const text = `${code}: ${message.replaceAll(/\n */g, " | ")}; ${hint}`;
  return Object.entries(words).reduce((before, [word, other]) => before.replaceAll(word, other), text);
}
