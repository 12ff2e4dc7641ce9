import type { Change } from "../../../src/analysis/whatif/change.ts";
import { applyChanges } from "../../../src/analysis/whatif/predict.ts";
import type { RouteTable } from "../../../src/routes/effective-route.ts";
import { UserError } from "../../../src/text/user-error.ts";
import { row } from "../../selection/routes-for-tests.ts";
import { tagsOf } from "../../service-tags/tags-for-tests.ts";

const origin: RouteTable["origin"] = { kind: "file", name: "rows", format: "arm", fetchedAt: null, note: null };

const TAGS = tagsOf({
  Storage: ["20.0.0.0/16", "2001:db8::/32"],
  "Storage.WestEurope": ["20.0.0.0/24", "2001:db8::/48"],
  "Storage.NorthEurope": ["20.0.1.0/24"],
  "Storage.PolandCentral": ["20.0.2.0/24"],
  "Storage.EastUS": ["20.0.3.0/24"],
  Sql: ["30.0.0.0/16"],
  "Sql.WestEurope": ["30.0.0.0/24"],
  AzureKeyVault: ["40.0.0.0/16"],
  "AzureKeyVault.WestEurope": ["40.0.0.0/24"],
});

/** A prediction in lines: its certainty, the rows that change with their rules, its cautions; or why there is none. */
export function answerOf(rows: readonly string[], changes: readonly Change[]): readonly string[] {
  try {
    const {
      table,
      certainty,
      rows: changed,
      cautions,
    } = applyChanges({ routes: rows.map(row), origin }, changes, TAGS);
    return [
      `${certainty}: ${table.origin.note}`,
      ...changed.map(({ text, rules, certainty: own }) => `${text} (${own}: ${rules.join(" ")})`),
      ...cautions.map(({ id, text }) => `${id}: ${text}`),
    ];
  } catch (error) {
    if (error instanceof UserError) return [`${error.code}: ${error.message}; ${error.hint}`];
    throw error;
  }
}
