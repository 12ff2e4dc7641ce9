import type { LookupReport } from "../../service-tags/lookup-report.ts";
import { EMPTY, inColumns, type Line } from "../../terminal/columns.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { Kind } from "./kind.ts";

const HEADING = ["ADDRESS", "SERVICE TAG", "PREFIX", "REGION", "SYSTEM SERVICE"];

const cell = (text: string | null) => (text === null || text === "" ? EMPTY : plainText(text));

/** Service tags by address: a row for each tag that holds an address. An address without a tag has a row too. */
export const tagLookups: Kind<LookupReport> = {
  elements: ({ lookups }) => lookups,
  columns: ["address", "serviceTag", "addressPrefix", "region", "systemService"],
  *rows({ lookups }) {
    for (const { address, serviceTags } of lookups) {
      if (serviceTags.length === 0) yield [address, null, null, null, null];
      for (const { name, addressPrefix, region, systemService } of serviceTags) {
        yield [address, name, addressPrefix, region, systemService];
      }
    }
  },
  text({ lookups }, stdout) {
    const lines: Line[] = [{ cells: HEADING, colour: "bold" }];
    for (const { address, serviceTags } of lookups) {
      if (serviceTags.length === 0) lines.push({ cells: [address, EMPTY, EMPTY, EMPTY, EMPTY], colour: "dim" });
      for (const { name, addressPrefix, region, systemService } of serviceTags) {
        lines.push({ cells: [address, name, addressPrefix, region, systemService].map(cell), colour: null });
      }
    }
    return inColumns(lines, stdout);
  },
};
