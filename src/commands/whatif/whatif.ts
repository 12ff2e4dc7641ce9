import { type Command, Option } from "commander";
import type { Declaration } from "../shared/declaration.ts";
import { addRouteSource } from "../shared/route-source.ts";
import { addTagSource } from "../shared/tag-source.ts";
import { addChanges } from "./changes.ts";
import type { WhatIfOptions } from "./whatif-run.ts";

const DESCRIPTION = `Predict the effective routes after a change, and which destinations move.

Examples:
  vnet-explain whatif --sample udr --add-endpoint Microsoft.Storage \\
    --region westeurope
  vnet-explain whatif -f routes.json --name to-nva \\
    --add-route 0.0.0.0/0=VirtualAppliance:10.0.1.4
  vnet-explain whatif --nic vm-app197 --remove-route to-nva --propagate-bgp off
  vnet-explain whatif -f routes.json --add-peering 10.1.0.0/16 --save new.json`;

/** `whatif` */
export const whatifCommand: Declaration = {
  name: "whatif",
  summary: "predict what a change of routes would do",
  declare(command, start) {
    const typed = addChanges(command.description(DESCRIPTION));
    const save = new Option("--save <file>", "keep the predicted table for --file");
    addTagSource(addRouteSource(command, save)).action(async (options: WhatIfOptions, self: Command) => {
      const { runWhatIf } = await import("./whatif-run.ts");
      await start(self, (io) => runWhatIf(typed, options, io));
    });
  },
};
