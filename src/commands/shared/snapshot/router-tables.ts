import { join } from "node:path";
import { type AnyGatewayTable, type GatewayTable, isPeerTable } from "../../../routes/gateways/gateway-table.ts";
import { looksLikeGatewayTable, readGatewayTables } from "../../../routes/gateways/read/read-gateway-table.ts";
import { isRouteFileError } from "../../../routes/read/route-file-error.ts";
import { routerFiles } from "../../../store/snapshot/router-files.ts";
import type { Terminal } from "../../../terminal/terminal.ts";
import { nameOfFile } from "./file-name.ts";

type NamedTables = readonly { readonly name: string; readonly table: AnyGatewayTable }[];

/** Returns the tables of gateways, Route Servers, hubs and circuits in a file; none where it holds something else. */
export async function routerTablesIn(bytes: Uint8Array, path: string): Promise<NamedTables> {
  if (!looksLikeGatewayTable(bytes)) return [];
  try {
    return await readGatewayTables(bytes, { kind: "file", name: path });
  } catch (error) {
    if (isRouteFileError(error)) return [];
    throw error;
  }
}

/** Names the router of each table as its source does, else after the file. */
export const namedRouters = (tables: NamedTables, file: string): readonly AnyGatewayTable[] =>
  tables.map(({ name, table }) => {
    if (table.routerId !== table.origin.name) return table;
    return { ...table, routerId: tables.length === 1 ? nameOfFile(file) : name };
  });

/** The most files named on stderr. */
const MOST_NOTES = 3;

/**
 * Returns the tables of routers in the folders of a snapshot directory, each named after its file. A file that is
 * missing, damaged, or no such table is passed over with a note. `isWhole`: none is missing or damaged.
 * @throws UserError as `routerFiles`.
 */
export async function routerTablesOf(
  directory: string,
  kept: readonly string[],
  terminal: Terminal,
): Promise<{ readonly tables: readonly GatewayTable[]; readonly isWhole: boolean }> {
  const tables: GatewayTable[] = [];
  const notes: string[] = [];
  let isWhole = true;
  for (const file of routerFiles(directory, kept)) {
    if ("error" in file) {
      isWhole = false;
      notes.push(`${file.error.message}; ${file.error.hint}`);
      continue;
    }
    const read = namedRouters(await routerTablesIn(file.bytes, join(directory, file.name)), file.name);
    const found = read.flatMap((table) => (isPeerTable(table) ? [] : [table]));
    if (found.length === 0) notes.push(`${directory}: ${file.name} has no routes of a gateway, a hub or a circuit`);
    for (const table of found) tables.push(table);
  }
  for (const note of notes.slice(0, MOST_NOTES)) terminal.note(`not read: ${note}`);
  if (notes.length > MOST_NOTES) terminal.note(`not read: ${notes.length - MOST_NOTES} more tables of routers`);
  return { tables, isWhole };
}
