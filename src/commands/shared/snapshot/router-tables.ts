import { type GatewayTable, isPeerTable } from "../../../routes/gateways/gateway-table.ts";
import { looksLikeGatewayTable, readGatewayTables } from "../../../routes/gateways/read/read-gateway-table.ts";
import { isRouteFileError } from "../../../routes/read/route-file-error.ts";
import { nameOfFile } from "./file-name.ts";

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

/** Names the router of each table: as its source does where a file has several, else after the file. */
export const namedRouters = (tables: NamedTables, file: string): readonly GatewayTable[] =>
  tables.map(({ name, table }) => ({ ...table, routerId: tables.length === 1 ? nameOfFile(file) : name }));
