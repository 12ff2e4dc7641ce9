import { readDestination } from "../../../src/analysis/destinations/destination.ts";
import { destinationSet } from "../../../src/analysis/destinations/destination-set.ts";
import { parseExpectation } from "../../../src/analysis/expectation/expectation.ts";
import { mismatches } from "../../../src/analysis/expectation/mismatch.ts";
import { type Change, describeChange } from "../../../src/analysis/whatif/change.ts";
import {
  parseAddEndpoint,
  parseAddPeering,
  parseAddRoute,
  parsePropagateBgp,
  parseRemoveEndpoint,
  parseRemovePeering,
  parseRemoveRoute,
} from "../../../src/analysis/whatif/parse.ts";
import { applyChanges } from "../../../src/analysis/whatif/predict.ts";
import { parseAddress } from "../../../src/net/address.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import { sampleRouteTable } from "../../../src/routes/samples.ts";
import { explain } from "../../../src/selection/explain.ts";
import { sampleTags } from "../../../src/service-tags/sample-tags.ts";
import { hold, holdRefusal, judge } from "../oracle.ts";
import type { Target } from "../target.ts";

const tags = sampleTags();
const table = sampleRouteTable("udr-and-endpoint");
const explanation = explain(annotateTable(table, tags), parseAddress("191.239.203.0"), tags);

const LARGEST = 100_000;

export const destinationTarget: Target = {
  name: "destination",
  about: "destinations: address, prefix, tag or keyword, whose usual spelling names the same addresses, or UserError",
  alphabet: "text",
  words: ["tag:", "tag: ", "TAG:", "Storage", "Storage.WestEurope", "internet", "private", "/", "::", "10.0.0.0/8"],
  largest: LARGEST,
  seeds: () => [
    "10.0.0.4",
    "10.0.0.0/8",
    "::/0",
    "tag:Storage",
    "TAG: Storage.WestEurope",
    "internet",
    "Private",
    " 10.0.0.4 ",
  ],
  check: (text) =>
    judge(
      ["UserError"],
      () => {
        const read = readDestination(text);
        return { read, set: destinationSet(read, tags) };
      },
      ({ read, set }) => {
        const again = destinationSet(readDestination(read.text), tags);
        const facts = ({ kind, ranges }: typeof set) => [
          kind,
          ...ranges.map(({ family, first, last }) => `${family} ${first}-${last}`),
        ];
        hold(facts(again).join() === facts(set).join(), () => `'${read.text}' names other addresses`);
        hold(set.ranges.length > 0, () => "it names no address");
      },
    ),
};

export const expectationTarget: Target = {
  name: "expectation",
  about: "--expect: read, judged against an explanation, and met by what the explanation holds; or UserError",
  alphabet: "text",
  words: [
    "next-hop",
    "via",
    "tag",
    "prefix",
    "route",
    "verdict",
    "=",
    "!=",
    "==",
    ",",
    "VirtualAppliance",
    "10.0.1.4",
    "drop",
    "forward",
  ],
  largest: LARGEST,
  seeds: () => [
    "next-hop=VirtualNetworkServiceEndpoint",
    "via=10.0.1.4,10.0.1.5",
    "tag=Storage.WestEurope",
    "prefix=191.239.203.0/28",
    "route!=to-nva",
    "verdict=forward",
    "verdict != drop",
    "addressPrefix==10.0.0.0/8",
  ],
  check: (text) =>
    judge(
      ["UserError"],
      () => parseExpectation(text),
      (expectation) => {
        const { key, values, negated } = expectation;
        hold(values.length > 0, () => "it expects nothing");
        const met = mismatches(explanation, [expectation]).length === 0;
        const opposite = mismatches(explanation, [{ ...expectation, negated: !negated }]).length === 0;
        // One winner: an expectation or its opposite holds. (`tag` asks about several facts at once.)
        hold(met !== opposite || key === "tag", () => "it cannot be told from its opposite");
        const again = parseExpectation(`${key}${negated ? "!=" : "="}${values.join(",")}`);
        hold(JSON.stringify(again) === JSON.stringify(expectation), () => `read again it is ${JSON.stringify(again)}`);
      },
    ),
};

const READERS: readonly ((text: string) => Change)[] = [
  (text) => parseAddRoute(text, "a-route"),
  (text) => parseAddRoute("10.9.0.0/16=Internet", text),
  parseRemoveRoute,
  parseAddEndpoint,
  (text) => parseAddEndpoint("Microsoft.Storage", text),
  parseRemoveEndpoint,
  parseAddPeering,
  parseRemovePeering,
  parsePropagateBgp,
];

/** The reader of every option gets the text. A change that it returns is applied to a table. */
async function checkChange(text: string) {
  let read = 0;
  for (const reader of READERS) {
    const verdict = await judge(
      ["UserError"],
      () => reader(text),
      (change) => {
        hold(describeChange(change).startsWith(change.kind), () => "it is described otherwise");
        try {
          const { table: after } = applyChanges(table, [change], tags);
          hold(
            after.routes.every((route) => route.addressPrefix.length > 0),
            () => "a row has no prefix",
          );
        } catch (error) {
          holdRefusal(error, "UserError");
        }
      },
    );
    if (verdict === "answered") read++;
  }
  return read > 0 ? ("answered" as const) : ("refused" as const);
}

export const whatIfTarget: Target = {
  name: "what-if",
  about: "the options of whatif: each read and made to a table, or UserError",
  alphabet: "text",
  words: [
    "=",
    ":",
    ",",
    "Internet",
    "None",
    "VirtualAppliance:10.0.1.4",
    "Virtual network",
    "tag:",
    "Storage",
    "Microsoft.",
    "on",
    "off",
    "/16",
  ],
  largest: LARGEST,
  seeds: () => [
    "0.0.0.0/0=VirtualAppliance:10.0.1.4",
    "Storage.WestEurope=Internet",
    "::/0=None",
    "0.0.0.0/0=None:10.0.1.4",
    "to-nva",
    "10.0.0.0/16",
    "Microsoft.Storage",
    "West Europe",
    "10.1.0.0/16,10.2.0.0/16",
    "on",
  ],
  check: checkChange,
};
