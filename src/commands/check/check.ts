import type { Command } from "commander";
import type { Declaration } from "../shared/declaration.ts";
import { oneOfSources, saveAnswerOption } from "../shared/live-options.ts";
import { addRouteSource } from "../shared/route-source.ts";
import { TABLE_SOURCES } from "../shared/table-source.ts";
import { addTagSource } from "../shared/tag-source.ts";
import type { CheckOptions } from "./check-run.ts";

const DESCRIPTION = `Prove that every address that a policy names goes where it must.

Examples:
  vnet-explain check policy.yaml --nic vm-app197 -g rg-demo
  vnet-explain check policy.yaml nic:vm-app197 nic:vm-db42 -g rg-demo
  vnet-explain check policy.yaml tables/*.json -o junit > results.xml
  vnet-explain check policy.yaml -f routes.json -o sarif > check.sarif
  vnet-explain check policy.yaml --sample udr-and-endpoint`;

/** `check` */
export const checkCommand: Declaration = {
  name: "check",
  summary: "prove a policy for every address it names",
  declare(command, start) {
    command
      .description(DESCRIPTION)
      .argument("<policy>", "a file in YAML or JSON, - stdin: vnet-explain help policies")
      .argument("[tables...]", TABLE_SOURCES)
      .option("--expand", "every prefix, and each counter-example explained");
    addTagSource(addRouteSource(command, saveAnswerOption(), oneOfSources)).action(
      async (policy: string, tables: readonly string[], options: CheckOptions, self: Command) => {
        const { runCheck } = await import("./check-run.ts");
        await start(self, (io) => runCheck(policy, tables, options, io));
      },
    );
  },
};
