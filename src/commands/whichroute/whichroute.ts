import type { Command } from "commander";
import type { Declaration } from "../shared/declaration.ts";
import { UsageError } from "../shared/errors.ts";
import { addRouteSource } from "../shared/route-source.ts";
import { addTagSource } from "../shared/tag-source.ts";
import { addDestinations } from "./destination-options.ts";
import type { WhichrouteOptions } from "./whichroute-run.ts";

const DESCRIPTION = `Explain which route wins for a destination, by which rule, and why not others.

Examples:
  vnet-explain whichroute --ip 191.239.203.0 --sample udr-and-endpoint
  vnet-explain whichroute --ip 10.1.2.3 --nic vm-app197 -g rg-demo
  vnet-explain whichroute --ip 10.1.2.3 -f routes.json --expect via=10.0.1.4
  vnet-explain whichroute --ip - -o tsv --file routes.json < addresses.txt
  vnet-explain whichroute --flow-log PT1H.json --file routes.json -o csv`;

function misplaced(words: readonly string[]): UsageError {
  const typed = words.map((word) => word.slice(0, 60)).join(" ");
  return new UsageError(
    "misplaced-destination",
    `'${typed}' stands alone`,
    `destinations come after --ip: --ip ${typed}`,
  );
}

/** `whichroute` */
export const whichrouteCommand: Declaration = {
  name: "whichroute",
  summary: "explain which route wins for a destination",
  declare(command, start) {
    // Whoever types the address alone is told where it goes, not counted the arguments.
    command.description(DESCRIPTION).usage("[options]").argument("[destinations...]");
    addTagSource(addRouteSource(addDestinations(command)))
      .option("--expect <key=value...>", "exit 3 unless next-hop, via, tag, verdict ... fit")
      .option("--verify", "ask Network Watcher too, and compare")
      .action(async (words: readonly string[], options: WhichrouteOptions, self: Command) => {
        if (words.length > 0) throw misplaced(words);
        const { runWhichroute } = await import("./whichroute-run.ts");
        await start(self, (io) => runWhichroute(options, io));
      });
  },
};
