import { expect, it } from "vitest";
import { readDestination } from "../../../src/analysis/destinations/destination.ts";
import { DestinationTally } from "../../../src/analysis/destinations/destination-tally.ts";
import { readLines } from "../../../src/analysis/lines/batches.ts";
import { AddressBatch } from "../../../src/net/address-batch.ts";
import { formatPrefix } from "../../../src/net/prefix.ts";
import { tagsOf } from "../../service-tags/tags-for-tests.ts";
import { bytesOf } from "../lines/bytes.ts";

const tags = tagsOf({ Storage: ["20.60.0.0/16", "2603:1000::/40"] });

/** Each distinct prefix with its count, tags and keywords first. */
const counted = (tally: DestinationTally) =>
  Array.from(tally.set("@lines.txt", tags).own, ({ prefix, count }) => `${count} ${formatPrefix(prefix)}`);

async function tallyOf(text: string): Promise<DestinationTally> {
  const tally = new DestinationTally();
  for await (const contents of readLines(bytesOf(text), { kind: "line" })) {
    for (const content of contents) {
      if (content instanceof AddressBatch) tally.addAddresses(content);
      else tally.add(readDestination(content.destination));
    }
  }
  return tally;
}

it.each<[string, string, number, readonly string[]]>([
  ["nothing", "", 0, []],
  ["equal addresses are counted", "10.0.0.2\n10.0.0.1\n10.0.0.2\n", 3, ["1 10.0.0.1/32", "2 10.0.0.2/32"]],
  [
    "an IPv4 address after an IPv6 one",
    "2001:db8::1\n0.0.0.1\n::1\n",
    3,
    ["1 0.0.0.1/32", "1 ::1/128", "1 2001:db8::1/128"],
  ],
  [
    "many IPv6 addresses",
    "::5\n10.0.0.1\n2001:db8::4\n::3\n2001:db8::2\n::1\n::3\n",
    7,
    ["1 10.0.0.1/32", "1 ::1/128", "2 ::3/128", "1 ::5/128", "1 2001:db8::2/128", "1 2001:db8::4/128"],
  ],
  [
    "prefixes of one address and of different lengths",
    "10.0.0.0\n10.0.0.0/16\n10.0.0.0/8\n10.0.0.0/16\n",
    4,
    ["1 10.0.0.0/8", "2 10.0.0.0/16", "1 10.0.0.0/32"],
  ],
  ["a tag on every line", "tag:Storage\ntag:Storage\n", 2, ["2 20.60.0.0/16", "2 2603:1000::/40"]],
])("%s", async (_, text, lines, expected) => {
  const tally = await tallyOf(text);
  expect(tally.lines).toBe(lines);
  expect(counted(tally)).toEqual(expected);
});

it("grows beyond its initial capacity, by line and by batch", async () => {
  const texts = Array.from({ length: 5000 }, (_, at) => `10.1.${at >> 8}.${at & 255}`);
  const byLine = new DestinationTally();
  for (const text of texts) byLine.add(readDestination(text));
  const byBatch = await tallyOf(texts.join("\n"));
  const expected = texts.map((text) => `1 ${text}/32`);
  expect(counted(byLine)).toEqual(expected);
  expect(counted(byBatch)).toEqual(expected);
});

it("set() rejects a misspelt tag", async () => {
  const tally = await tallyOf("tag:Storag\n");
  expect(() => tally.set("@lines.txt", tags)).toThrow(expect.objectContaining({ code: "destination-tag" }));
});
