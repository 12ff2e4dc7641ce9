import { expect, test } from "vitest";
import { isDefaultNone, routeForms, routes } from "../../../../src/output/results/routes/routes.ts";
import type { ReportedRoute, RoutesReport } from "../../../../src/routes/routes-report.ts";
import { eachOf } from "../../../../src/terminal/table-form.ts";

const route = (more: object = {}, ...prefixes: readonly string[]) =>
  ({
    ...{ source: "User", state: "Active", nextHopType: "Internet", nextHopIpAddress: [], name: null },
    ...{ serviceTag: null, serviceEndpoint: null, destinationServiceTags: [] },
    ...{ disableBgpRoutePropagation: null, hasBgpOverride: null },
    prefixes: (prefixes.length === 0 ? ["10.0.0.0/8"] : prefixes).map((addressPrefix) => {
      return { addressPrefix, serviceTag: addressPrefix.startsWith("20.") ? "Storage" : null };
    }),
    ...more,
  }) as unknown as ReportedRoute;
const ENDPOINT = {
  source: "Default",
  nextHopType: "VirtualNetworkServiceEndpoint",
  serviceEndpoint: "Microsoft.Storage",
};
const tag = (matched: number, total: number) => ({ serviceTag: { name: "Storage", matched, total } });

/** The cells of each line in the full form, the compact one and the narrow one. */
function cellsOf(rows: readonly ReportedRoute[], view: object = {}, optional = false) {
  const forms = routeForms(
    { routes: rows } as RoutesReport,
    { expandPrefixes: false, expandNone: false, ...view },
    optional,
  );
  return forms.map(({ lines }) => Array.from(eachOf(lines), ({ cells }) => cells.join(" | ")));
}
const coloursOf = (rows: readonly ReportedRoute[], view: object = {}) => {
  const [form] = routeForms({ routes: rows } as RoutesReport, { expandPrefixes: false, expandNone: false, ...view });
  return Array.from(eachOf(form.lines), ({ colour }) => colour);
};

test.each<[what: string, route: ReportedRoute, full: string, compact: string, narrow: string]>([
  [
    "a route without a name",
    route(),
    "User | Active | 10.0.0.0/8 | Internet | - | - | - | -",
    "10.0.0.0/8 | Internet | User",
    "10.0.0.0/8 | Internet | User",
  ],
  [
    "a route with a name and next hops",
    route({ name: "to-fw", nextHopType: "VirtualAppliance", nextHopIpAddress: ["10.0.0.4", "10.0.0.5"] }),
    "User | Active | 10.0.0.0/8 | VirtualAppliance | 10.0.0.4, 10.0.0.5 | to-fw | - | -",
    "10.0.0.0/8 | VirtualAppliance 10.0.0.4, 10.0.0.5 | User to-fw",
    "10.0.0.0/8 | VirtualAppliance 10.0.0.4, 10.0.0.5, to-fw | User",
  ],
  [
    "a route of one prefix and of two",
    route({ state: "Invalid" }, "10.0.0.0/8", "11.0.0.0/8"),
    "User | Invalid | 10.0.0.0/8 +1 | Internet | - | - | - | -",
    "10.0.0.0/8 +1 | Internet (Invalid) | User",
    "10.0.0.0/8 +1 | Internet (Invalid) | User",
  ],
  [
    "a user route for service tags",
    route({ destinationServiceTags: ["Sql", "Storage"] }),
    "User | Active | 10.0.0.0/8 | Internet | - | - | Sql, Storage | -",
    "10.0.0.0/8 (Sql, Storage) | Internet | User",
    "10.0.0.0/8 (Sql, Storage) | Internet | User",
  ],
  [
    "a user route for a service tag, of several prefixes",
    route({ destinationServiceTags: ["Sql"] }, "10.0.0.0/8", "11.0.0.0/8", "12.0.0.0/8"),
    "User | Active | 10.0.0.0/8 +2 | Internet | - | - | Sql  3 prefixes | -",
    "10.0.0.0/8 +2 (Sql) | Internet | User",
    "10.0.0.0/8 +2 (Sql) | Internet | User",
  ],
  [
    "an endpoint whose tag holds its only prefix",
    route({ ...ENDPOINT, ...tag(1, 1) }, "20.0.0.0/24"),
    "Default | Active | 20.0.0.0/24 | VirtualNetworkServiceEndpoint | - | - | Storage | Microsoft.Storage",
    "20.0.0.0/24 | service endpoint Storage | Default",
    "20.0.0.0/24 | service endpoint Storage | Default",
  ],
  [
    "an endpoint whose tag holds all of its prefixes",
    route({ ...ENDPOINT, ...tag(2, 2) }, "20.0.0.0/24", "20.0.2.0/24"),
    "Default | Active | 20.0.0.0/24 +1 | VirtualNetworkServiceEndpoint | - | - | Storage  2 prefixes | Microsoft.Storage",
    "20.0.0.0/24 +1 | service endpoint Storage | Default",
    "20.0.0.0/24 +1 | service endpoint Storage | Default",
  ],
  [
    "an endpoint whose tag holds some of its prefixes",
    route({ ...ENDPOINT, ...tag(1, 2) }, "20.0.0.0/24", "21.0.0.0/24"),
    "Default | Active | 20.0.0.0/24 +1 | VirtualNetworkServiceEndpoint | - | - | Storage  1 of 2 prefixes | Microsoft.Storage",
    "20.0.0.0/24 +1 | service endpoint Storage, 1 of 2 prefixes | Default",
    "20.0.0.0/24 +1 | service endpoint Storage, 1 of 2 prefixes | Default",
  ],
  [
    "an endpoint without a tag",
    route(ENDPOINT),
    "Default | Active | 10.0.0.0/8 | VirtualNetworkServiceEndpoint | - | - | - | Microsoft.Storage",
    "10.0.0.0/8 | service endpoint Microsoft.Storage | Default",
    "10.0.0.0/8 | service endpoint Microsoft.Storage | Default",
  ],
  [
    "an endpoint of an unknown service",
    route({ ...ENDPOINT, serviceEndpoint: null }),
    "Default | Active | 10.0.0.0/8 | VirtualNetworkServiceEndpoint | - | - | - | -",
    "10.0.0.0/8 | service endpoint | Default",
    "10.0.0.0/8 | service endpoint | Default",
  ],
])("a line of the three forms: %s", (_, one, full, compact, narrow) => {
  expect(cellsOf([one])).toEqual([[full], [compact], [narrow]]);
});

