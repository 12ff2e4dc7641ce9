import type { TagListReport } from "../../service-tags/list-report.ts";
import { inColumns, type Line } from "../../terminal/columns.ts";
import { cell } from "./facts.ts";
import type { Kind } from "./kind.ts";

const HEADING = ["SERVICE TAG", "REGION", "SYSTEM SERVICE", "IPV4 PREFIXES", "IPV6 PREFIXES"];

/** A list of service tags: a row for each. */
export const tagList: Kind<TagListReport> = {
  elements: ({ tags }) => tags,
  columns: ["serviceTag", "region", "systemService", "ipv4Prefixes", "ipv6Prefixes", "changeNumber"],
  *rows({ tags }) {
    for (const { name, region, systemService, prefixes, changeNumber } of tags) {
      yield [name, region, systemService, prefixes.v4, prefixes.v6, changeNumber];
    }
  },
  text({ tags }, stdout) {
    const lines = tags.map(({ name, region, systemService, prefixes }): Line => {
      return { cells: [name, region, systemService, prefixes.v4, prefixes.v6].map(cell), colour: null };
    });
    return inColumns([{ cells: HEADING, colour: "bold" }, ...lines], stdout);
  },
};
