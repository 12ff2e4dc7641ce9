import type { Command } from "commander";
import type { Declaration } from "./declaration.ts";
import { addDestinations } from "./destination-options.ts";
import { addRouteSource } from "./route-source.ts";
import { addTagSource } from "./tag-source.ts";
import type { WhichrouteOptions } from "./whichroute-run.ts";

const DESCRIPTION = `Explain which route wins for a destination, by which rule, and why not others.

Examples:
  vnet-explain whichroute --ip 191.239.203.0 --sample udr-and-endpoint
  vnet-explain whichroute --ip 10.1.2.3 --nic vm-app197 -g rg-demo
  vnet-explain whichroute --ip 10.1.2.3 -f routes.json --expect via=10.0.1.4
  vnet-explain whichroute --ip - -o tsv --file routes.json < addresses.txt
  vnet-explain whichroute --flow-log PT1H.json --file routes.json -o csv`;

/** `whichroute` */
export const whichrouteCommand: Declaration = {
  name: "whichroute",
  summary: "explain which route wins for a destination",
  declare(command, start) {
    command.description(DESCRIPTION);
    addTagSource(addRouteSource(addDestinations(command)))
      .option("--expect <key=value...>", "exit 3 unless next-hop, via, tag, verdict ... fit")
      .option("--verify", "ask Network Watcher too, and compare")
      .action(async (options: WhichrouteOptions, self: Command) => {
        const { runWhichroute } = await import("./whichroute-run.ts");
        await start(self, (io) => runWhichroute(options, io));
      });
  },
};
