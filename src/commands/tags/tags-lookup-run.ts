import { parseAddress } from "../../net/address.ts";
import { lookupReport } from "../../service-tags/lookup-report.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { requireTags, type TagSourceOptions } from "../shared/tag-source.ts";

export interface TagsLookupOptions extends TagSourceOptions {
  readonly addresses: readonly string[];
}

/** Lists the tags that hold each address. An address that no tag holds is answered too: by an empty list. */
export async function runTagsLookup(options: TagsLookupOptions, io: CommandIO): Promise<void> {
  const addresses = options.addresses.map(parseAddress);
  const tags = await requireTags(options, io.terminal);
  await io.print({ kind: "tag-lookups", report: lookupReport(addresses, tags) });
}
