import { writeFileSync } from "node:fs";
import { join } from "node:path";
import sarifSchema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import Draft04 from "ajv-draft-04";
import type { Log } from "sarif";
import { SaxesParser } from "saxes";
import { afterAll, describe, expect, it } from "vitest";
import { sarif } from "../../../src/output/formats/sarif/sarif.ts";
import type { CheckReport } from "../../../src/output/results/check/report.ts";
import type { Result } from "../../../src/output/results/kinds.ts";
import type { OutputStream } from "../../../src/terminal/streams.ts";
import { scratchDirectory } from "../../built-program.ts";
import { run } from "../../commands/run-in-process.ts";

const scratch = scratchDirectory();
afterAll(() => scratch.remove());

const HOSTILE = "a<b>&\"'\u001b[2J]]>\u0000\ufffe\ud800\u202e--><!-- \n\tz";
/** Characters that are forbidden in XML or control a terminal, except line breaks. */
const UNSAFE = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\ufffe\uffff]/u;

const row = (prefix: string, nextHopType: string, more: object = {}) => ({
  source: "Default",
  state: "Active",
  addressPrefix: [prefix],
  nextHopType,
  nextHopIpAddress: [],
  ...more,
});
const TABLE = {
  value: [
    row("10.1.0.0/16", "VnetLocal"),
    row("0.0.0.0/0", "VirtualAppliance", { source: "User", name: HOSTILE, nextHopIpAddress: ["10.0.1.4"] }),
    row("20.0.0.0/8", HOSTILE),
  ],
};
const POLICY = {
  name: HOSTILE,
  description: HOSTILE,
  rules: [
    { id: "bad", name: HOSTILE, description: HOSTILE, to: "internet", expect: { appliance: "used" } },
    { id: "good", to: "10.1.0.0/16", expect: { "next-hop": "VnetLocal" } },
    { id: "warned", severity: "warning", to: ["10.0.0.0/8", "30.0.0.0/8"], expect: { verdict: "drop" } },
    { id: "noted", severity: "note", to: "30.0.0.0/8", expect: { via: "10.0.1.5" } },
    { id: "unjudged", symmetric: { [HOSTILE]: "10.1.0.0/16", other: "10.2.0.0/16" } },
    { id: "unjudged-note", severity: "note", symmetric: true },
  ],
};
const policyFile = join(scratch.path, "p <&\"' %ü.json");
const tableFile = join(scratch.path, "t.json");
writeFileSync(policyFile, JSON.stringify(POLICY, null, 1));
writeFileSync(tableFile, JSON.stringify(TABLE));

const check = (format: string, ...tables: readonly string[]) =>
  run(["check", policyFile, ...tables, "-o", format, "-q"], { tty: format !== "junit", columns: 60 });

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Parses XML strictly. @throws for XML that is not well-formed. */
function parseXml(xml: string): Element {
  const parser = new SaxesParser();
  const root: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element = { name, attributes, children: [], text: "" };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    const top = open.at(-1);
    if (top !== undefined) top.text += text;
  });
  parser.on("closetag", () => open.pop());
  parser.write(xml).close();
  const [only] = root.children;
  if (only === undefined) throw new Error("no element");
  return only;
}

const everything = (element: Element): Element[] => [element, ...element.children.flatMap(everything)];
const of = (element: Element, name: string) => everything(element).filter((each) => each.name === name);

