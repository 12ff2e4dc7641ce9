import { expect, test } from "vitest";
import { type Arrangement, UNARRANGED } from "../../../src/output/arrange/arrangement.ts";
import { printRows } from "../../../src/output/formats/wide.ts";
import { FLOW_COLUMNS, FLOW_GIVEN_UP } from "../../../src/output/results/flows.ts";
import { type Reports, type Result, rowsOf } from "../../../src/output/results/kinds.ts";
import { LOOKUP_COLUMNS, LOOKUP_GIVEN_UP } from "../../../src/output/results/tags/lookups.ts";
import { openTerminal } from "../../../src/terminal/terminal.ts";
import { Capture } from "../../terminal/capture-terminal.ts";

interface Named {
  readonly columns: readonly string[];
  readonly givenUp?: readonly string[] | undefined;
}

/** The headings of the columns in the order in which narrower and narrower terminals drop them. */
async function dropped({ columns, givenUp }: Named): Promise<readonly string[]> {
  const row = columns.map(() => "x".repeat(30));
  const gone: string[] = [];
  for (let width = columns.length * 32; width > 30; width -= 16) {
    const capture = new Capture({ tty: true, columns: width, env: { NO_COLOR: "1" } });
    const rows = { columns, givenUp, rows: [row, row.map((cell) => `${cell}y`)] };
    await printRows(rows, (await openTerminal(capture)).stdout, { arrangement: UNARRANGED, width });
    const hidden = /hidden at \d+ columns: (.*) \(/.exec(capture.out.replace(/\s+/g, " "))?.[1] ?? "";
    for (const name of hidden.split(", ")) if (name !== "" && !gone.includes(name)) gone.push(name);
  }
  return gone;
}

const kindOf = (kind: keyof Reports, sort: Arrangement["sort"] = []) =>
  rowsOf({ kind, report: { explanations: [], moves: [] }, view: {} } as unknown as Result, { ...UNARRANGED, sort });

test.each<[kind: keyof Reports, ...headings: readonly string[]]>([
  [
    ...(["trace", "RESOURCE ID, ASSUMPTIONS, TEXT, ROUTE NAME, NETWORK, NEXT HOP TYPE, ADDRESS, KIND"] as const),
    ...["DIRECTION, NEXT HOP, CERTAINTY, RULE, ADDRESS PREFIX, DISPOSITION, NEXT"],
  ],
  [
    ...(["whichroute", "CERTAINTY, RULE, SERVICE ENDPOINT, PART OF, HOST NAME, SOURCE, SERVICE TAG, NAME"] as const),
    ...["ADDRESS PREFIX, NEXT HOP IP ADDRESS, NEXT HOP TYPE"],
  ],
  [
    ...(["snapshot-whichroute", "CERTAINTY, RULE, SERVICE ENDPOINT, PART OF, HOST NAME, SOURCE"] as const),
    ...["SERVICE TAG, NAME, ADDRESS PREFIX, NEXT HOP IP ADDRESS, NIC, NEXT HOP TYPE"],
  ],
  ["gateway-whichroute", "CERTAINTY, RULE, HOST NAME, PART OF, NEXT HOP NAME, AS PATH, INSTANCE"],
  ["gateway-routes", "BEST, SOURCE PEER, NEXT HOP NAME, LOCAL PREFERENCE, INSTANCE, WEIGHT, ORIGIN"],
  ["gateway-peers", "MESSAGES RECEIVED, MESSAGES SENT, DURATION, INSTANCE"],
  ["gateway-diff", "BEFORE AS PATH, AFTER AS PATH"],
  [
    ...(["diff", "AFTER CERTAINTY, AFTER ROUTE, AFTER NEXT HOP IP ADDRESS, AFTER NEXT HOP TYPE"] as const),
    ...["AFTER VERDICT, BEFORE CERTAINTY, BEFORE ROUTE, BEFORE NEXT HOP IP ADDRESS, BEFORE NEXT HOP TYPE"],
    ...["BEFORE VERDICT, SERVICE TAGS, AFTER, BEFORE"],
  ],
])("a narrow terminal drops the columns of %s rows in its own order", async (kind, ...headings) => {
  expect((await dropped(await kindOf(kind))).join(", ")).toBe(headings.join(", "));
});

test("a narrow terminal drops the columns of a flow log in this order", async () => {
  const gone = await dropped({ columns: FLOW_COLUMNS, givenUp: FLOW_GIVEN_UP });
  expect(gone).toEqual([
    ...["MAC ADDRESS", "SECURITY RULE", "CERTAINTY", "RULE", "SOURCE PORT", "PROTOCOL", "DESTINATION ADDRESS"],
    ...["BYTES TO SOURCE", "PACKETS TO SOURCE", "BYTES TO DESTINATION", "PACKETS TO DESTINATION", "STATE"],
    ...["DECISION", "DIRECTION", "DESTINATION PORT", "TIME", "NAME", "SOURCE ADDRESS", "SERVICE TAG"],
    ...["ADDRESS PREFIX", "NEXT HOP IP ADDRESS", "NEXT HOP TYPE"],
  ]);
});

test("a narrow terminal drops the columns of a stream of look-ups in this order", async () => {
  const gone = await dropped({ columns: LOOKUP_COLUMNS, givenUp: LOOKUP_GIVEN_UP });
  expect(gone).toEqual(["SYSTEM SERVICE", "REGION", "ADDRESS PREFIX"]);
});

test("sorting changes nothing about the columns that a narrow terminal drops", async () => {
  const sorted = await kindOf("whichroute", [{ name: "verdict", descending: false }]);
  expect(await dropped(sorted)).toEqual(await dropped(await kindOf("whichroute")));
});
