import { parseAddress } from "../net/address.ts";
import { serviceTagFileText } from "../output/provenance.ts";
import { lookupReport } from "../service-tags/lookup-report.ts";
import type { CommandIO } from "./command-io.ts";
import { ServiceTagsMissingError } from "./service-tags-missing-error.ts";
import { HOW_TO_GET_TAGS, loadTags, type TagSourceOptions } from "./tag-source.ts";

export interface TagsLookupOptions extends TagSourceOptions {
  readonly addresses: readonly string[];
}

/** Lists the tags that hold each address. An address that no tag holds is answered too: by an empty list. */
export async function runTagsLookup(options: TagsLookupOptions, io: CommandIO): Promise<void> {
  const addresses = options.addresses.map(parseAddress);
  const tags = await loadTags(options, io.terminal);
  if (tags === null) throw new ServiceTagsMissingError("there are no service tags to look in", HOW_TO_GET_TAGS);
  io.terminal.note(`service tags: ${serviceTagFileText(tags.file)}`);
  await io.print({ kind: "tag-lookups", report: lookupReport(addresses, tags) });
}
