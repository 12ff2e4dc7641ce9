import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runBuilt, scratchDirectory } from "../built-program.ts";
import { hasSharedData, sharedPath } from "../shared-data.ts";

const MEGABYTE = 1024 * 1024;
const filled = (megabytes: number, piece: string) => piece.repeat((megabytes * MEGABYTE) / piece.length);

/** A sixteenth of Node's heap limit on a machine with 16 GB. */
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

describe("with a heap of 256 MB, input made to fill the memory is rejected, and V8 never aborts", () => {
  it.each<[string, readonly string[], () => string, RegExp]>([
    ["a row of JSON", ROUTES, () => row(filled(31, '"10.0.0.0/8",')), /2,000,000 values/],
    ["numbers in a row", FROM_STDIN, () => row("", `,"more":[${filled(31, "1,")}1]`), /2,000,000 values/],
    ["nested brackets", FROM_STDIN, () => filled(31, "["), /2,000,000 values/],
    ["as many as are parsed", FROM_STDIN, () => filled(8, "["), /cut off before its end/],
    ["empty objects", FROM_STDIN, () => `[${filled(7.9, "{},")}{}]`, /a list of empty objects/],
    [
      "as many rows as are parsed",
      FROM_STDIN,
      () => `[${filled(7.9, `${row("").slice(1, -1)},`)}${row("").slice(1)}`,
      /50,000 rows/,
    ],
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
    [
      "a shorter heading of commas",
      FROM_STDIN,
      () => `${HEADING}${filled(7.9, ",")}\n`,
      /not a route table in any form/,
    ],
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

/** The time limit for one run of an accepted input on a busy machine. */
const TIMEOUT = 240_000;

const list = (count: number, item: (at: number) => string) => Array.from({ length: count }, (_, at) => item(at));

/** A user route of its own for each /24 of 20.0.0.0/8, by an appliance of its own. */
const routesOf = (count: number) => {
  const rows = list(count, (at) => {
    const [high, low] = [at >> 8, at & 255];
    const hop = `"nextHopType":"VirtualAppliance","nextHopIpAddress":["10.0.${high}.${low}"]`;
    return `{"name":"r${at}","source":"User","state":"Active","addressPrefix":["20.${high}.${low}.0/24"],${hop}}`;
  });
  const system = '{"source":"Default","state":"Active","addressPrefix":["10.0.0.0/8"],"nextHopType":"VnetLocal"}';
  return `{"value":[${[system, ...rows].join(",")}]}`;
};

const lines = (text: string) => text.split("\n").length - 1;

describe("with a heap of 256 MB, half a million lines of --ip @FILE over 5,000 rows are answered", () => {
  const routes = join(scratch.path, "routes.json");
  const scattered = () => {
    writeFileSync(routes, routesOf(5000));
    // Every other address, so that no two of them merge into one prefix.
    const v6 = list(400_000, (at) => `2001:db8:${(at >> 12).toString(16)}::${((2 * at) & 0x1fff).toString(16)}`);
    const v4 = list(100_000, (at) => `20.${at >> 13}.${(at >> 7) & 63}.${(2 * at) & 255}`);
    writeFileSync(FILE, [...v6, ...v4].join("\n"));
  };

  it.each<[string, (out: string) => unknown, unknown]>([
    ["json", (out) => out.includes('"ownPrefixes": 500000') && out.endsWith("}\n"), true],
    ["csv", lines, 500_001],
    ["wide", lines, 500_001],
    ["table", (out) => /\(500,000 entries\)$/.test(out.split("\n")[0] ?? ""), true],
  ])(
    "-o %s",
    async (format, found, expected) => {
      scattered();
      const words = ["whichroute", "--ip", `@${FILE}`, "--file", routes, "-q", "-o", format];
      const { code, stdout, stderr } = await runBuilt(words, { env: SMALL_HEAP });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(found(stdout)).toBe(expected);
    },
    TIMEOUT,
  );

  it(
    "one line more is rejected",
    async () => {
      const words = ["whichroute", "--ip", "@-", "--sample", "udr", "-q", "-o", "none"];
      const stdin = "10.0.0.1\n".repeat(500_001);
      const { code, stderr } = await runBuilt(words, { env: SMALL_HEAP, stdin });
      expect(code).toBe(2);
      expect(stderr).toContain("more than 500,000 lines");
    },
    TIMEOUT,
  );

  it.each([
    ["--ip -", ["--ip", "-"]],
    ["--ip @-", ["--ip", "@-"]],
  ])(
    "%s: a line without end is refused",
    async (_, asked) => {
      const stdin = `10.0.0.1\n${filled(40, "x")}`;
      const words = ["whichroute", ...asked, "--sample", "udr", "-q", "-o", "none"];
      const { code, stderr } = await runBuilt(words, { env: SMALL_HEAP, stdin });
      expect(code).toBe(2);
      expect(stderr).toMatch(/^error: line 2 has more than 33,554,432 characters\n/);
    },
    TIMEOUT,
  );
});

describe("with a heap of 256 MB, a policy of nearly 1 MB with as many counter-examples as allowed is checked", () => {
  const routes = join(scratch.path, "few-routes.json");
  const policy = (count: number, to: string) => {
    writeFileSync(routes, routesOf(200));
    writeFileSync(FILE, `rules:\n${`- {to: ${to}, expect: {via: "::1"}}\n`.repeat(count)}`);
  };
  const words = (format: string) => ["check", FILE, "--file", routes, "-q", "-o", format];

  it.each<[string, (out: string) => unknown, unknown]>([
    ["json", (out) => out.split('"status": "violated"').length - 1, 25_000],
    ["csv", lines, 25_001],
    ["junit", (out) => out.split("</failure>").length - 1, 25_000],
    ["sarif", (out) => out.split('"kind": "fail"').length - 1, 25_000],
    ["table", (out) => out.includes("violated: 25000 errors"), true],
  ])(
    "-o %s",
    async (format, found, expected) => {
      policy(25_000, "10.0.0.0/9");
      const { code, stdout } = await runBuilt(words(format), { env: SMALL_HEAP });
      expect(code).toBe(3);
      expect(found(stdout)).toBe(expected);
    },
    TIMEOUT,
  );

  it(
    "more are refused",
    async () => {
      policy(20_000, "20.0.0.0/8");
      const { code, stdout, stderr } = await runBuilt(words("json"), { env: SMALL_HEAP });
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/^error: the result has more than 25,000 counter-examples\n/);
    },
    TIMEOUT,
  );
});

/** Tables at the limits of docs/reliability.md. */
const prefixAt = (at: number) => `${20 + (at >> 16)}.${(at >> 8) & 255}.${at & 255}.0/24`;
const lists = (rows: number, each: number) =>
  Array.from({ length: rows }, (_, row) => Array.from({ length: each }, (_, k) => prefixAt(each * row + k)));
const armRows = (rows: number, each: number, more = {}) =>
  lists(rows, each).map((addressPrefix, at) => ({
    name: `route-${at}`,
    source: "User",
    state: "Active",
    addressPrefix,
    // Half of the rows are named by the tags, one by one.
    nextHopType: at % 2 === 0 ? "VirtualNetworkServiceEndpoint" : "VirtualAppliance",
    nextHopIpAddress: at % 2 === 0 ? [] : ["10.0.0.4"],
    ...more,
  }));
const csvRows = (rows: number) =>
  `${HEADING}\n${lists(rows, 4)
    .map((prefixes) => `User,Active,"${prefixes}",None`)
    .join("\n")}`;

const TAG_FILE = hasSharedData ? ["--tags", sharedPath("data/service-tags/ServiceTags_Public_20251110.json")] : [];

describe("with a heap of 256 MB, a table at the limits is read, named and printed", () => {
  it.each<[string, () => string]>([
    ["50,000 rows with 200,000 prefixes", () => JSON.stringify(armRows(50_000, 4))],
    ["1 row with 200,000 prefixes", () => JSON.stringify(armRows(1, 200_000))],
    ["50,000 rows of CSV", () => csvRows(50_000)],
    [
      "50,000 rows with 1.9 million values",
      () => JSON.stringify(armRows(50_000, 1, { more: Array.from({ length: 29 }, () => "x".repeat(8)) })),
    ],
  ])(
    "%s",
    async (_, input) => {
      writeFileSync(FILE, input());
      const table = ["--file", FILE, ...TAG_FILE];
      for (const words of [
        ["routes", ...table, "-o", "none"],
        ["routes", ...table, "-o", "json"],
        ["whichroute", "--ip", "20.0.1.2", ...table, "-o", "tsv"],
      ]) {
        const { code, stderr } = await runBuilt(words, { env: SMALL_HEAP });
        expect({ words, code, error: /error.*/.exec(stderr)?.[0] }).toEqual({ words, code: 0, error: undefined });
      }
    },
    TIMEOUT,
  );
});

describe("with a heap of 256 MB, exports and other results of a table have limits of their own", () => {
  /** Every row has its own next hop, so that every prefix is an outcome. */
  const rowsApart = (rows: number) =>
    lists(rows, 1).map((addressPrefix, row) => ({
      name: `route-${row}`,
      source: "User",
      state: "Active",
      addressPrefix,
      nextHopType: "VirtualAppliance",
      nextHopIpAddress: [`10.9.${row >> 8}.${row & 255}`],
    }));
  const split = ["whichroute", "--ip", "20.0.0.0/8", "--file", FILE, "-q", "-o", "json"];
  const exported = ["routes", "--file", FILE, "-q", "--export", "duckdb"];

  it.each<[string, readonly string[], () => unknown, number, RegExp]>([
    ["19,000 outcomes are answered", split, () => rowsApart(19_000), 0, /^$/],
    ["50,000 outcomes are refused", split, () => rowsApart(50_000), 2, /more than 20,000 outcomes/],
    ["100,000 prefixes are exported", exported, () => armRows(25_000, 4), 0, /^$/],
    ["200,000 prefixes are not", exported, () => armRows(50_000, 4), 2, /more than 100,000 prefixes to export/],
  ])(
    "%s",
    async (_, words, rows, exit, said) => {
      writeFileSync(FILE, JSON.stringify({ value: rows() }));
      const { code, stderr } = await runBuilt(words, { env: SMALL_HEAP });
      expect(code).toBe(exit);
      expect(stderr.split("\n")[0]).toMatch(said);
    },
    TIMEOUT,
  );
});

describe("with a heap of 256 MB, large answers about a table of 200,000 prefixes are printed, or rejected in time", () => {
  const lines = join(scratch.path, "lines");
  const policy = join(scratch.path, "policy.yaml");
  /** Every row has its own next hop, so that it is an outcome, and a counter-example, of its own. */
  const rowsApart = (rows: number, each: number) =>
    armRows(rows, each).map((row, at) => ({
      ...row,
      nextHopType: "VirtualAppliance",
      nextHopIpAddress: [`10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`],
    }));
  const set = ["whichroute", "--ip", `@${lines}`, "--file", FILE, "-q", "-o"];
  const checked = ["check", policy, "--file", FILE, "-q", "-o"];
  const page = ["routes", "--file", FILE, "-q", "-o", "html"];

  it.each<[string, readonly string[], [rows: number, each: number], number, RegExp]>([
    ["half a million lines with 19,990 outcomes", [...set, "json"], [19_990, 10], 0, /^$/],
    ["more outcomes are refused", [...set, "json"], [50_000, 4], 2, /more than 20,000 outcomes/],
    ["19,991 counter-examples of one rule", [...checked, "json"], [19_990, 10], 3, /^policy violated/],
    ["... as YAML", [...checked, "yaml"], [4000, 10], 3, /^policy violated/],
    ["more are refused", [...checked, "json"], [50_000, 4], 2, /more than 25,000 counter-examples/],
    ["a page with 100,000 prefixes", page, [50_000, 2], 0, /^$/],
    ["a page with more is refused", page, [50_000, 3], 2, /150,000 prefixes; the limit is 100,000/],
  ])(
    "%s",
    async (_, words, [rows, each], exit, said) => {
      const addresses = list(
        500_000,
        (at) => `${20 + ((at * 7) % 12)}.${(at >> 8) & 255}.${at & 255}.${(2 * at) & 255}`,
      );
      if (words.includes(`@${lines}`)) writeFileSync(lines, addresses.join("\n"));
      writeFileSync(policy, 'rules:\n- {to: 0.0.0.0/0, expect: {via: "::1"}}\n');
      writeFileSync(FILE, JSON.stringify({ value: rowsApart(rows, each) }));
      const { code, stderr } = await runBuilt(words, { env: SMALL_HEAP });
      expect({ code, said: stderr.split("\n")[0] }).toEqual({ code: exit, said: expect.stringMatching(said) });
    },
    600_000,
  );
});

describe("with a heap of 256 MB, two tag files at the limit are compared", () => {
  const [older, newer] = [join(scratch.path, "older.json"), join(scratch.path, "newer.json")];
  /** No prefix is in both files. */
  const tagFile = (path: string, second: number, count: number) => {
    const prefixes = list(count, (at) => `${1 + second}.${(at >> 13) & 255}.${(at >> 5) & 255}.${(8 * at) & 255}/30`);
    const values = Array.from({ length: 100 }, (_, tag) => ({
      name: `Service.Region${tag}`,
      properties: { region: "", addressPrefixes: prefixes.filter((_, at) => at % 100 === tag) },
    }));
    writeFileSync(path, JSON.stringify({ changeNumber: 1, cloud: "Public", values }));
  };

  it.each<[string, number, string, number, RegExp]>([
    ["as JSON", 250_000, "json", 0, /^$/],
    ["as a table", 250_000, "table", 0, /^$/],
    ["more are refused", 250_001, "json", 2, /^error: the two tag files have more than 500,000 prefixes together$/],
  ])(
    "%s",
    async (_, count, format, exit, said) => {
      tagFile(older, 1, 250_000);
      tagFile(newer, 2, count);
      const { code, stderr } = await runBuilt(["tags", "diff", older, newer, "-q", "-o", format], { env: SMALL_HEAP });
      expect({ code, said: stderr.split("\n")[0] }).toEqual({ code: exit, said: expect.stringMatching(said) });
    },
    TIMEOUT,
  );
});

describe("with a heap of 256 MB, two tables at the limit are compared", () => {
  const [one, other] = [join(scratch.path, "before.json"), join(scratch.path, "after.json")];
  /** The tables share no prefix, and each row of the second has a next hop of its own. */
  const tables = (rows: number) => {
    const table = (at: number, hop: (row: number) => string) => {
      const rowOf = (row: number) => ({
        name: `route-${at}-${row}`,
        source: "User",
        state: "Active",
        addressPrefix: [`20.${row >> 7}.${(2 * row + at) & 255}.0/24`],
        nextHopType: "VirtualAppliance",
        nextHopIpAddress: [hop(row)],
      });
      return JSON.stringify({ value: Array.from({ length: rows }, (_, row) => rowOf(row)) });
    };
    const before = table(0, () => "10.0.0.4");
    const after = table(1, (row) => `10.9.${row >> 8}.${row & 255}`);
    writeFileSync(one, before);
    writeFileSync(other, after);
  };

  it.each(["json", "table"])(
    "diff -o %s",
    async (format) => {
      tables(25_000);
      const { code, stderr } = await runBuilt(["diff", one, other, ...TAG_FILE, "-q", "-o", format], {
        env: SMALL_HEAP,
      });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    },
    TIMEOUT,
  );

  it(
    "whatif -o json",
    async () => {
      tables(24_000);
      const change = ["--add-route", "20.0.0.0/8=VirtualAppliance:10.9.0.1"];
      const words = ["whatif", "--file", other, ...change, ...TAG_FILE, "-q", "-o", "json"];
      const { code, stderr } = await runBuilt(words, { env: SMALL_HEAP });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    },
    TIMEOUT,
  );

  it(
    "more are refused",
    async () => {
      tables(25_001);
      const { code, stderr } = await runBuilt(["diff", one, other, "-q"], { env: SMALL_HEAP });
      expect(code).toBe(2);
      expect(stderr).toMatch(/^error: the two tables have more than 50,000 prefixes together\n/);
    },
    TIMEOUT,
  );
});
