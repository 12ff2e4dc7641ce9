import fc from "fast-check";
import { expect, it } from "vitest";
import { hanging } from "../../src/terminal/hanging.ts";

it.each<[string, string, number | null, string]>([
  ["what fits stays", "one two\n  three\n", 60, "one two\n  three\n"],
  ["off a terminal nothing is broken", "word ".repeat(50), null, "word ".repeat(50)],
  ["a narrow terminal breaks too", "one two three four", 10, "one two\n    three\n    four"],
  [
    "text hangs beside a short label",
    `service tags  ${"word ".repeat(10)}end`,
    40,
    `service tags  word word word word word\n${" ".repeat(14)}word word word word word\n${" ".repeat(14)}end`,
  ],
  [
    "and below one that is wide",
    `  --add-service-endpoint  ${"word ".repeat(5)}end`,
    40,
    `  --add-service-endpoint\n      word word word word word end`,
  ],
  [
    "a word that is too long to hang starts further left",
    "see https://learn.microsoft.com/a/b/c/d/e",
    40,
    "see\n  https://learn.microsoft.com/a/b/c/d/e",
  ],
  [
    "what is carried over hangs under its line's own indent",
    `  ${"10.10.10.10/32 ".repeat(5)}end`,
    60,
    `  10.10.10.10/32 10.10.10.10/32 10.10.10.10/32\n      10.10.10.10/32 10.10.10.10/32 end`,
  ],
  [
    "no blank is left at a line's end",
    `${"a".repeat(50)}  ${"b".repeat(20)}`,
    60,
    `${"a".repeat(50)}\n    ${"b".repeat(20)}`,
  ],
  ["a word that is too long stays whole", "x".repeat(90), 60, "x".repeat(90)],
  [
    "colour takes no room",
    `\u001b[1m${"a".repeat(40)}\u001b[22m ${"b".repeat(19)}`,
    60,
    `\u001b[1m${"a".repeat(40)}\u001b[22m ${"b".repeat(19)}`,
  ],
])("%s", async (_, text, columns, expected) => {
  expect(await hanging(text, { columns })).toBe(expected);
});

it("words stay whole and in order, on lines that fit", async () => {
  const anyWord = fc.string({ unit: fc.constantFrom("a", "1", ".", "/"), minLength: 1, maxLength: 50 });
  await fc.assert(
    fc.asyncProperty(fc.array(anyWord), fc.integer({ min: 0, max: 4 }), async (words, indent) => {
      const text = " ".repeat(indent) + words.join(" ");
      const broken = await hanging(text, { columns: 60 });
      expect(broken.split(/\s+/).filter((word) => word !== "")).toEqual(words);
      for (const line of broken.split("\n")) expect(line.length).toBeLessThanOrEqual(60);
    }),
  );
});
