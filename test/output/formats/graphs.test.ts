import { expect, test } from "vitest";
import { dot } from "../../../src/output/formats/dot.ts";
import { mermaid } from "../../../src/output/formats/mermaid.ts";
import type { Result } from "../../../src/output/results/kinds.ts";
import { openTerminal } from "../../../src/terminal/terminal.ts";
import { Capture } from "../../terminal/capture-terminal.ts";

const hop = (index: number, name: string, addressPrefix: string | null, ...next: readonly number[]) => ({
  ...{ index, name, winner: addressPrefix === null ? null : { addressPrefix }, rule: { id: `rule-${index}` }, next },
});
/** Two equal next hops, one of which delivers; names that end a quoted text. */
const TRACE = {
  from: { address: null, name: 'a "web" \\ <b>' },
  to: "10.2.0.4",
  text: "split\n#1 & `2`\u001b[2J",
  hops: [hop(1, 'w"e\\b', "0.0.0.0/0", 2, 3), hop(2, "n<v>a", "10.2.0.0/16"), hop(3, "db\u202e", null)],
  ends: [
    { hop: 3, disposition: "delivered" },
    { hop: 2, disposition: "dropped" },
    { hop: 2, disposition: "no-route" },
  ],
};
const drawn = async (format: typeof dot, trace: object, back: object | null) => {
  const capture = new Capture();
  const { stdout } = await openTerminal(capture);
  await format.print({ kind: "trace", report: { trace, return: back } } as unknown as Result, stdout, {} as never);
  return capture.out;
};

test("a Graphviz graph has a cluster for each direction, a node for each hop and each end but that of delivery", async () => {
  expect(
    await drawn(dot, TRACE, { ...TRACE, from: { address: "10.2.0.4", name: "x" }, hops: [], ends: [] }),
  ).toBe(`digraph trace {
  rankdir=LR;
  node [shape=box];
  subgraph cluster_there {
    label="a \\"web\\" \\\\ <b> to 10.2.0.4: split #1 & \`2\`[2J";
    there1 [label="w\\"e\\\\b, 0.0.0.0/0"];
    there2 [label="n<v>a, 10.2.0.0/16"];
    there3 [label="db"];
    there1 -> there2 [label="rule-1"];
    there1 -> there3 [label="rule-1"];
    there2end1 [label="dropped", shape=ellipse];
    there2 -> there2end1 [style=dashed];
    there2end2 [label="no-route", shape=ellipse];
    there2 -> there2end2 [style=dashed];
  }
  subgraph cluster_back {
    label="10.2.0.4 to 10.2.0.4: split #1 & \`2\`[2J";
  }
}
`);
});

test("a Mermaid flowchart has the same, its marks as entities", async () => {
  expect(
    await drawn(mermaid, TRACE, { ...TRACE, from: { address: "10.2.0.4", name: "x" }, hops: [], ends: [] }),
  ).toBe(`flowchart LR
  subgraph there["a #34;web#34; \\ #60;b#62; to 10.2.0.4: split #35;1 #38; #96;2#96;[2J"]
    there1["w#34;e\\b<br/>0.0.0.0/0"]
    there2["n#60;v#62;a<br/>10.2.0.0/16"]
    there3["db"]
    there1 -->|rule-1| there2
    there1 -->|rule-1| there3
    there2end1(["dropped"])
    there2 -.-> there2end1
    there2end2(["no-route"])
    there2 -.-> there2end2
  end
  subgraph back["10.2.0.4 to 10.2.0.4: split #35;1 #38; #96;2#96;[2J"]
  end
`);
});

test("a trace without a reply is one graph", async () => {
  expect((await drawn(dot, TRACE, null)).match(/subgraph \w+/g)).toEqual(["subgraph cluster_there"]);
  expect((await drawn(mermaid, TRACE, null)).match(/subgraph \w+/g)).toEqual(["subgraph there"]);
});
