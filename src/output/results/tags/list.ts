import type { TagListReport } from "../../../service-tags/list-report.ts";
import type { Line } from "../../../terminal/table-form.ts";
import { cell } from "../facts.ts";
import type { Kind, TableColumn } from "../kind.ts";

const COLUMNS: readonly TableColumn[] = [
  { name: "serviceTag", heading: "SERVICE TAG" },
  { name: "region", heading: "REGION", givenUp: 3, foldable: true },
  { name: "systemService", heading: "SYSTEM SERVICE", givenUp: 1, foldable: true },
  { name: "ipv4Prefixes", heading: "IPV4 PREFIXES", givenUp: 4 },
  { name: "ipv6Prefixes", heading: "IPV6 PREFIXES", givenUp: 2 },
  { name: "changeNumber", heading: "CHANGE NUMBER", optional: true },
];

/** A list of service tags: a row for each. */
export const tagList: Kind<TagListReport> = {
  elements: ({ tags }) => tags,
  columns: COLUMNS.map(({ name }) => name),
  *rows({ tags }) {
    for (const { name, region, systemService, prefixes, changeNumber } of tags) {
      yield [name, region, systemService, prefixes.v4, prefixes.v6, changeNumber];
    }
  },
  table: {
    columns: COLUMNS,
    forms({ tags }, _, optional) {
      const lines = tags.map(({ name, region, systemService, prefixes, changeNumber }): Line => {
        const more = optional ? [changeNumber] : [];
        return { cells: [name, region, systemService, prefixes.v4, prefixes.v6, ...more].map(cell), colour: null };
      });
      return [{ columns: COLUMNS.filter((column) => optional || column.optional !== true), lines }];
    },
  },
};
