import type { Command } from "commander";
import type { LineOptions } from "../../analysis/lines/choice.ts";

/** Declares the options that say where a line of stdin or a file has its destination. */
export function addLineOptions(command: Command): Command {
  return command
    .option("--column <name>", "column of CSV with a header (stdin, @FILE)")
    .option("--field <n>", "number of a field, from 1 (stdin, @FILE)")
    .option("--delimiter <text>", "... separator (default: blanks; --column: detected)");
}

/** Whether any of these options is given. */
export function hasLineOptions({ column, field, delimiter }: LineOptions): boolean {
  return [column, field, delimiter].some((each) => each !== undefined);
}
