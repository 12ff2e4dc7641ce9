import type { Log, Run } from "sarif";
import { describe, expect, test } from "vitest";
import { sarif } from "../../../../src/output/formats/sarif/sarif.ts";
import type { Result } from "../../../../src/output/results/kinds.ts";
import { openTerminal } from "../../../../src/terminal/terminal.ts";
import { Capture } from "../../../terminal/capture-terminal.ts";

const RULE = { id: "r1", kind: "expect", name: null, description: null, severity: "error", line: 4 };
const NOT_JUDGED = {
  ...{ rule: RULE, tables: ["a", "b"], status: "not-judged", reason: "no IPv6", counterExamples: [] },
  ...{ inventory: null, reach: null },
};

async function runOf(file: string, results: readonly object[], more: object = {}): Promise<Run> {
  const report = { passed: false, policy: { name: null, file }, results, snapshot: null, ...more };
  const capture = new Capture();
  const { stdout } = await openTerminal(capture);
  await sarif.print({ kind: "check", report } as unknown as Result, stdout, {} as never);
  const log = JSON.parse(capture.out) as Log;
  expect(log.runs).toHaveLength(1);
  return log.runs[0] as Run;
}

/** A rule that these resources violate. */
const violated = (id: string, ...ids: readonly string[]) => ({
  ...{ ...NOT_JUDGED, status: "violated", reason: null, tables: [], rule: { ...RULE, id } },
  inventory: {
    ...{ judges: "peerings", resources: ids.length },
    findings: ids.map((resourceId) => ({
      ...{ status: "violated", resourceId, resource: "peering", text: "is wrong", remedy: "mend it" },
    })),
  },
});

test.each<[rule: string, file: string, uri: string]>([
  ["a relative path stays relative", "policies/prod.yaml", "policies/prod.yaml"],
  ["backslashes become slashes", "policies\\prod.yaml", "policies/prod.yaml"],
  ["an absolute path is a URL", "/etc/a/prod.yaml", "file:///etc/a/prod.yaml"],
  ["a path on a Windows drive is a URL", "C:\\a\\prod.yaml", "file:///C:/a/prod.yaml"],
  ["a drive in small letters too", "d:/a b/prod.yaml", "file:///d:/a%20b/prod.yaml"],
  ["a colon in the middle is no drive", "a/c:/prod.yaml", "a/c%3A/prod.yaml"],
  ["a colon after two letters is no drive", "ab:/prod.yaml", "ab%3A/prod.yaml"],
  ["signs with a meaning in URLs are escaped", "a b#c?d%e&ü.yaml", "a%20b%23c%3Fd%25e%26%C3%BC.yaml"],
  ["half a character is replaced", "a\ud800b/\udc00.yaml", "a%EF%BF%BDb/%EF%BF%BD.yaml"],
])("the file's URI: %s", async (_, file, uri) => {
  const { invocations } = await runOf(file, [NOT_JUDGED]);
  const [location] = invocations?.[0]?.toolExecutionNotifications?.[0]?.locations ?? [];
  expect(location?.physicalLocation).toEqual({ artifactLocation: { uri }, region: { startLine: 4 } });
});

describe("a rule", () => {
  test.each<[rule: string, own: object, short: string, full: string]>([
    ["without texts: its id", {}, "r1", "r1"],
    ["with a name", { name: "no internet" }, "no internet", "no internet"],
    ["with a description", { description: "long" }, "r1", "long"],
    ["with both", { name: "no internet", description: "long" }, "no internet", "long"],
  ])("is described in short and in full, %s", async (_, own, short, full) => {
    const { tool } = await runOf("p.yaml", [{ ...NOT_JUDGED, rule: { ...RULE, ...own } }]);
    expect(tool.driver.rules?.map((rule) => [rule.shortDescription?.text, rule.fullDescription?.text])).toEqual([
      [short, full],
    ]);
    expect(tool.driver.rules?.[0]?.help?.text).toBe(
      `${full}\n\nThe rule is judged on Azure's effective routes, for every address that it names. ` +
        "A result has the prefixes that violate it, and the route that wins for them.",
    );
  });

  test("with several results is listed once, and its results name its place", async () => {
    const run = await runOf("p.yaml", [violated("x", "/1"), violated("y", "/2", "/3"), violated("x", "/4")]);
    expect(run.tool.driver.rules?.map(({ id }) => id)).toEqual(["x", "y"]);
    expect(
      run.results?.map(({ ruleId, ruleIndex, locations }) => [
        ...[ruleId, ruleIndex, locations?.[0]?.logicalLocations?.[0]?.name],
      ]),
    ).toEqual([
      ["x", 0, "/1"],
      ["y", 1, "/2"],
      ["y", 1, "/3"],
      ["x", 0, "/4"],
    ]);
    expect(run.invocations?.[0]?.toolExecutionNotifications).toEqual([]);
  });
});

test("texts of a notification have no characters that control a terminal; a missing reason is empty", async () => {
  const hostile = { ...NOT_JUDGED, reason: "a\u001b[2Jb", tables: ["t\u0007"] };
  const { invocations } = await runOf("p.yaml", [hostile, { ...NOT_JUDGED, tables: [], reason: null }]);
  const said = invocations?.[0]?.toolExecutionNotifications?.map(({ message, locations }) => [
    message.text,
    locations?.[0]?.logicalLocations,
  ]);
  expect(said).toEqual([
    ["not judged: a[2Jb", [{ name: "t", kind: "resource" }]],
    ["not judged: ", []],
  ]);
});

test.each([
  [true, 0],
  [false, 3],
])("a check that passed (%s) has the exit code %i", async (passed, exitCode) => {
  const { invocations } = await runOf("p.yaml", [], { passed });
  expect(invocations).toEqual([{ executionSuccessful: true, exitCode, toolExecutionNotifications: [] }]);
});

test("results beyond those that GitHub accepts are counted in a notification", { tags: ["slow"] }, async () => {
  const ids = Array.from({ length: 25_002 }, (_, at) => `/${at}`);
  const { results, invocations } = await runOf("p.yaml", [violated("x", ...ids)]);
  expect(results).toHaveLength(25_000);
  expect(invocations?.[0]?.toolExecutionNotifications).toEqual([
    {
      level: "warning",
      message: { text: "2 more results are left out, because GitHub accepts at most 25,000; -o json has all" },
    },
  ]);
});
