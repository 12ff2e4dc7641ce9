import { expect, test } from "vitest";
import { describeClasses } from "../../../src/analysis/fleet/class-details.ts";
import { gatherClasses } from "../../../src/analysis/fleet/classes.ts";
import { membersOf, memberTables } from "../../../src/analysis/fleet/members.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import { row } from "../../selection/routes-for-tests.ts";
import { tagsOf } from "../../service-tags/tags-for-tests.ts";
import { nic, snapshot, table } from "./fleet.ts";

const TAGS = tagsOf({
  "Storage.WestEurope": ["20.0.0.0/24"],
  "Storage.NorthEurope": ["20.0.1.0/24"],
  "Sql.WestEurope": ["30.0.0.0/24"],
});

const tableOf = (...rows: readonly string[]) => ({ ...table(), routes: rows.map(row) });

const LOCAL = "Default 10.0.0.0/16 VnetLocal";
const NVA = "User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #to-nva";
const STORAGE = "Default 20.0.0.0/24 VirtualNetworkServiceEndpoint";
const STORAGE_NORTH = "Default 20.0.1.0/24 VirtualNetworkServiceEndpoint";
const SQL = "Default 30.0.0.0/24 VirtualNetworkServiceEndpoint";

/** The classes of a snapshot in lines. */
function classes(nics: Parameters<typeof snapshot>[0], tables: Parameters<typeof snapshot>[1]): readonly string[] {
  const given = snapshot(nics, tables);
  const gathered = gatherClasses(memberTables(membersOf(given), given), (each) => annotateTable(each, TAGS));
  return describeClasses(gathered).flatMap(({ number, members, tables: count, kinds, bypasses }) => [
    `${number}: ${members.map(({ name }) => name).join(" ")} of ${count} tables`,
    ...kinds.map(({ kind, shares }) => {
      const each = shares.map(
        ({ place, v4 }) => `${place.service ?? (place.nextHopTypes.join() || place.verdict)} ${v4}`,
      );
      return `  ${kind}: ${each.join(", ")}`;
    }),
    ...bypasses.map(({ route, appliance, hole }) => {
      const where = hole.place.service ?? hole.place.nextHopTypes.join();
      return `  ${where} takes ${hole.v4} from ${route} to ${appliance}`;
    }),
  ]);
}

test("tables that forward alike are one class, the one of most subnets first, with what bypasses an appliance", () => {
  const tables = {
    a: tableOf(LOCAL, "Default 0.0.0.0/0 Internet"),
    b: tableOf(LOCAL, NVA, STORAGE, STORAGE_NORTH, SQL),
    c: tableOf(NVA.replace(" #to-nva", ""), LOCAL, SQL, STORAGE_NORTH, STORAGE),
    d: tableOf(LOCAL, "User 0.0.0.0/0 None 10.0.1.9 #dead", SQL, `${STORAGE.replace("lt", "lt!")}`),
  };
  const nics = [nic("1", "h/1", "a"), nic("2", "h/2", "b"), nic("3", "h/3", "c"), nic("4", "h/4", "d")];
  expect(classes(nics, tables)).toEqual([
    "1: h/2 h/3 of 2 tables",
    "  internet: VirtualAppliance 3702257921, Storage.WestEurope 256, Storage.NorthEurope 256, Sql.WestEurope 256, no-route 0",
    "  private: VirtualAppliance 22020096, VnetLocal 65536, no-route 0",
    "  Sql: Sql.WestEurope 256",
    "  Storage: Storage.WestEurope 256, Storage.NorthEurope 256",
    "  Storage.WestEurope takes 256 from to-nva to 10.0.1.4",
    "  Storage.NorthEurope takes 256 from to-nva to 10.0.1.4",
    "  Sql.WestEurope takes 256 from to-nva to 10.0.1.4",
    "2: h/1 of 1 tables",
    "  internet: Internet 3702258689, no-route 0",
    "  private: Internet 22020096, VnetLocal 65536, no-route 0",
    "  Sql: Internet 256",
    "  Storage: Internet 512",
    "3: h/4 of 1 tables",
    "  internet: None 3702258433, Sql.WestEurope 256, no-route 0",
    "  private: None 22020096, VnetLocal 65536, no-route 0",
    "  Sql: Sql.WestEurope 256",
    "  Storage: None 512",
    "  Sql.WestEurope takes 256 from dead to 10.0.1.9",
  ]);
});

test("what bypasses a route to several appliances names them all", () => {
  const lines = classes([nic("1", "h/1", "a")], { a: tableOf(NVA.replace(" #", " 10.0.1.5 #"), SQL) });
  expect(lines.at(-1)).toBe("  Sql.WestEurope takes 256 from to-nva to 10.0.1.4, 10.0.1.5");
});

test("services of as many classes are in the order of their names", () => {
  for (const rows of [
    [STORAGE, SQL],
    [SQL, STORAGE],
  ]) {
    const kinds = classes([nic("1", "h/1", "a")], { a: tableOf(...rows) }).map((line) => line.trim().split(":")[0]);
    expect(kinds).toEqual(["1", "internet", "private", "Sql", "Storage"]);
  }
});

test("of classes with as many subnets the first name is first", () => {
  const tables = { a: tableOf(LOCAL), b: tableOf(NVA) };
  const found = classes([nic("1", "h/2", "a"), nic("2", "h/1", "b")], tables).filter((line) => /^\d/.test(line));
  expect(found).toEqual(["1: h/1 of 1 tables", "2: h/2 of 1 tables"]);
});
