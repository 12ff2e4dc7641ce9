import { expect, test } from "vitest";
import type { Place } from "../../../src/analysis/coverage/place.ts";
import { ShareCounter } from "../../../src/analysis/coverage/shares.ts";

const place = (key: string): Place => ({
  key,
  verdict: "forward",
  nextHopTypes: [],
  nextHopIpAddresses: [],
  service: null,
});

/** Adds pieces, each as `PLACE=FIRST-LAST`, of IPv6 after a colon. Returns each share with its example. */
function sharesOf(pieces: string): string {
  const counter = new ShareCounter();
  for (const piece of pieces.split(" ")) {
    const [key = "", range = ""] = piece.split("=");
    const [first = 0n, last = first] = range.replace(":", "").split("-").map(BigInt);
    counter.add(place(key), { family: range.startsWith(":") ? 6 : 4, first, last });
  }
  return counter
    .shares()
    .map((share) => {
      const { family, value } = share.example;
      return `${share.place.key}: ${share.v4}+${share.v6} in ${share.ranges} from ${family === 6 ? ":" : ""}${value}`;
    })
    .join(", ");
}

test.each([
  ["a piece", "a=5-9", "a: 5+0 in 1 from 5"],
  ["pieces that follow one another are one range", "a=0-9 a=10-19", "a: 20+0 in 1 from 0"],
  ["pieces with a gap between them are two", "a=0-9 a=11-20", "a: 20+0 in 2 from 0"],
  [
    "pieces with another place between them are two",
    "a=0-9 b=10-12 a=13-22",
    "a: 20+0 in 2 from 0, b: 3+0 in 1 from 10",
  ],
  ["IPv6 after IPv4 is a range of its own", "a=0-9 a=:10-19", "a: 10+10 in 2 from 0"],
  ["the first address of all is in a range", "a=0 a=1", "a: 2+0 in 1 from 0"],
  [
    "the example is the start of the longest range, not of its longest piece",
    "a=0-2 a=5-6 a=7-8",
    "a: 7+0 in 2 from 5",
  ],
  ["the example is in the longest of ranges of one and two", "a=0 a=5-6", "a: 3+0 in 2 from 5"],
  ["the example is IPv4 where there is any", "a=0-2 a=:0-9", "a: 3+10 in 2 from 0"],
  ["the example is IPv6 where there is no IPv4", "a=:4-5 a=:7-9", "a: 0+5 in 2 from :7"],
  ["most IPv4 addresses first", "a=0-2 b=3-9", "b: 7+0 in 1 from 3, a: 3+0 in 1 from 0"],
  [
    "most IPv4 addresses first, however many IPv6 addresses",
    "a=0-2 b=3-9 a=:0-99",
    "b: 7+0 in 1 from 3, a: 3+100 in 2 from 0",
  ],
  ["then most IPv6 addresses", "a=0-2 b=3-5 b=:0-9", "b: 3+10 in 2 from 3, a: 3+0 in 1 from 0"],
  ["then in their order", "b=0-2 a=3-5", "b: 3+0 in 1 from 0, a: 3+0 in 1 from 3"],
])("shares of addresses: %s", (_, pieces, expected) => {
  expect(sharesOf(pieces)).toBe(expected);
});
