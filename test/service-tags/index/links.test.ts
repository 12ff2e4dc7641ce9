import { expect, it } from "vitest";
import { nextLink, parentOf } from "../../../src/service-tags/index/links.ts";
import { indexOf } from "../tags-for-tests.ts";

const DAMAGED = expect.objectContaining({ code: "tag-index-damaged" });

it.each<[next: number, leads: "on" | "nowhere"]>([
  [0, "on"],
  [1, "on"],
  [2, "nowhere"],
  [3, "nowhere"],
])("link 2 of a chain leads to an earlier one: to %i it leads %s", (next, leads) => {
  const chains = { ...indexOf({}).chains, next: Uint32Array.of(0, 0, next, 0) };
  if (leads === "on") expect(nextLink(chains, 2)).toBe(next);
  else expect(() => nextLink(chains, 2)).toThrow(DAMAGED);
});

it("nothing follows a link, or holds a prefix, that the index lacks", () => {
  const index = indexOf({ A: ["10.0.0.0/8"] });
  expect([nextLink(index.chains, 9), parentOf(index, 9)]).toEqual([0, -1]);
});

it.each<[length: number, parent: number, leads: "on" | "nowhere"]>([
  [8, 0, "on"],
  [23, 0, "on"],
  [24, 0, "nowhere"],
  [25, 0, "nowhere"],
  [8, 1, "nowhere"],
  [8, 2, "nowhere"],
  [8, -1, "on"],
])(
  "a prefix of 24 bits lies in a shorter one: from one of %i bits at 0, parent %i leads %s",
  (length, parent, leads) => {
    const { table, columns } = indexOf({ A: ["10.0.0.0/8"] });
    const index = {
      table: { ...table, parent: Int32Array.of(-1, parent) },
      columns: { ...columns, length: Uint8Array.of(length, 24) },
    };
    if (leads === "on") expect(parentOf(index, 1)).toBe(parent);
    else expect(() => parentOf(index, 1)).toThrow(DAMAGED);
  },
);
