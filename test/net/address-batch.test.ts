import { expect, test } from "vitest";
import { parseAddress, toWords } from "../../src/net/address.ts";
import { AddressBatch, BATCH_SIZE } from "../../src/net/address-batch.ts";

test("a batch gives back each address by its place, from the first to the last", () => {
  const batch = new AddressBatch();
  const placed = new Map([
    [0, "10.0.0.4"],
    [1, "2001:db8::1"],
    [2, "255.255.255.255"],
    [BATCH_SIZE - 1, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ]);
  for (const [at, text] of placed) {
    const address = parseAddress(text);
    batch.family[at] = address.family;
    toWords(address, batch.words, 4 * at);
  }
  expect([...placed.keys()].map((at) => batch.address(at))).toEqual([...placed.values()].map(parseAddress));
  expect([...placed.keys()].map((at) => batch.familyOf(at))).toEqual([4, 6, 4, 6]);
  expect(batch.count).toBe(0);
});
