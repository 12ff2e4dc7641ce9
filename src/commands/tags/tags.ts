import type { Command } from "commander";
import type { CommandEntry } from "../shared/command.ts";

const DESCRIPTION = `Download Microsoft's service tags and query them: which tags contain an address,
which prefixes a tag has, what changed.

Examples:
  vnet-explain tags update
  vnet-explain tags lookup 191.239.203.0
  vnet-explain tags show Storage.WestEurope`;

/** The commands of the group `tags`, in the order of its help. */
export const subcommands: readonly CommandEntry[] = [
  { name: "update", summary: "download this week's service tags", load: () => import("./update.ts") },
  { name: "status", summary: "show which service tags are cached", load: () => import("./status.ts") },
  { name: "lookup", summary: "list the service tags that contain an address", load: () => import("./lookup.ts") },
  { name: "list", summary: "list the service tags", load: () => import("./list.ts") },
  { name: "show", summary: "show a service tag's prefixes", load: () => import("./show.ts") },
  { name: "diff", summary: "show what changed between two tag files", load: () => import("./diff.ts") },
];

/** Declares the group `tags`. */
export function declare(command: Command): void {
  command.description(DESCRIPTION);
}
