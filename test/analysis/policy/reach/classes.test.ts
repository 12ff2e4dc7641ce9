import { expect, test } from "vitest";
import { classesOf } from "../../../../src/analysis/policy/reach/classes.ts";
import { prefixesOf, rangeOf } from "../../../../src/net/address-ranges.ts";
import { formatPrefix, parsePrefix } from "../../../../src/net/prefix.ts";
import { type Draft, dataOf, hubAndSpokes, network, nic } from "../../trace/lab.ts";

/** The classes of these prefixes, each as its prefixes. */
function classesIn(prefixes: string, lab: (draft: Draft) => void = () => undefined, through: string[] = []): string[] {
  const draft = hubAndSpokes();
  lab(draft);
  const ranges = prefixes.split(" ").map((text) => rangeOf(parsePrefix(text)));
  return classesOf(ranges, dataOf(draft), through).map((each) => prefixesOf(each.ranges).map(formatPrefix).join(" "));
}

const knows = (prefix: string) => (draft: Draft) => void draft.networks.push(network("n", prefix));

test.each<[string, string, readonly string[], ((draft: Draft) => void)?, string[]?]>([
  ["that every table and network treats alike", "10.7.0.0/16 10.9.0.0/16", ["10.7.0.0/16 10.9.0.0/16"]],
  ["unless a table decides otherwise", "10.1.9.0/24 10.7.9.0/24", ["10.1.9.0/24", "10.7.9.0/24"]],
  [
    "unless a network has some of them",
    "10.7.0.0/16 10.9.0.0/16",
    ["10.7.0.0/16", "10.9.0.0/16"],
    knows("10.7.0.0/16"),
  ],
  ["unless a network has a part of them", "10.7.0.0/16", ["10.7.0.0/17", "10.7.128.0/17"], knows("10.7.0.0/17")],
  ["unless some are private and others of the Internet", "10.9.0.0/16 11.9.0.0/16", ["10.9.0.0/16", "11.9.0.0/16"]],
  [
    "unless something has one of them",
    "10.9.0.4/31",
    ["10.9.0.4/32", "10.9.0.5/32"],
    (draft) => void draft.nics.push(nic("x", "spoke1", "10.9.0.5")),
  ],
  ["unless the rule names one of them", "10.9.0.4/31", ["10.9.0.4/32", "10.9.0.5/32"], () => undefined, ["10.9.0.5"]],
])("addresses are of one class %s", (_, prefixes, expected, lab, through) => {
  expect(classesIn(prefixes, lab, through)).toEqual(expected);
});
