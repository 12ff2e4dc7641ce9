import { commandIO } from "../../../src/commands/shared/command-io.ts";
import { formatsOf } from "../../../src/output/formats/formats.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import { routesReport } from "../../../src/routes/routes-report.ts";
import { sampleRouteTable } from "../../../src/routes/samples.ts";
import { sampleTags } from "../../../src/service-tags/sample-tags.ts";
import { openTerminal } from "../../../src/terminal/terminal.ts";
import { Capture } from "../../terminal/capture-terminal.ts";
import { hold, judge } from "../oracle.ts";
import type { Target } from "../target.ts";

const report = routesReport(annotateTable(sampleRouteTable("udr-and-endpoint"), sampleTags()));
const before = JSON.stringify(report);

const QUERIES: readonly string[] = [
  "routes",
  "routes[].source",
  "routes[?nextHopType=='None']",
  "routes[?state=='Active'].{prefix: addressPrefix[0], hop: nextHopType}",
  "routes[*].prefixes[].addressPrefix | sort(@) | [0]",
  "length(routes)",
  "routes[0:2].nextHopIpAddress[]",
  "routes[].[source, state]",
  "join(',', routes[].source)",
  "max_by(routes, &length(addressPrefix)).name",
  'routes[?contains(addressPrefix, `"0.0.0.0/0"`)] | [].name',
  "map(&to_string(@), routes[].source)",
  "let $a = routes in $a[0]",
  "routeTable.*",
  '"schemaVersion"',
  '`{"a": [1, 2]}`.a[-1]',
  "routes[].addressPrefix[] | reverse(@)",
  "serviceTagFile.cloud || 'none'",
  "!routes && @",
  "routes[::-1].source",
  "from_items(items(serviceTagFile))",
];

const FUNCTIONS: readonly string[] = [
  "abs avg ceil contains ends_with find_first find_last floor from_items group_by items join keys length lower map max max_by merge min min_by",
  "not_null pad_left pad_right replace reverse sort sort_by split starts_with sum to_array to_number to_string trim trim_left trim_right type upper",
  "values zip",
]
  .join(" ")
  .split(" ")
  .map((name) => `${name}(`);

export const queryTarget: Target = {
  name: "query",
  about: "--query: an answer that every format prints and that leaves the report as it was, or UserError",
  alphabet: "text",
  words: [
    ...FUNCTIONS,
    "routes",
    "[]",
    "[*]",
    "[?",
    "]",
    "{",
    "}",
    "@",
    "&",
    "|",
    "||",
    "&&",
    "!",
    "==",
    "`1`",
    "`null`",
    "'a'",
    "$",
    "let ",
    " in ",
    "*",
    ".",
    ",",
    ":",
    "1e9",
    "100000000",
    "-",
  ],
  largest: 60_000,
  header: 1,
  seeds: () => QUERIES.map((query, at) => String.fromCharCode(at) + query),
  check: async (input) => {
    const expression = input.slice(1);
    const format = formatsOf()[input.charCodeAt(0) % formatsOf().length] ?? "json";
    const capture = new Capture();
    const terminal = await openTerminal(capture, { colour: "never", quiet: false, verbose: false });
    const verdict = await judge(
      ["UserError"],
      async () => {
        const io = await commandIO("routes", { output: format, query: expression }, terminal);
        await io.print({ kind: "routes", report, view: { expandPrefixes: true, expandNone: true } });
      },
      () => {
        if (format === "json") JSON.parse(capture.out);
      },
    );
    hold(verdict === "answered" || capture.out === "", () => "refused, but something was printed");
    hold(JSON.stringify(report) === before, () => "the report was changed");
    return verdict;
  },
};
