import { type Command, Option } from "commander";
import type { Declaration } from "../shared/declaration.ts";
import { seconds } from "../shared/live-options.ts";
import { addRouteSource } from "../shared/route-source.ts";
import { addTagSource } from "../shared/tag-source.ts";
import type { RoutesOptions } from "./routes-run.ts";

const DESCRIPTION = `Show the effective route table, service endpoint rows named by service tag.

Examples:
  vnet-explain routes --sample udr-and-endpoint
  vnet-explain routes --nic vm-app197 -g rg-demo
  vnet-explain routes --file routes.json --contains 10.1.2.3 --state active
  vnet-explain routes --nic vm-app197 --wait-for 0.0.0.0/0 --via 10.0.1.4
  vnet-explain routes --file routes.json --export kql > flows.kql
  az network nic show-effective-route-table -g G -n N | vnet-explain routes -f -`;

/** What `--export` writes the table for. */
const EXPORT_FORMATS = ["kql", "sql", "csv-ranges"] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** `routes` */
export const routesCommand: Declaration = {
  name: "routes",
  summary: "show the effective route table",
  declare(command, start) {
    command.description(DESCRIPTION);
    addTagSource(addRouteSource(command))
      .option("--no-download", "never offer to download service tags")
      .option("--expand", "every prefix and every default None row")
      .option("--source <source>", "only rows of Default, User, VirtualNetworkGateway")
      .option("--next-hop <type>", "only rows of this next hop type")
      .option("--state <state>", "only rows that are Active, Invalid")
      .option("--tag <tag>", "only rows of this service tag, or its regions")
      .option("--contains <address>", "only rows that meet this address or prefix")
      .addOption(new Option("--export <format>", "all addresses as kql, sql, csv-ranges").choices(EXPORT_FORMATS))
      .option("--wait-for <prefix>", "ask until this prefix has an active route")
      .option("--via <address>", "... with this next hop address")
      .option("--gone", "... or rather until no such route is left")
      .option("--interval <seconds>", "... asking this often (default: 10)", seconds)
      .action(async (options: RoutesOptions, self: Command) => {
        const { runRoutes } = await import("./routes-run.ts");
        const printing = ["output", "query"].filter((name) => self.getOptionValueSourceWithGlobals(name) === "cli");
        await start(self, (io) => runRoutes({ ...options, printing }, io));
      });
  },
};