describe("-o junit", () => {
  it("is well-formed with hostile names, without characters that are forbidden in XML or control a terminal", async () => {
    const { code, out } = await check("junit", tableFile);
    expect(code).toBe(3);
    for (const { attributes, text } of everything(parseXml(out))) {
      for (const each of [...Object.values(attributes), text]) expect(each).not.toMatch(UNSAFE);
    }
    expect(of(parseXml(out), "testsuites")[0]?.attributes.name).toMatch(/^a<b>&"'\[2J\]\]>.*--><!-- /);
  });

  it("a violated error is a failure, an error that was not judged an error; warnings and notes are skipped with a message", async () => {
    const { out } = await check("junit", tableFile);
    const cases = of(parseXml(out), "testcase").map(({ attributes, children }) => [
      attributes.name?.split(":")[0],
      ...children.map(({ name, attributes: { message = "" } }) => `${name} ${message.replace(/:.*/, "")}`.trim()),
    ]);
    expect(cases).toEqual([
      ["bad", "failure 16,777,216 IPv4 addresses, e.g. 20.0.0.0"],
      ["good"],
      ["warned", "skipped warning", "system-out"],
      ["noted", "skipped note", "system-out"],
      ["unjudged", "error not judged"],
      ["unjudged-note", "skipped note"],
    ]);
    const [failure] = of(parseXml(out), "failure");
    expect(failure?.text).toMatch(/20\.0\.0\.0 {2}→ {2}[\s\S]*✓ 20\.0\.0\.0\/8[\s\S]*longest prefix/);
  });

  it("has a suite for each table, with correct counts", async () => {
    const { out } = await check("junit", tableFile, "sample:no-udr");
    const root = parseXml(out);
    expect(root.children.map(({ attributes }) => attributes.name)).toEqual([
      tableFile,
      "sample:no-udr",
      `${tableFile} and sample:no-udr`,
    ]);
    for (const each of [root, ...of(root, "testsuite")]) {
      const { tests, failures, errors, skipped } = each.attributes;
      expect([tests, failures, errors, skipped].map(Number)).toEqual(
        ["testcase", "failure", "error", "skipped"].map((name) => of(each, name).length),
      );
    }
    expect(of(root, "testcase").every(({ attributes }) => Number(attributes.line) > 0)).toBe(true);
  });
});

describe("-o sarif", () => {
  const valid = new Draft04.default({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
    sarifSchema,
  );
  const log = async (...tables: readonly string[]): Promise<Log> => JSON.parse((await check("sarif", ...tables)).out);

  it.each([[["sample:no-udr"]], [["sample:no-udr", "sample:udr"]], [[tableFile]]])(
    "fits the schema of SARIF 2.1.0: %j",
    async (tables) => {
      valid(await log(...tables));
      expect(valid.errors).toBeNull();
    },
  );

  it("has each rule of the policy, a result for each counter-example at the rule's line, a notification for each rule not judged", async () => {
    const [found] = (await log(tableFile)).runs;
    const rules = found?.tool.driver.rules?.map(
      ({ id, defaultConfiguration }) => `${id} ${defaultConfiguration?.level}`,
    );
    expect(rules).toEqual([
      "bad error",
      "good error",
      "warned warning",
      "noted note",
      "unjudged error",
      "unjudged-note note",
    ]);
    const line = (id: string) =>
      JSON.stringify(POLICY, null, 1)
        .split("\n")
        .findIndex((text) => text.includes(`"${id}"`));
    const results = found?.results?.map(({ ruleId, ruleIndex, level, kind, locations, properties }) => [
      ruleId,
      ruleIndex,
      level,
      kind,
      locations?.[0]?.physicalLocation?.region?.startLine,
      properties?.prefixes?.length,
    ]);
    // The line before that of the id is the rule's brace.
    expect(results).toEqual([
      ["bad", 0, "error", "fail", line("bad"), 1],
      ["warned", 2, "warning", "fail", line("warned"), 9],
      ["warned", 2, "warning", "fail", line("warned"), 1],
      ["noted", 3, "note", "fail", line("noted"), 1],
    ]);
    const notes = found?.invocations?.[0]?.toolExecutionNotifications;
    expect(notes?.map(({ associatedRule, level }) => [associatedRule?.id, level])).toEqual([
      ["unjudged", "error"],
      ["unjudged-note", "note"],
    ]);
  });

  it("fingerprints are unique for each counter-example of a rule, and stable", async () => {
    const prints = (given: Log) =>
      given.runs[0]?.results?.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints)) ?? [];
    const first = prints(await log(tableFile));
    expect(new Set(first).size).toBe(first.length);
    expect(prints(await log(tableFile))).toEqual(first);
  });

  it("has the properties of rules that GitHub shows, and one hash for each alert", async () => {
    const [found] = (await log(tableFile)).runs;
    for (const { help, shortDescription, fullDescription } of found?.tool.driver.rules ?? []) {
      expect(help?.text).not.toBe("");
      for (const each of [shortDescription, fullDescription]) expect(each?.text.length).toBeLessThanOrEqual(1024);
    }
    const hashes = (found?.results ?? []).map((result) => result.partialFingerprints?.primaryLocationLineHash ?? "");
    for (const each of hashes) expect(each).toMatch(/^[0-9a-f]{16}:1$/);
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  describe("for more subnets than GitHub accepts results", () => {
    const MOST = 25_000;
    /** The SARIF run of a snapshot's report, made from the report of one table. */
    const runOf = async (change: (report: CheckReport) => CheckReport) => {
      const { routeTables, ...report } = JSON.parse((await check("json", tableFile)).out) as CheckReport;
      const snapshot = { name: "prod", complete: true, withoutTable: [] } as unknown as CheckReport["snapshot"];
      let text = "";
      const write = (piece: string) => {
        text += piece;
      };
      const stdout = { write, drained: async () => {} };
      const result = { kind: "check", report: change({ ...report, routeTables, snapshot }) } as Result;
      await sarif.print(result, stdout as unknown as OutputStream, {} as never);
      return (JSON.parse(text) as Log).runs[0];
    };
    const tables = Array.from({ length: MOST }, (_, at) => `net/s${at}`);

    it("has one result for all subnets with the violation, and names the first", async () => {
      const found = await runOf(({ results, ...rest }) => ({
        ...rest,
        results: results
          .filter(({ rule }) => rule.id === "noted")
          .map((each) => ({ ...each, tables: [...tables, "net/z"] })),
      }));
      expect(found?.results).toHaveLength(1);
      expect(found?.results?.[0]?.message.text).toMatch(/^net\/s0, net\/s1, net\/s2 and 24998 more: /);
      expect(found?.results?.[0]?.properties?.tables).toHaveLength(MOST + 1);
    });

    it("has a result for each subnet while they are few enough", async () => {
      const few = tables.slice(0, 200);
      const found = await runOf(({ results, ...rest }) => ({
        ...rest,
        results: results.map((each) => ({ ...each, tables: few })),
      }));
      expect(found?.results).toHaveLength(4 * few.length);
      const hashes = found?.results?.map((result) => result.partialFingerprints?.primaryLocationLineHash);
      expect(new Set(hashes).size).toBe(4 * few.length);
    });
  });

  it("a path is a valid reference", async () => {
    const [found] = (await log(tableFile)).runs;
    const uri = found?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? "";
    expect(decodeURI(new URL(uri).pathname)).toBe(decodeURI(encodeURI(policyFile)).replaceAll("&", "%26"));
  });

  it("has no characters that control a terminal", async () => {
    expect((await check("sarif", tableFile)).out).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u);
  });
});

describe("formats for pipelines", () => {
  it.each([
    [["routes", "--sample", "udr", "-o", "junit"], /-o junit is only available for check/],
    [["tags", "list", "-o", "sarif"], /-o sarif is only available for check/],
    [["whichroute", "--ip", "-", "--sample", "udr", "-o", "sarif"], /-o sarif is only available for check/],
    [
      ["check", policyFile, "sample:udr", "-o", "junit", "--query", "results"],
      /-o junit cannot be combined with --query/,
    ],
  ])("%j is refused", async (args, reason) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(reason);
  });
});