test("expanded, each prefix has a line with its own tag, else that of the user route", () => {
  const rows = [
    route({ ...ENDPOINT, ...tag(1, 2) }, "20.0.0.0/24", "21.0.0.0/24"),
    route({ destinationServiceTags: ["Sql"] }, "10.0.0.0/8", "20.0.9.0/24"),
  ];
  const endpoint = "VirtualNetworkServiceEndpoint | - | -";
  const full = [
    `Default | Active | 20.0.0.0/24 | ${endpoint} | Storage | Microsoft.Storage`,
    `Default | Active | 21.0.0.0/24 | ${endpoint} | - | Microsoft.Storage`,
    "User | Active | 10.0.0.0/8 | Internet | - | - | Sql | -",
    "User | Active | 20.0.9.0/24 | Internet | - | - | Storage | -",
  ];
  const compact = [
    "20.0.0.0/24 | service endpoint Storage | Default",
    "21.0.0.0/24 | service endpoint Microsoft.Storage | Default",
    "10.0.0.0/8 (Sql) | Internet | User",
    "20.0.9.0/24 (Sql) | Internet | User",
  ];
  expect(cellsOf(rows, { expandPrefixes: true })).toEqual([full, compact, compact]);
});

test("the optional columns of the full form", () => {
  const rows = [
    route({ destinationServiceTags: ["Sql"], disableBgpRoutePropagation: true, hasBgpOverride: false }),
    route(),
  ];
  const before = "User | Active | 10.0.0.0/8 | Internet | - | -";
  expect(cellsOf(rows, {}, true)[0]).toEqual([
    `${before} | Sql | - | Sql | true | false`,
    `${before} | - | - | - | - | -`,
  ]);
  expect(cellsOf(rows, { expandPrefixes: true }, true)[0]).toEqual([
    `${before} | Sql | - | Sql | true | false`,
    `${before} | - | - | - | - | -`,
  ]);
});

