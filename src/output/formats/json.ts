import { plainJson } from "../../terminal/plain-text.ts";
import type { Printer } from "./formats.ts";

/** The report itself, indented by two. */
export const printJson: Printer = async ({ report }, terminal) => {
  terminal.stdout.write(`${plainJson(JSON.stringify(report, null, 2))}\n`);
};
