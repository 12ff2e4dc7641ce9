import { join } from "node:path";
import { type GatewayTable, isPeerTable } from "../../../routes/gateways/gateway-table.ts";
import { looksLikeGatewayTable, readGatewayTables } from "../../../routes/gateways/read/read-gateway-table.ts";
import { isRouteFileError } from "../../../routes/read/route-file-error.ts";
import { exportFolder } from "../../../store/files/export-folder.ts";
import type { Terminal } from "../../../terminal/terminal.ts";
import { nameOfFile } from "./file-name.ts";
import { isDirectory } from "./given-snapshot.ts";

type NamedTables = readonly { readonly name: string; readonly table: GatewayTable }[];

/** Returns the tables of gateways, Route Servers, hubs and circuits in a file; none where it holds something else. */
export async function routerTablesIn(bytes: Uint8Array, path: string): Promise<NamedTables> {
  if (!looksLikeGatewayTable(bytes)) return [];
  try {
    const found = await readGatewayTables(bytes, { kind: "file", name: path });
    return found.flatMap(({ name, table }) => (isPeerTable(table) ? [] : [{ name, table }]));
  } catch (error) {
    if (isRouteFileError(error)) return [];
    throw error;
  }
}

/** Names the router of each table: by resource id, as its source does where a file has several, else after the file. */
export const namedRouters = (tables: NamedTables, file: string): readonly GatewayTable[] =>
  tables.map(({ name, table }) => {
    if (table.routerId.startsWith("/subscriptions/")) return table;
    return { ...table, routerId: tables.length === 1 ? nameOfFile(file) : name };
  });

/** Where a snapshot directory keeps the tables of routers. */
const FOLDERS = ["gateways", "hubs", "circuits"];

/**
 * Returns the tables of routers in the folders of a snapshot directory, each named after its file. A file that is no
 * such table is passed over with a note.
 * @throws UserError as `exportFolder`.
 */
export async function routerTablesOf(directory: string, terminal: Terminal): Promise<readonly GatewayTable[]> {
  const tables: GatewayTable[] = [];
  for (const folder of FOLDERS.map((name) => join(directory, name)).filter(isDirectory)) {
    for await (const file of exportFolder(folder).files) {
      const found = "error" in file ? [] : namedRouters(await routerTablesIn(file.bytes, file.path), file.name);
      if (found.length === 0) terminal.note(`not read: ${file.path}: no routes of a gateway, a hub or a circuit`);
      for (const table of found) tables.push(table);
    }
  }
  return tables;
}
