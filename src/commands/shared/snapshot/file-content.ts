import { basename } from "node:path";
import { decodeText } from "../../../routes/read/decode-text.ts";
import { readRouteTables } from "../../../routes/read/read-route-table.ts";
import { isOtherContent, isRouteFileError, type RouteFileErrorCode } from "../../../routes/read/route-file-error.ts";
import type { UserError } from "../../../text/user-error.ts";
import { resourcesIn } from "./folder-resources.ts";
import { routerTablesIn } from "./router-tables.ts";

/** The content of a file. */
export type Content =
  | { readonly kind: "tables"; readonly tables: Awaited<ReturnType<typeof readRouteTables>> }
  | { readonly kind: "damaged"; readonly error: UserError }
  | { readonly kind: "routers"; readonly tables: Awaited<ReturnType<typeof routerTablesIn>> }
  | { readonly kind: "resources"; readonly document: unknown }
  | { readonly kind: "other" };

/** Returns what a file of a folder holds. Throws what is not an error of the file's. */
export async function contentOf(bytes: Uint8Array, path: string): Promise<Content> {
  const withoutTable = async (error: UserError<RouteFileErrorCode>): Promise<Content> => {
    const routers = await routerTablesIn(bytes, path);
    if (routers.length > 0) return { kind: "routers", tables: routers };
    const document = resourcesIn(bytes);
    if (document !== null) return { kind: "resources", document };
    const isDamaged = !isOtherContent(error) && looksLikeTable(bytes, error.code, basename(path));
    return isDamaged ? { kind: "damaged", error } : { kind: "other" };
  };
  try {
    const tables = await readRouteTables(bytes, { kind: "file", name: path });
    if (isOtherEmptyList(tables, basename(path))) return { kind: "other" };
    const [first] = tables;
    return first !== undefined && "error" in first && tables.length === 1
      ? await withoutTable(first.error)
      : { kind: "tables", tables };
  } catch (error) {
    if (!isRouteFileError(error)) throw error;
    return await withoutTable(error);
  }
}

/** Whether it is an empty list in a file whose name does not say that it is a NIC's table. */
function isOtherEmptyList([first, second]: Extract<Content, { kind: "tables" }>["tables"], path: string): boolean {
  if (first === undefined || second !== undefined || "error" in first || first.table.routes.length > 0) return false;
  return !/effective|routes?/i.test(path) || /learned|advertised|bgp/i.test(path);
}

/** Whether unreadable content has the fields of effective routes, or is the remains of a failed export. */
function looksLikeTable(bytes: Uint8Array, code: RouteFileErrorCode, file: string): boolean {
  if (code === "text-empty" || code === "null-result") return true;
  let text: string;
  try {
    text = decodeText(bytes);
  } catch (error) {
    if (isRouteFileError(error)) return false;
    throw error;
  }
  if (code === "azure-error") return isOfEffectiveRoutes(text, file);
  return /next[ _]?hop[ _]?type/i.test(text) && /address[ _]?prefix|\bstate\b/i.test(text);
}

/**
 * Whether Azure reported this error in place of a NIC's table: the text says so, or nothing in it or in the file's name
 * says that something else was exported.
 */
function isOfEffectiveRoutes(text: string, file: string): boolean {
  if (/show-effective-route-table|Get-AzEffectiveRouteTable|ToGetEffectiveRoutes/i.test(text)) return true;
  return !OTHER_COMMAND.test(text) && !OTHER_FILE.test(file);
}

/** A command of az or PowerShell, and the error of a NIC's effective security rules. */
const OTHER_COMMAND = /\baz [a-z][a-z-]+ [a-z]|\b(?:Get|Invoke)-Az[A-Z]|EffectiveSecurityGroups/;
const OTHER_FILE = /learned|advertised|bgp|\bnsg\b|security/i;
