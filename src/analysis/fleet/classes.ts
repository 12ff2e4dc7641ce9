import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import { ForwardingTable } from "../bulk/forwarding-table.ts";
import { placesOf } from "../coverage/place.ts";
import type { Member, MemberTable } from "./members.ts";

/** Members whose tables forward every address alike, whatever their rows. */
export interface GatheredClass {
  /** One of its tables. */
  readonly first: AnnotatedRouteTable;
  readonly members: Member[];
  /** How many distinct tables it has. */
  tables: number;
}

/**
 * Groups the tables of a snapshot by what they do: tables of one class send every address to the same place. Cost:
 * compiles each table once, and keeps one of each class.
 */
export function gatherClasses(
  tables: Iterable<MemberTable>,
  annotate: (table: MemberTable["table"]) => AnnotatedRouteTable,
): readonly GatheredClass[] {
  const classes = new Map<string, GatheredClass>();
  const numbers = new Map<string, number>();
  for (const { table, members } of tables) {
    const annotated = annotate(table);
    const key = forwardingText(annotated, numbers);
    const known = classes.get(key);
    if (known === undefined) classes.set(key, { first: annotated, members: [...members], tables: 1 });
    else {
      for (const member of members) known.members.push(member);
      known.tables++;
    }
  }
  return [...classes.values()].sort(
    (a, b) => b.members.length - a.members.length || ((a.members[0]?.name ?? "") < (b.members[0]?.name ?? "") ? -1 : 1),
  );
}

/** Returns a text that is equal for tables that forward alike. `numbers`: a number for each place, for all tables. */
function forwardingText(annotated: AnnotatedRouteTable, numbers: Map<string, number>): string {
  const table = new ForwardingTable(annotated.table.routes);
  const placeOf = placesOf(annotated);
  const parts: string[] = [];
  for (const family of [4, 6] as const) {
    let last = -1;
    for (const { first, decision } of table.pieces(family)) {
      const { key } = placeOf(decision);
      const number = numbers.get(key) ?? numbers.size;
      numbers.set(key, number);
      if (number !== last) parts.push(`${first.toString(36)} ${number}`);
      last = number;
    }
    parts.push("");
  }
  return parts.join(",");
}
