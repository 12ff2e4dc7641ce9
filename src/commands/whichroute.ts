import type { Command } from "commander";
import type { Start } from "./command-io.ts";
import { addRouteSource } from "./route-source.ts";
import { addTagSource } from "./tag-source.ts";
import type { WhichrouteOptions } from "./whichroute-run.ts";

const DESCRIPTION = `Explain which route wins for a destination, by which rule, and why the others do not.

Examples:
  vnet-explain whichroute --ip 191.239.203.0 --sample udr-and-endpoint
  vnet-explain whichroute --ip 10.1.2.3 2001:db8::1 --file routes.json
  vnet-explain whichroute --ip 10.1.2.3 --nic vm-app197 -g rg-demo
  vnet-explain whichroute --ip 10.1.2.3 --file routes.csv -o json`;

/** Declares `whichroute`. */
export function declareWhichroute(program: Command, start: Start): void {
  const command = program
    .command("whichroute")
    .summary("explain which route wins for a destination")
    .description(DESCRIPTION)
    .requiredOption("--ip <address...>", "the destinations: IPv4 or IPv6 addresses");
  addTagSource(addRouteSource(command).option("--verify", "ask Network Watcher for the next hop, and compare")).action(
    async (options: WhichrouteOptions, self: Command) => {
      const { runWhichroute } = await import("./whichroute-run.ts");
      await start(self, (io) => runWhichroute(options, io));
    },
  );
}
