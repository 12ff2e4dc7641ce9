import type { Command } from "commander";
import type { Start } from "./command-io.ts";
import { addRouteSource } from "./route-source.ts";
import type { RoutesOptions } from "./routes-run.ts";
import { addTagSource } from "./tag-source.ts";

const DESCRIPTION = `Show the effective route table; service endpoint rows are named by their service tag.

Examples:
  vnet-explain routes --sample udr-and-endpoint
  vnet-explain routes --nic vm-app197 -g rg-demo
  vnet-explain routes --file routes.json --tags ServiceTags_Public_20231106.json
  vnet-explain routes --file routes.json --contains 10.1.2.3 --state active
  az network nic show-effective-route-table -g GROUP -n NIC -o json | vnet-explain routes -f -`;

/** Declares `routes`. */
export function declareRoutes(program: Command, start: Start): void {
  const command = program.command("routes").summary("show the effective route table").description(DESCRIPTION);
  addTagSource(addRouteSource(command))
    .option("--no-download", "do not offer to download service tags where there are none")
    .option("--expand", "show every prefix of a row and every default None row")
    .option("--source <source>", "only rows of this source: Default, User, VirtualNetworkGateway")
    .option("--next-hop <type>", "only rows of this next hop type, in Azure's word or the portal's")
    .option("--state <state>", "only rows of this state: Active, Invalid")
    .option("--tag <tag>", "only rows of this service tag; Storage stands for Storage.WestEurope too")
    .option("--contains <address>", "only rows with a prefix that meets this address or prefix")
    .action(async (options: RoutesOptions, self: Command) => {
      const { runRoutes } = await import("./routes-run.ts");
      await start(self, (io) => runRoutes(options, io));
    });
}
