import { describe, expect, it } from "vitest";
import { mutate } from "./mutate.ts";
import { Random } from "./random.ts";
import { addressLike, addressTarget } from "./targets/address.ts";
import { DECIDED, differenceOf, readingsOf } from "./targets/address-differences.ts";
import { prefixLike, prefixTarget } from "./targets/prefix.ts";
import { DECIDED_PREFIXES, prefixDifferenceOf, prefixReadingsOf, shownReadings } from "./targets/prefix-differences.ts";

const STRINGS = 100_000;

/** Valid and almost valid addresses or prefixes; a third of them are also damaged. */
function* texts(like: (random: Random) => string, words: readonly string[]): Generator<string> {
  const material = { alphabet: "text", words, others: [], largest: 200 } as const;
  for (let at = 0; at < STRINGS; at++) {
    const random = new Random("agreement", at);
    const text = like(random);
    yield random.once(3) ? mutate(text, random, material) : text;
  }
}

describe(`net.isIP and ipaddr.js, on ${STRINGS} strings`, () => {
  it("read addresses as we do, except for the documented differences, and each difference occurs", () => {
    const met = new Map<string, string>(DECIDED.map(({ id }) => [id, ""]));
    const undecided: string[] = [];
    let read = 0;
    for (const text of texts(addressLike, addressTarget.words)) {
      const readings = readingsOf(text);
      const difference = differenceOf(text, readings);
      if (difference === undefined) undecided.push(`${JSON.stringify(text)} ${JSON.stringify(readings)}`);
      if (difference) met.set(difference.id, text);
      if (readings.ours !== null) read++;
    }
    expect(undecided).toEqual([]);
    expect([...met].filter(([, text]) => text === "")).toEqual([]);
    expect(read).toBeGreaterThan(STRINGS / 4);
  });

  it.each(DECIDED)("$id, as in $example: $decision", ({ id, example }) => {
    expect(differenceOf(example, readingsOf(example))?.id).toBe(id);
  });

  it("read prefixes as we do, except for the documented differences, and each difference occurs", () => {
    const met = new Map<string, string>(DECIDED_PREFIXES.map(({ id }) => [id, ""]));
    const undecided: string[] = [];
    const verdicts = { read: 0, refused: 0 };
    for (const text of texts(prefixLike, prefixTarget.words)) {
      const readings = prefixReadingsOf(text);
      const difference = prefixDifferenceOf(text, readings);
      if (difference === undefined) undecided.push(`${JSON.stringify(text)} ${shownReadings(readings)}`);
      if (difference) met.set(difference.id, text);
      verdicts[readings.ours === null ? "refused" : "read"]++;
    }
    expect(undecided).toEqual([]);
    expect([...met].filter(([, text]) => text === "")).toEqual([]);
    expect(verdicts.read).toBeGreaterThan(STRINGS / 10);
    expect(verdicts.refused).toBeGreaterThan(STRINGS / 10);
  });

  it.each(DECIDED_PREFIXES)("$id of a prefix, as in $example: $decision", ({ id, example }) => {
    expect(prefixDifferenceOf(example, prefixReadingsOf(example))?.id).toBe(id);
  });
});

it.each([["addresses", addressLike, addressTarget] as const, ["prefixes", prefixLike, prefixTarget] as const])(
  `our two readers agree on ${STRINGS} %s`,
  async (_, like, target) => {
    const verdicts = { answered: 0, refused: 0 };
    for (const text of texts(like, target.words)) verdicts[await target.check(text)]++;
    expect(verdicts.answered).toBeGreaterThan(STRINGS / 10);
    expect(verdicts.refused).toBeGreaterThan(STRINGS / 10);
  },
);
