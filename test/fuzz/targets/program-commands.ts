import { armTables, madeUpTags } from "../corpus.ts";
import { portalText, powershellText } from "../shapes.ts";

/** How a command reads the input. */
type Kind = "routes" | "tags" | "lines" | "flows" | "policy" | "word";

/**
 * Command lines: FILE is a file with the input, WORD the input itself, `-` reads it from stdin. TAGS and ROUTES are
 * valid files.
 */
export const COMMANDS: readonly (readonly [kind: Kind, words: string])[] = [
  ["routes", "routes --file - --tags TAGS"],
  ["routes", "routes --file FILE --expand"],
  ["routes", "routes --file FILE --export kql"],
  ["routes", "routes --file FILE --export duckdb --tags TAGS"],
  ["routes", "routes --file FILE --contains 10.0.0.0/8"],
  ["routes", "whichroute --ip 191.239.203.0 10.0.0.4 ::1 --file - --tags TAGS"],
  ["routes", "whichroute --ip 10.0.0.0/8 tag:Storage internet --file FILE --tags TAGS"],
  ["routes", "whichroute --ip 1.1.1.1 --file FILE --expect next-hop=Internet"],
  ["routes", "diff FILE ROUTES --tags TAGS"],
  ["routes", "diff ROUTES FILE --exit-code"],
  ["routes", "whatif --file FILE --add-route 0.0.0.0/0=VirtualAppliance:10.0.1.4"],
  ["routes", "whatif --file FILE --add-endpoint Microsoft.Storage --region westeurope --tags TAGS"],
  ["routes", "tags diff TAGS TAGS --file FILE"],
  ["tags", "routes --sample udr-and-endpoint --tags FILE"],
  ["tags", "tags lookup 191.239.203.0 --tags FILE"],
  ["tags", "tags list --tags FILE"],
  ["tags", "tags show Storage --tags FILE"],
  ["tags", "tags diff FILE TAGS"],
  ["tags", "tags update --from FILE"],
  ["lines", "whichroute --ip - --sample udr"],
  ["lines", "whichroute --ip - --file ROUTES --tags TAGS"],
  ["lines", "whichroute --ip - --column ip --sample udr"],
  ["lines", "whichroute --ip - --field 2 --sample udr"],
  ["flows", "whichroute --flow-log - --sample udr-and-endpoint"],
  ["flows", "whichroute --flow-log FILE --file ROUTES"],
  ["lines", "whichroute --ip @FILE --sample udr --tags TAGS"],
  ["policy", "check FILE --file ROUTES --tags TAGS"],
  ["policy", "check - sample:udr sample:no-udr --expand"],
  ["word", "whichroute --sample udr --ip WORD"],
  ["word", "whichroute --sample udr --ip 1.1.1.1 --expect WORD"],
  ["word", "routes --sample udr --contains WORD"],
  ["word", "routes --sample udr --query WORD"],
  ["word", "routes --sample udr --tag WORD --tags TAGS"],
  ["word", "routes --sample WORD"],
  ["word", "diff WORD sample:udr"],
  ["word", "whatif --sample udr --remove-route WORD"],
  ["word", "whatif --sample udr --add-route WORD"],
  ["word", "tags lookup WORD --tags TAGS"],
  ["word", "tags show WORD --tags TAGS"],
  ["word", "WORD"],
  ["word", "completion WORD"],
  ["word", "help WORD"],
];

const FLOW = "1700000000123,10.0.0.4,192.0.2.7,50000,443,6,O,E,NX,7,1158,12,8143";

const FLOWS = JSON.stringify({
  records: [
    { flowLogVersion: 4, flowRecords: { flows: [{ flowGroups: [{ rule: "R", flowTuples: [FLOW, "bad"] }] }] } },
  ],
});

const POLICY =
  "rules:\n  - to: [internet, 10.0.0.0/8]\n    expect: {next-hop: [Internet, VnetLocal]}\n  - symmetric: true\n";

/** Valid inputs for a kind of command. */
export function inputsFor(kind: Kind): readonly string[] {
  switch (kind) {
    case "routes":
      return armTables()
        .slice(0, 6)
        .flatMap((rows) => [JSON.stringify({ value: rows }), powershellText(rows), portalText(rows)]);
    case "tags":
      return [madeUpTags()];
    case "lines":
      return [
        "10.0.0.1\n# a comment\n191.239.203.0\nbad\n2001:db8::1\n",
        "time,ip\n1,10.0.0.1\n2,bad\n3,tag:Storage\n",
      ];
    case "flows":
      return [FLOWS];
    case "policy":
      return [POLICY];
    case "word":
      return [
        "10.0.0.0/8",
        "next-hop=Internet",
        "routes[].name",
        "Storage",
        "to-nva",
        "sample:udr",
        "0.0.0.0/0=Internet",
      ];
    default:
      return kind satisfies never;
  }
}
