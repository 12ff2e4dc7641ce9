import type { TagReport } from "../../../service-tags/list-report.ts";
import { facts } from "../facts.ts";
import type { Kind } from "../kind.ts";

/** One service tag: a row for each of its prefixes. */
export const tag: Kind<TagReport> = {
  elements: (report) => [report.tag],
  columns: ["serviceTag", "addressPrefix", "region", "systemService"],
  *rows({ tag: { name, region, systemService, addressPrefixes } }) {
    for (const prefix of addressPrefixes) yield [name, prefix, region, systemService];
  },
  async text(
    { tag: { name, region, systemService, changeNumber, networkFeatures, prefixes, addressPrefixes } },
    stdout,
  ) {
    const head = await facts(
      [
        ["service tag", name],
        ["region", region],
        ["system service", systemService],
        ["change number", changeNumber],
        ["network features", networkFeatures.join(", ")],
        ["prefixes", `${prefixes.v4} IPv4, ${prefixes.v6} IPv6`],
      ],
      stdout,
    );
    return `${head}\n${addressPrefixes.map((prefix) => `${prefix}\n`).join("")}`;
  },
};
