import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runBuilt, scratchDirectory } from "../built-program.ts";

const MEGABYTE = 1024 * 1024;
const filled = (megabytes: number, piece: string) => piece.repeat((megabytes * MEGABYTE) / piece.length);

/** A heap of a sixteenth of what Node takes on a machine of 16 GB. */
const SMALL_HEAP = { NODE_OPTIONS: "--max-old-space-size=256" };

const scratch = scratchDirectory();
afterAll(() => scratch.remove());
const FILE = join(scratch.path, "input");

const ROUTES = ["routes", "--file", FILE, "-o", "json"];
const FROM_STDIN = ["routes", "--file", "-", "-o", "json"];
const TAGS = ["tags", "list", "--tags", FILE, "-o", "json"];
const FLOWS_FROM_STDIN = ["whichroute", "--sample", "no-udr", "--flow-log", "-", "-o", "json"];
const HEADING = "Source,State,Address Prefixes,Next Hop Type";
const row = (prefixes: string, more = "") =>
  `[{"source":"User","state":"Active","addressPrefix":[${prefixes}"10.0.0.0/8"],"nextHopType":"None"${more}}]`;

describe("with a heap of 256 MB, input made to fill the memory is refused, and V8 never ends the program", () => {
  it.each<[string, readonly string[], () => string, RegExp]>([
    ["a row of JSON", ROUTES, () => row(filled(31, '"10.0.0.0/8",')), /2,000,000 values/],
    ["numbers in a row", FROM_STDIN, () => row("", `,"more":[${filled(31, "1,")}1]`), /2,000,000 values/],
    ["nested brackets", FROM_STDIN, () => filled(31, "["), /2,000,000 values/],
    ["as many as are parsed", FROM_STDIN, () => filled(8, "["), /cut off before its end/],
    ["empty objects", FROM_STDIN, () => `[${filled(7.9, "{},")}{}]`, /200,000 rows/],
    ["more than any input has", FROM_STDIN, () => filled(33, " "), /more than 32 MB/],
    ["a file of more than any has", ROUTES, () => filled(33, " "), /at most 32 MB/],
    [
      "a row of CSV",
      ROUTES,
      () => `${HEADING}\nDefault,Active,"${filled(31, "10.0.0.0/8,")}",None`,
      /2,000,000 values/,
    ],
    [
      "a row of CSV that is parsed",
      FROM_STDIN,
      () => `${HEADING}\nDefault,Active,"${filled(7.9, "10.0.0.0/8,")}10.0.0.0/8",None`,
      /200,000 prefixes/,
    ],
    ["a heading of commas", FROM_STDIN, () => `${HEADING}${filled(31, ",")}\n`, /2,000,000 values/],
    ["a shorter heading of commas", FROM_STDIN, () => `${HEADING}${filled(7.9, ",")}\n`, /neither JSON nor/],
    ["lines of CSV without content", FROM_STDIN, () => `${HEADING}\n${filled(31, "\n")}`, /10,000,000 characters/],
    ["empty tags", TAGS, () => `{"values":[${filled(31, "{},")}{}]}`, /2,000,000 values/],
    ["as many empty tags as are parsed", TAGS, () => `{"values":[${filled(7.9, "{},")}{}]}`, /tag 1 has no/],
    ["a record of flows", FLOWS_FROM_STDIN, () => `{"records":[{"a":[${filled(8.1, "{},")}`, /8,388,608 characters/],
  ])("%s", async (_, words, input, said) => {
    const text = input();
    writeFileSync(FILE, text);
    const stdin = words.includes(FILE) ? "" : text;
    const { code, stdout, stderr } = await runBuilt(words, { env: SMALL_HEAP, stdin });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.split("\n")[0]).toMatch(said);
    expect(stderr.split("\n")[0]?.length).toBeLessThan(100);
    expect(stderr.length).toBeLessThan(1000);
  });
});
