import type { Terminal } from "../../../terminal/terminal.ts";
import type { readTopology } from "../../../topology/read/read-topology.ts";

/** Notes the first part of the resources that could not be read, and how many more there are. */
export function noteSkipped(
  skipped: ReturnType<typeof readTopology>["skipped"],
  { note }: Pick<Terminal, "note">,
): void {
  const [first] = skipped;
  if (first === undefined) return;
  const more = skipped.length === 1 ? "" : ` and ${skipped.length - 1} more`;
  const part = first.path === null ? "" : ` ${first.path}`;
  note(`inventory: left out ${first.resource}${part} (${first.reason})${more}`);
}
