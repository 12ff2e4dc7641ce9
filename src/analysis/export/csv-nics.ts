import { csvLines, textField } from "./csv.ts";
import type { ExportFile } from "./format.ts";
import type { ExportModel } from "./model.ts";

/** The file that says which table each network interface has, beside a CSV of several. Empty for a single table. */
export function nicFiles({ nics }: ExportModel): readonly ExportFile[] {
  if (nics.length === 1) return [];
  const records = nics.map(({ mac, nic, tableId }) => [textField(mac), textField(nic), String(tableId)]);
  return [{ name: "nics.csv", parts: csvLines(["mac", "nic", "tableId"], records) }];
}
