import type { OverviewMember } from "../../../analysis/fleet/overview.ts";
import type { SnapshotSummary } from "../../../analysis/fleet/summary.ts";
import type { Line } from "../../../terminal/table-form.ts";
import { cell } from "../facts.ts";
import type { Kind, TableColumn } from "../kind.ts";
import { shownTime } from "../provenance.ts";

/** The output of `routes -o json` for a snapshot without a chosen table. */
export interface SnapshotRoutesReport {
  readonly schemaVersion: "1.0";
  /** Each subnet; single NICs if their subnet is unknown or its NICs differ. */
  readonly members: readonly OverviewMember[];
  readonly snapshot: SnapshotSummary;
}

const COLUMNS: readonly TableColumn[] = [
  { name: "name", heading: "NAME" },
  { name: "nic", heading: "ANSWERED BY", givenUp: 2 },
  { name: "nics", heading: "NICS", givenUp: 3 },
  { name: "routes", heading: "ROUTES" },
  { name: "forwardingClass", heading: "CLASS" },
  { name: "missing", heading: "NO TABLE" },
  { name: "fetchedAt", heading: "FETCHED", givenUp: 1, foldable: true },
  { name: "subnet", heading: "SUBNET", optional: true },
];

/** An overview of a snapshot: a row for each subnet. */
export const snapshotRoutes: Kind<SnapshotRoutesReport> = {
  elements: ({ members }) => members,
  columns: COLUMNS.map(({ name }) => name),
  *rows({ members }) {
    for (const { name, nic, nics, routes, forwardingClass, missing, fetchedAt, subnet } of members) {
      yield [name, nic, nics, routes, forwardingClass, missing, fetchedAt, subnet];
    }
  },
  table: {
    columns: COLUMNS,
    forms({ members }, _, optional) {
      const hasMissing = members.some(({ missing }) => missing !== null);
      const shown = COLUMNS.filter(
        (column) => (optional || column.optional !== true) && (hasMissing || column.name !== "missing"),
      );
      const lines = members.map(
        (member): Line => ({
          cells: shown.map(({ name }) => {
            const text = cell(member[name as keyof OverviewMember]);
            return name === "fetchedAt" ? shownTime(text) : text;
          }),
          colour: member.missing === null ? null : "yellow",
        }),
      );
      return [{ columns: shown, lines }];
    },
  },
};
