import type { LookupReport } from "../../service-tags/lookup-report.ts";
import { EMPTY, inColumns, type Line } from "../../terminal/columns.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/terminal.ts";

const HEADING = ["ADDRESS", "SERVICE TAG", "PREFIX", "REGION", "SYSTEM SERVICE"];

const cell = (text: string | null) => (text === null || text === "" ? EMPTY : plainText(text));

/** A line for each tag that holds an address; an address that none holds keeps its line. */
export async function lookupsText(report: LookupReport, stdout: OutputStream): Promise<string> {
  const lines: Line[] = [{ cells: HEADING, colour: "bold" }];
  for (const { address, serviceTags } of report.lookups) {
    if (serviceTags.length === 0) lines.push({ cells: [address, EMPTY, EMPTY, EMPTY, EMPTY], colour: "dim" });
    for (const { name, addressPrefix, region, systemService } of serviceTags) {
      lines.push({ cells: [address, name, addressPrefix, region, systemService].map(cell), colour: null });
    }
  }
  return inColumns(lines, stdout);
}
