import type { Command } from "commander";
import { parseAddress } from "../../net/address.ts";
import { lookupReport } from "../../service-tags/lookup-report.ts";
import type { CommandContext } from "../shared/command.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { addTagSource, requireTags, type TagSourceOptions } from "../shared/tag-source.ts";

const DESCRIPTION = `List every service tag that contains an address, most specific first.

Examples:
  vnet-explain tags lookup 191.239.203.0
  vnet-explain tags lookup 191.239.203.0 2603:1020::1 -o json
  vnet-explain tags lookup 20.38.108.1 --tags ServiceTags_Public_20231106.json`;

export interface TagsLookupOptions extends TagSourceOptions {
  readonly addresses: readonly string[];
}

/** Declares `tags lookup`. */
export function declare(command: Command, { start }: CommandContext): void {
  command.description(DESCRIPTION).argument("<address...>", "IPv4 or IPv6 addresses");
  addTagSource(command).action(
    async (addresses: string[], options: Omit<TagsLookupOptions, "addresses">, self: Command) => {
      await start(self, (io) => runTagsLookup({ ...options, addresses }, io));
    },
  );
}

/** Prints the tags that contain each address; an empty list if none does. */
export async function runTagsLookup(options: TagsLookupOptions, io: CommandIO): Promise<void> {
  const addresses = options.addresses.map(parseAddress);
  const tags = await requireTags(options, io.terminal);
  await io.print({ kind: "tags-lookup", report: lookupReport(addresses, tags) });
}
