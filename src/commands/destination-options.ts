import type { Command } from "commander";

/** How the lines of stdin hold their destinations. */
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
    .option("--ip <address...>", "addresses, prefixes, tag:NAME, internet, private; -")
    .option("--resolve", "host names too: each of their addresses")
    .option("--column <name>", "with --ip -: a column of CSV or TSV with a header")
    .option("--field <n>", "with --ip -: a field by its number, from 1")
    .option("--delimiter <text>", "... and what stands between them")
    .option("--flow-log <file>", "a VNet or NSG flow log (PT1H.json); - stdin");
}
