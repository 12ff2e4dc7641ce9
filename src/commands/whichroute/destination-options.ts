import type { Command } from "commander";

/** How the lines of stdin or a file hold their destinations. */
interface LineChoiceOptions {
  readonly field?: string | undefined;
  readonly column?: string | undefined;
  readonly delimiter?: string | undefined;
}

/** Which destinations are asked about. */
export interface DestinationOptions extends LineChoiceOptions {
  readonly ip?: readonly string[] | undefined;
  readonly flowLog?: string | undefined;
  readonly resolve?: boolean | undefined;
}

/** Declares the options that name destinations. */
export function addDestinations(command: Command): Command {
  return command
    .option("--ip <address...>", "an address, prefix, tag:NAME, @FILE ...; - stdin")
    .option("--resolve", "host names too: each of their addresses")
    .option("--column <name>", "of stdin or @FILE: a column of CSV with a header")
    .option("--field <n>", "of stdin or @FILE: a field by its number, from 1")
    .option("--delimiter <text>", "... and what stands between them")
    .option("--flow-log <file>", "a VNet or NSG flow log (PT1H.json); - stdin");
}