test("marked rows have their change in front, and are never folded", () => {
  const none = route({ source: "Default", nextHopType: "None" });
  const marks = [{ text: "new", sign: "+" }, { text: "now Invalid", sign: "~" }, null, null];
  const rows = [none, route({ state: "Invalid" }), route(), none];
  expect(cellsOf(rows, { marks })).toEqual([
    [
      "new | Default | Active | 10.0.0.0/8 | None | - | - | - | -",
      "now Invalid | User | Invalid | 10.0.0.0/8 | Internet | - | - | - | -",
      "- | User | Active | 10.0.0.0/8 | Internet | - | - | - | -",
      "- | Default | Active | 10.0.0.0/8 | None | - | - | - | -",
    ],
    ...Array(2).fill([
      "+ | 10.0.0.0/8 | None (new) | Default",
      "~ | 10.0.0.0/8 | Internet (now Invalid) | User",
      " | 10.0.0.0/8 | Internet | User",
      " | 10.0.0.0/8 | None | Default",
    ]),
  ]);
  expect(cellsOf([route()], { marks: [{ text: "new", sign: "+" }], expandPrefixes: true })).toEqual([
    ["new | User | Active | 10.0.0.0/8 | Internet | - | - | - | -"],
    ...Array(2).fill(["+ | 10.0.0.0/8 | Internet (new) | User"]),
  ]);
});

test("default None rows come last, one line for each state, unless they are expanded", () => {
  const none = (state: string, ...prefixes: readonly string[]) =>
    route({ source: "default", nextHopType: "none", state }, ...prefixes);
  const rows = [
    none("Active", "10.0.0.0/8", "172.16.0.0/12"),
    none("Invalid", "192.168.0.0/16"),
    none("Active"),
    route(),
  ];
  const [folded] = cellsOf(rows);
  expect(folded).toEqual([
    "User | Active | 10.0.0.0/8 | Internet | - | - | - | -",
    "default | Active | 3 prefixes | none | - | - | - | -",
    "default | Invalid | 192.168.0.0/16 | none | - | - | - | -",
  ]);
  expect(coloursOf(rows)).toEqual([null, "red", "dim"]);
  expect(cellsOf(rows, { expandNone: true })[0]).toHaveLength(4);
  expect(coloursOf(rows, { expandNone: true })).toEqual(["red", "dim", "red", null]);
  expect(cellsOf(rows, { expandNone: true, expandPrefixes: true })[0]).toHaveLength(5);
});

test("marks are a column of their own in every form, in front", () => {
  const headings = (marks?: readonly null[]) =>
    routeForms({ routes: [] } as unknown as RoutesReport, { expandPrefixes: false, expandNone: false, marks }).map(
      ({ columns }) => columns.map(({ heading }) => heading).join(", "),
    );
  const full = "SOURCE, STATE, PREFIX, NEXT HOP TYPE, NEXT HOP IP, NAME, SERVICE TAG, ENDPOINT";
  const compact = "PREFIX, NEXT HOP, SOURCE";
  expect(headings()).toEqual([full, compact, compact]);
  expect(headings([])).toEqual([`CHANGE, ${full}`, `, ${compact}`, `, ${compact}`]);
});

test("a folded line shows the prefix that was searched for", () => {
  const rows = [route({}, "10.0.0.0/8", "11.0.0.0/8"), route({}, "12.0.0.0/8", "13.0.0.0/8")];
  const prefixes = cellsOf(rows, { leading: ["11.0.0.0/8"] })[1]?.map((cells) => cells.split(" | ")[0]);
  expect(prefixes).toEqual(["11.0.0.0/8 +1", "12.0.0.0/8 +1"]);
});

test.each<[route: object, is: boolean]>([
  [{ source: "Default", nextHopType: "None" }, true],
  [{ source: "DEFAULT", nextHopType: "none" }, true],
  [{ source: "User", nextHopType: "None" }, false],
  [{ source: "Default", nextHopType: "Internet" }, false],
])("%j is a default None row: %s", (row, is) => {
  expect(isDefaultNone(row as ReportedRoute)).toBe(is);
});

test("the rows of flat formats have every field, a row for each prefix", () => {
  const own = { disableBgpRoutePropagation: false, hasBgpOverride: true, destinationServiceTags: ["Sql"] };
  const one = route({ ...ENDPOINT, ...own, nextHopIpAddress: ["10.0.0.4"], name: "n" }, "20.0.0.0/24", "10.0.0.0/8");
  const head = ["Default", "Active"];
  const hop = ["VirtualNetworkServiceEndpoint", ["10.0.0.4"], "n"];
  const end = ["Microsoft.Storage", ["Sql"], false, true];
  expect([...routes.rows({ routes: [one] } as unknown as RoutesReport)]).toEqual([
    [...head, "20.0.0.0/24", ...hop, "Storage", ...end],
    [...head, "10.0.0.0/8", ...hop, null, ...end],
  ]);
});
