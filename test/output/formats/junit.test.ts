import { expect, test } from "vitest";
import { junit } from "../../../src/output/formats/junit.ts";
import type { Result } from "../../../src/output/results/kinds.ts";
import { openTerminal } from "../../../src/terminal/terminal.ts";
import { Capture } from "../../terminal/capture-terminal.ts";

const NONE = { v4: "0", v6: "0" };
const result = (id: string, more: object, rule: object = {}) => ({
  rule: { id, kind: "expect", name: null, description: null, severity: "error", line: 7, ...rule },
  ...{ tables: ["web"], status: "violated", reason: null, addresses: NONE, violating: { v4: "3", v6: "0" } },
  ...{ counterExamples: [], inventory: null, reach: null, ...more },
});
const resource = (name: string, status: string) => ({
  ...{ resource: name, status, text: `${name} is wrong`, remedy: "mend it" },
});
const walk = (status: string, ...mismatches: readonly string[]) => ({
  ...{ status, mismatches, prefixes: ["10.0.0.0/31", "10.1.0.0/32"], example: "10.0.0.0", hops: ["web", "nva"] },
});

async function xmlOf(name: string | null, ...results: readonly object[]): Promise<string> {
  const report = { policy: { name, file: "p.yaml" }, results, snapshot: null };
  const capture = new Capture();
  const { stdout } = await openTerminal(capture);
  await junit.print({ kind: "check", report } as unknown as Result, stdout, {} as never);
  return capture.out;
}

test("the message of a violation is an example of what is violated, not of what is unknown; the text has all", async () => {
  const inventory = {
    ...{ judges: "peerings", resources: 9, findings: [resource("a", "unknown"), resource("b", "violated")] },
  };
  const reach = { findings: [walk("unknown", "perhaps"), walk("violated", "not through nva", "not there")] };
  const text = await xmlOf(
    "true",
    result("resources", { inventory, tables: [] }),
    result("walks", { reach }),
    result("noted", { status: "not-judged", reason: null }, { severity: "note", name: "a\ud800b\ufffe<" }),
  );
  expect(text).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="true" tests="3" failures="2" errors="0" skipped="1" time="0">
  <testsuite name="inventory" tests="1" failures="1" errors="0" skipped="0" time="0">
    <testcase name="resources" classname="p.yaml" file="p.yaml" line="7" time="0">
      <failure message="1 of 9 peerings, e.g. b: b is wrong" type="violated">
a: unknown: a is wrong; mend it
b: b is wrong; mend it
</failure>
    </testcase>
  </testsuite>
  <testsuite name="web" tests="2" failures="1" errors="0" skipped="1" time="0">
    <testcase name="walks" classname="p.yaml" file="p.yaml" line="7" time="0">
      <failure message="3 IPv4 addresses: not through nva; not there (e.g. 10.0.0.0)" type="violated">
10.0.0.0/31, 10.1.0.0/32: perhaps (e.g. 10.0.0.0); by web, nva
10.0.0.0/31, 10.1.0.0/32: not through nva; not there (e.g. 10.0.0.0); by web, nva
</failure>
    </testcase>
    <testcase name="noted: a\ufffdb\ufffd&lt;" classname="p.yaml" file="p.yaml" line="7" time="0">
      <skipped message="note: not judged: "/>
    </testcase>
  </testsuite>
</testsuites>
`);
});
