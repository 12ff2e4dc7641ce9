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
