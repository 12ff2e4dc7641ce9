import { expect, test } from "vitest";
import type { DiffRow, RowChange } from "../../../src/analysis/diff/rows.ts";
import { rowChangesText } from "../../../src/output/results/row-changes.ts";
import { openTerminal } from "../../../src/terminal/terminal.ts";
import { Capture } from "../../terminal/capture-terminal.ts";

const row = (more: Partial<DiffRow> = {}): DiffRow =>
  ({
    ...{ source: "User", state: "Active", name: null, addressPrefixes: ["10.0.0.0/8"], nextHopType: "Internet" },
    ...{ nextHopIpAddress: [], ...more },
  }) as DiffRow;
const change = (
  kind: RowChange["change"],
  before: DiffRow | null,
  after: DiffRow | null,
  more: Partial<RowChange> = {},
) =>
  ({
    ...{ change: kind, before, after, fields: [], addressesMoved: true, addressesAdded: [], addressesRemoved: [] },
    ...more,
  }) as RowChange;
const none = (prefix: string, more: Partial<DiffRow> = {}) =>
  row({ source: "Default", nextHopType: "None", addressPrefixes: [prefix], ...more });

async function shown(changes: readonly RowChange[], columns: number | null = null): Promise<readonly string[]> {
  const { stdout } = await openTerminal(
    new Capture(columns === null ? { env: { LANG: "C" } } : { tty: true, columns, env: { LANG: "C", NO_COLOR: "1" } }),
  );
  return rowChangesText(changes, stdout).split("\n");
}

test("each changed field is named, with its values where they are short", async () => {
  const before = row({ name: "a", nextHopIpAddress: ["10.0.0.4", "10.0.0.5"], state: "Active" });
  const after = row({ state: "Invalid", nextHopType: "None" });
  const fields = [
    "name",
    "state",
    "nextHopType",
    "nextHopIpAddress",
    "addressPrefix",
    "hasBgpOverride",
    "destinationServiceTags",
  ];
  expect(await shown([change("changed", before, after, { fields } as never)])).toEqual([
    "rows that differ and change next hops",
    "  ~ User  10.0.0.0/8  None  Invalid  (name a -> none; state Active -> Invalid; nextHopType Internet -> None; nextHopIpAddress 10.0.0.4, 10.0.0.5 -> none; addressPrefix; hasBgpOverride; destinationServiceTags)",
    "",
  ]);
  const back = await shown([change("changed", after, before, { fields: ["name", "nextHopIpAddress"] } as never)]);
  expect(back[1]).toBe(
    "  ~ User a  10.0.0.0/8  Internet 10.0.0.4, 10.0.0.5  Active  (name none -> a; nextHopIpAddress none -> 10.0.0.4, 10.0.0.5)",
  );
});

test("cells are aligned to the widest of at most 24 characters, on terminals of 80 columns and more", async () => {
  const changes = [
    change("added", null, row({ name: "n".repeat(19) })),
    change("removed", row({ name: "n".repeat(20), addressPrefixes: ["2001:db8::/32"] }), null),
    change("added", null, row()),
  ];
  const aligned = [
    "rows that differ and change next hops",
    `  + User ${"n".repeat(19)}  10.0.0.0/8     Internet  Active`,
    `  - User ${"n".repeat(20)}  2001:db8::/32  Internet  Active`,
    `  + User${" ".repeat(20)}  10.0.0.0/8     Internet  Active`,
    "",
  ];
  expect(await shown(changes)).toEqual(aligned);
  expect(await shown(changes, 80)).toEqual(aligned);
  expect((await shown(changes, 79))[3]).toBe("  + User  10.0.0.0/8  Internet  Active");
});

test("prefixes of a row beyond two are counted; gained and lost ones have lines of their own", async () => {
  const addressPrefixes = ["10.0.0.0/8", "11.0.0.0/8", "12.0.0.0/8", "13.0.0.0/8"];
  const more = { addressesAdded: ["12.0.0.0/8"], addressesRemoved: ["14.0.0.0/8", "15.0.0.0/8"] };
  expect(await shown([change("changed", row(), row({ addressPrefixes, nextHopIpAddress: ["a", "b"] }), more)])).toEqual(
    [
      "rows that differ and change next hops",
      "  ~ User  10.0.0.0/8, 11.0.0.0/8 and 2 more  Internet a, b  Active  ()",
      "      gained 12.0.0.0/8",
      "      lost 14.0.0.0/8, 15.0.0.0/8",
      "",
    ],
  );
});

test("default None rows are one line for each kind of change and state, from two on", async () => {
  const one = [change("added", null, none("100.64.0.0/10"))];
  expect(await shown(one)).toEqual([
    "rows that differ and change next hops",
    "  + Default  100.64.0.0/10  None  Active",
    "",
  ]);
  const several = [
    ...one,
    change("added", null, row()),
    change("removed", none("172.16.0.0/12"), null),
    change("added", null, none("192.168.0.0/16", { state: "Invalid" })),
    change("added", null, none("10.0.0.0/8")),
    change("changed", none("1.0.0.0/8"), none("1.0.0.0/8")),
  ];
  expect(await shown(several)).toEqual([
    "rows that differ and change next hops",
    "  + User     10.0.0.0/8  Internet  Active",
    "  ~ Default  1.0.0.0/8   None  Active  ()",
    "  + Default  2 default prefixes: 100.64.0.0/10, 10.0.0.0/8  None  Active",
    "  - Default  1 default prefix: 172.16.0.0/12  None  Active",
    "  + Default  1 default prefix: 192.168.0.0/16  None  Invalid",
    "",
  ]);
});

test("rows that move no address come last, under a title of their own", async () => {
  const changes = [change("added", null, row(), { addressesMoved: false }), change("removed", row(), null)];
  expect(await shown(changes)).toEqual([
    "rows that differ and change next hops",
    "  - User  10.0.0.0/8  Internet  Active",
    "",
    "rows that differ without changing any next hop",
    "  + User  10.0.0.0/8  Internet  Active",
    "",
  ]);
  expect(await shown([])).toEqual([""]);
});
