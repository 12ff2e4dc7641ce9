import type { Command } from "commander";

/** Where a line of stdin or a file has its destination. */
interface LineChoiceOptions {
  readonly field?: string | undefined;
  readonly column?: string | undefined;
  readonly delimiter?: string | undefined;
}

/** The options that name destinations. */
export interface DestinationOptions extends LineChoiceOptions {
  readonly ip?: readonly string[] | undefined;
  readonly flowLog?: string | undefined;
  readonly resolve?: boolean | undefined;
}

/** Declares the options that name destinations. */
export function addDestinations(command: Command): Command {
  return command
    .option("--ip <address...>", "an address, prefix, tag:NAME, @FILE ...; - stdin")
    .option("--resolve", "also host names, with all their addresses")
    .option("--column <name>", "column of CSV with a header (stdin, @FILE)")
    .option("--field <n>", "number of a field, from 1 (stdin, @FILE)")
    .option("--delimiter <text>", "... and what separates the fields")
    .option("--flow-log <file>", "a VNet or NSG flow log (PT1H.json); - stdin");
}
