import { resolve } from "node:path";
import { distinctNames } from "../../../analysis/fleet/member-names.ts";
import type { RouteTable } from "../../../routes/effective-route.ts";
import { requireRows } from "../../../routes/empty-table.ts";
import { type AnyGatewayTable, isPeerTable } from "../../../routes/gateways/gateway-table.ts";
import { exportFolder } from "../../../store/files/export-folder.ts";
import { sha256 } from "../../../store/files/sha256.ts";
import type { Terminal } from "../../../terminal/terminal.ts";
import { firstOf } from "../../../text/first-of.ts";
import { quotedText } from "../../../text/quoted-text.ts";
import { UserError } from "../../../text/user-error.ts";
import type { Snapshot, SnapshotNic } from "../../../topology/snapshot.ts";
import { type Content, contentOf } from "./file-content.ts";
import { nameOfFile } from "./file-name.ts";
import { placed, topologyOfFolder, withTables } from "./folder-resources.ts";
import { namedRouters } from "./router-tables.ts";

/** A table of a folder, or a file that should hold one. */
interface Found {
  /** Names for it, the preferred one first. */
  readonly names: readonly string[];
  readonly read: { readonly key: string; readonly table: RouteTable } | { readonly error: UserError };
}

/**
 * Reads a folder of exports as a snapshot: every route table in it, named after its file, and the tables of gateways,
 * hubs and circuits. Files with resources give the subnets of the tables. Other files are skipped with a note, except
 * `addresses`, the user's address map. A table that cannot be read is a failed NIC. Equal files are read once.
 * @throws UserError for a folder without a wanted table, and as `exportFolder`.
 */
export async function snapshotOfFolder(
  folder: string,
  terminal: Terminal,
  wanted: "nics" | "routers",
  addresses?: string,
): Promise<Snapshot> {
  const { files, others } = exportFolder(folder);
  const contents = new Map<string, Content>();
  const found: Found[] = [];
  const passedOver: string[] = [];
  const routers: AnyGatewayTable[] = [];
  const resources: unknown[] = [];
  const isAddressMap = (path: string) => addresses !== undefined && resolve(path) === resolve(addresses);
  let count = 0;
  try {
    for await (const file of files) {
      if (++count % 100 === 0) terminal.progress(`${count} files read`);
      if ("error" in file) {
        found.push({ names: namesFor(file.name, null), read: { error: file.error } });
        continue;
      }
      if (isAddressMap(file.path)) continue;
      const hash = sha256(file.bytes);
      const content = contents.get(hash) ?? (await contentOf(file.bytes, file.path));
      contents.set(hash, content);
      if (content.kind === "other") passedOver.push(file.name);
      else if (content.kind === "resources") resources.push(content.document);
      else if (content.kind === "routers")
        for (const table of namedRouters(content.tables, file.name)) routers.push(table);
      else if (content.kind === "damaged") found.push({ names: namesFor(file.name, null), read: content });
      else for (const each of tablesIn(content.tables, file.name, hash)) found.push(each);
    }
  } finally {
    terminal.progress(null);
  }
  const suffices = wanted === "routers" && routers.length > 0;
  if (!suffices && found.every(({ read }) => "error" in read)) {
    throw noTable(folder, found, count + others, routers.length);
  }
  const names = distinctNames(found.map((each) => each.names));
  tell(wanted === "nics" ? found : [], names, passedOver, others, terminal);
  const tables = new Map(found.flatMap(({ read }) => ("table" in read ? [[read.key, read.table] as const] : [])));
  const inventory = topologyOfFolder(resources, terminal);
  const tablesOfNics = found.map(({ read }, at): SnapshotNic => {
    const name = names[at] ?? "";
    const isRead = "table" in read;
    return {
      id: name,
      name,
      subnetId: null,
      outcome: isRead ? "ok" : "failed",
      tableKey: isRead ? read.key : null,
      standInId: null,
      fetchedAt: null,
      error: isRead ? null : { code: read.error.code, message: read.error.message },
    };
  });
  const nics = placed(tablesOfNics, inventory);
  const complete = nics.every(({ outcome }) => outcome === "ok");
  const topology = withTables(inventory, nics);
  const gatewayTables = routers.flatMap((table) => (isPeerTable(table) ? [] : [table]));
  const peerTables = routers.filter(isPeerTable);
  return { name: folder, takenAt: null, complete, topology, nics, tables, gatewayTables, peerTables };
}

function namesFor(file: string, table: string | null): readonly string[] {
  const own = nameOfFile(file);
  return table === null ? [own, file] : [table, `${own}/${table}`, `${file}/${table}`];
}

function tablesIn(tables: Extract<Content, { kind: "tables" }>["tables"], file: string, hash: string): Found[] {
  return tables.map((each, at): Found => {
    const names = namesFor(file, each.name);
    if ("error" in each) return { names, read: each };
    try {
      requireRows(each.table);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { names, read: { error } };
    }
    return { names, read: { key: at === 0 ? hash : `${hash}-${at + 1}`, table: each.table } };
  });
}

/** The most names in a note. */
const MOST_NAMES = 3;

/** On one line: an error of Azure's has its reason on a second one. */
const messageOf = ({ message, hint }: UserError) => ({
  message: message.replaceAll("\n", ": ").replace(/\.$/, ""),
  hint,
});

function tell(
  found: readonly Found[],
  names: readonly string[],
  passedOver: readonly string[],
  others: number,
  terminal: Terminal,
): void {
  const damaged = found.flatMap(({ read }, at) =>
    "error" in read ? [{ name: names[at], ...messageOf(read.error) }] : [],
  );
  for (const { name, message, hint } of damaged.slice(0, MOST_NAMES))
    terminal.note(`not read: ${name}: ${message}; ${hint}`);
  if (damaged.length > MOST_NAMES)
    terminal.note(`not read: ${damaged.length - MOST_NAMES} more; -o json has the reasons`);
  const parts = [
    ...(passedOver.length === 0
      ? []
      : [
          `${passedOver.length} ${passedOver.length === 1 ? "file is not a route table" : "files are not route tables"}: ${firstOf(
            passedOver.map((name) => quotedText(name, 60)),
            MOST_NAMES,
          )}`,
        ]),
    ...(others === 0 ? [] : [`${others} ${others === 1 ? "folder is" : "folders are"} not read`]),
  ];
  if (parts.length > 0) terminal.note(parts.join("; "));
}

function noTable(folder: string, damaged: readonly Found[], others: number, routers: number): UserError {
  const name = folder.length > 40 ? `...${folder.slice(-37)}` : folder;
  const [first] = damaged;
  if (first !== undefined && "error" in first.read) {
    const { code, message, hint, exit } = first.read.error;
    const more = damaged.length === 1 ? "" : ` (and ${damaged.length - 1} more)`;
    return new UserError(code, `${name}: no route table can be read${more}: ${first.names[0]}: ${message}`, hint, exit);
  }
  if (routers > 0) {
    return new UserError(
      "folder-without-tables",
      `${name}: it holds tables of gateways, hubs or circuits (${routers}), but none of a NIC`,
      "choose one: --gateway, --hub, --route-server or --circuit NAME; or add the effective routes of network interfaces",
    );
  }
  return new UserError(
    "folder-without-tables",
    `${name}: ${others === 0 ? "the folder is empty" : "no file in it is a route table"}`,
    "give a folder of exported route tables, or take a snapshot: vnet-explain snapshot DIR",
  );
}
