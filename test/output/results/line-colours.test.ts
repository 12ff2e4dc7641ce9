import { join } from "node:path";
import { expect, test } from "vitest";
import { short } from "../../../src/output/formats/short.ts";
import type { Reports, Result } from "../../../src/output/results/kinds.ts";
import { openTerminal } from "../../../src/terminal/terminal.ts";
import { run } from "../../commands/run-in-process.ts";
import { body, NVA, snapshotDirectory } from "../../commands/snapshot-fixture.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";
import { Capture } from "../../terminal/capture-terminal.ts";

const scratch = temporaryDirectory();
const LOST = body("10.0.0.0/16 VnetLocal", "0.0.0.0/0 None - to-none");
const OTHER = body("10.0.0.0/16 VnetLocal", "0.0.0.0/0 Internet");
const before = snapshotDirectory(join(scratch, "before"), [
  ["web", "hub/app", NVA],
  ["db", "hub/db", LOST],
]);
const after = snapshotDirectory(join(scratch, "after"), [
  ["web", "hub/app", LOST],
  ["db", "hub/db", OTHER],
]);
const LEARNED = JSON.stringify({
  value: [
    {
      ...{ localAddress: "10.9.0.4", network: "10.1.0.0/16", origin: "EBgp", asPath: "65001", weight: 32768 },
      ...{ nextHop: "10.8.0.4", sourcePeer: "10.8.0.4" },
    },
  ],
});
const ROUTES = JSON.stringify(
  [
    ["Default", "Active", "10.0.0.0/16", "VnetLocal"],
    ["Default", "Invalid", "0.0.0.0/0", "Internet"],
    ["Default", "Active", "10.0.0.0/8", "None"],
    ["Default", "Invalid", "172.16.0.0/12", "None"],
  ].map(([source, state, addressPrefix, nextHopType]) => {
    return { source, state, addressPrefix: [addressPrefix], nextHopType, nextHopIpAddress: [], name: null };
  }),
);

/** The lines of `-o short` on a terminal, colours as their numbers in brackets. */
async function coloured(kind: keyof Reports, args: readonly string[], stdin?: string): Promise<readonly string[]> {
  const { out } = await run([...args, "-o", "json"], stdin === undefined ? {} : { stdin });
  const capture = new Capture({ tty: true, columns: 200, env: { LANG: "C.UTF-8" } });
  const { stdout } = await openTerminal(capture);
  const result = { kind, report: JSON.parse(out), view: {} } as unknown as Result;
  await short.print(result, stdout, { columns: null, sort: [], headings: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is shown
  const shown = capture.out.replace(/\u001b\[(\d+)m/g, "⟨$1⟩");
  return shown.trimEnd().split(/\r?\n/);
}

test.each<[kind: keyof Reports, args: readonly string[], lines: readonly string[], stdin?: string]>([
  [
    "routes",
    ["routes", "-f", "-"],
    [
      "⟨2⟩0.0.0.0/0  Internet  Default  Invalid⟨22⟩",
      "⟨31⟩10.0.0.0/8  None  Default⟨39⟩",
      "10.0.0.0/16  VnetLocal  Default",
      "⟨2⟩172.16.0.0/12  None  Default  Invalid⟨22⟩",
    ],
    ROUTES,
  ],
  [
    "whichroute",
    ["whichroute", "10.0.0.4", "172.16.0.1", "-f", "-"],
    [
      "10.0.0.4  ⟨32⟩this virtual network (10.0.0.0/16)⟨39⟩",
      "172.16.0.1  ⟨31⟩DROPPED: no active route covers it (the system route 0.0.0.0/0 is Invalid) (inferred)⟨39⟩",
    ],
    ROUTES,
  ],
  [
    "gateway-whichroute",
    ["whichroute", "10.1.0.4", "10.2.0.4", "10.1.0.0/24", "-f", "-"],
    [
      "10.1.0.4  ⟨32⟩10.8.0.4 by 10.1.0.0/16, EBgp, AS path 65001 (inferred)⟨39⟩",
      "10.2.0.4  ⟨31⟩NO ROUTE: no row of this table covers it (inferred)⟨39⟩",
      "10.1.0.0/24  ⟨32⟩10.8.0.4 by 10.1.0.0/16, EBgp, AS path 65001 (inferred)⟨39⟩",
    ],
    LEARNED,
  ],
  [
    "snapshot-whichroute",
    ["whichroute", "8.8.8.8", before],
    [
      "8.8.8.8  1 subnet  ⟨31⟩DROPPED: user route to None by 0.0.0.0/0 (to-none)⟨39⟩  hub/db",
      "8.8.8.8  1 subnet  ⟨32⟩appliance 10.0.1.4 by 0.0.0.0/0 (to-nva)⟨39⟩  hub/app",
    ],
  ],
  [
    "snapshot-diff",
    ["diff", before, after],
    [
      "4,294,901,758 IPv4  ⟨31⟩appliance 10.0.1.4 (to-nva) → DROPPED by to-none⟨39⟩  0.0.0.0/0 except 10.0.0.0/16  hub/app",
      "4,294,901,758 IPv4  ⟨33⟩DROPPED by to-none → Internet; private ones NOT DELIVERED⟨39⟩  0.0.0.0/0 except 10.0.0.0/16  hub/db",
      "appliances  - 10.0.1.4",
    ],
  ],
  [
    "diff",
    ["diff", "sample:no-udr", "sample:udr"],
    ["4,294,901,758 IPv4  ⟨31⟩Internet → DROPPED by to-nva⟨39⟩  0.0.0.0/0 except 10.0.0.0/16"],
  ],
])("the answers of %s have colours on a terminal, one line each", async (kind, args, lines, stdin) => {
  expect(await coloured(kind, args, stdin)).toEqual(lines);
});
