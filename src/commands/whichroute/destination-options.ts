import type { Command } from "commander";
import type { LineOptions } from "../../analysis/lines/choice.ts";
import { addLineOptions } from "../shared/line-options.ts";

/** The options that name destinations. */
export interface DestinationOptions extends LineOptions {
  readonly ip?: readonly string[] | undefined;
  readonly flowLog?: string | undefined;
  readonly resolve?: boolean | undefined;
}

/** Declares the options that name destinations. */
export function addDestinations(command: Command): Command {
  command
    .option("--ip <address...>", "an address, prefix, tag:NAME, @FILE ...; - stdin")
    .option("--resolve", "also host names, with all their addresses");
  return addLineOptions(command).option("--flow-log <file>", "a VNet or NSG flow log (PT1H.json); - stdin");
}
