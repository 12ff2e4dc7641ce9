import { expect, test } from "vitest";
import { OncePerKey } from "../../src/azure/once-per-key.ts";

/** A read that ends on demand, or when no caller waits any more. */
function reads() {
  const begun: { end(value: number): void; fail(): void; readonly unwanted: AbortSignal }[] = [];
  const read = (unwanted: AbortSignal) =>
    new Promise<number>((resolve, reject) => {
      unwanted.addEventListener("abort", () => reject(unwanted.reason));
      begun.push({ end: resolve, fail: () => reject(new Error("failed")), unwanted });
    });
  return { begun, read };
}

test("a read is shared while it runs, and its value is kept", async () => {
  const { begun, read } = reads();
  const kept = new OncePerKey<number>();
  const both = [kept.get("a", read), kept.get("a", read)];
  begun[0]?.end(7);
  expect(await Promise.all(both)).toEqual([7, 7]);
  expect(await kept.get("a", read)).toBe(7);
  expect(begun).toHaveLength(1);
});

test("a failure is not kept", async () => {
  const { begun, read } = reads();
  const kept = new OncePerKey<number>();
  const failed = kept.get("a", read);
  begun[0]?.fail();
  await expect(failed).rejects.toThrow("failed");
  const again = kept.get("a", read);
  begun[1]?.end(8);
  expect(await again).toBe(8);
});

test("who leaves does not take the read from the others; when all have left, it ends, and the next begins anew", async () => {
  const { begun, read } = reads();
  const kept = new OncePerKey<number>();
  const [one, other] = [new AbortController(), new AbortController()];
  const left = [kept.get("a", read, one.signal), kept.get("a", read, other.signal)].map((each) =>
    each.catch((error: unknown) => error),
  );
  one.abort("enough");
  expect(await left[0]).toBe("enough");
  expect(begun[0]?.unwanted.aborted).toBe(false);
  other.abort("enough");
  expect(await left[1]).toBe("enough");
  expect(begun[0]?.unwanted.aborted).toBe(true);
  const again = kept.get("a", read);
  begun[1]?.end(9);
  expect(await again).toBe(9);
});

test("what was read stays, though a caller who has it leaves afterwards", async () => {
  const { begun, read } = reads();
  const kept = new OncePerKey<number>();
  const until = new AbortController();
  const got = kept.get("a", read, until.signal);
  begun[0]?.end(7);
  expect(await got).toBe(7);
  await new Promise(setImmediate);
  until.abort("enough");
  expect(begun[0]?.unwanted.aborted).toBe(false);
  expect(await kept.get("a", read)).toBe(7);
  expect(begun).toHaveLength(1);
});

test("a value that is forgotten is read anew, and others stay", async () => {
  const { begun, read } = reads();
  const kept = new OncePerKey<number>();
  const both = [kept.get("a", read), kept.get("b", read)];
  for (const [at, each] of begun.entries()) each.end(at);
  expect(await Promise.all(both)).toEqual([0, 1]);
  kept.forget("a");
  const again = kept.get("a", read);
  begun[2]?.end(2);
  expect([await again, await kept.get("b", read), begun.length]).toEqual([2, 1, 3]);
});

test("a caller who has left already begins no wait, and a failure reaches those who wait", async () => {
  const { begun, read } = reads();
  const kept = new OncePerKey<number>();
  const until = new AbortController();
  const waits = kept.get("a", read, until.signal);
  const late = kept.get("a", read, AbortSignal.abort("enough"));
  await expect(late).rejects.toBe("enough");
  expect(begun[0]?.unwanted.aborted).toBe(false);
  begun[0]?.fail();
  await expect(waits).rejects.toThrow("failed");
});
