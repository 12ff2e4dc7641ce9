import type { ExportFile } from "../../analysis/export/format.ts";
import { EXPORT_FORMATS, type ExportFormatName } from "../../analysis/export/formats.ts";
import { aboutTable, type ExportModel, exportModel } from "../../analysis/export/model.ts";
import { memberTables } from "../../analysis/fleet/members.ts";
import { annotateTable } from "../../routes/annotate-table.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";
import { idKey } from "../../topology/resource-id.ts";
import type { Snapshot } from "../../topology/snapshot.ts";
import type { LoadedSnapshot } from "../shared/snapshot/load-snapshot.ts";

/** The target of an export. */
interface ExportTarget {
  readonly format: ExportFormatName;
  /** `--out`: a file, or a folder; stdout if missing or `-`. */
  readonly out: string | undefined;
}

/** The export of one table. */
export function modelOfTable(annotated: AnnotatedRouteTable): ExportModel {
  const { origin } = annotated.table;
  return exportModel([{ nic: origin.name, mac: null, table: annotated }], aboutTable(origin));
}

/**
 * The export of all tables of a snapshot. All NICs of a subnet share its table, also those without one of their own.
 */
export function modelOfSnapshot({ snapshot, members }: LoadedSnapshot, tags: TagCatalogue | null): ExportModel {
  const macs = new Map(snapshot.topology?.nics.map(({ id, macAddress }) => [idKey(id), macAddress ?? null]));
  const interfaces = [...memberTables(members, snapshot)].flatMap(({ table, members: own }) => {
    const annotated = annotateTable(table, tags);
    return own.flatMap(({ nics }) =>
      nics.map(({ id }) => ({ nic: id, mac: macs.get(idKey(id)) ?? null, table: annotated })),
    );
  });
  return exportModel(interfaces, aboutSnapshot(snapshot, interfaces.length));
}

function aboutSnapshot({ name, takenAt, nics }: Snapshot, answered: number): readonly string[] {
  const when = takenAt === null ? "" : `, taken ${quotedText(takenAt)}`;
  const missing = nics.length - answered;
  return [
    `Effective routes of: snapshot ${quotedText(name, 200)}${when}. Written by vnet-explain.`,
    ...(missing === 0
      ? []
      : [`${missing} of ${nics.length} network interfaces have no table: their flows get no answer.`]),
  ];
}

/**
 * Writes an export to stdout, to a file or to a folder.
 * @throws UserError if its files need a folder, or cannot be written.
 */
export async function writeExport(
  model: ExportModel,
  { format, out }: ExportTarget,
  terminal: Terminal,
): Promise<void> {
  const entry = EXPORT_FORMATS.find(({ name }) => name === format);
  if (entry === undefined) throw new Error(`no format ${format}`);
  const files = await (await entry.load()).files(model);
  const [only] = files;
  if (out === undefined || out === "-") {
    if (only === undefined || files.length > 1) throw needsFolder(format, files);
    for (const part of only.parts) {
      terminal.stdout.write(part);
      await terminal.stdout.drained();
    }
    return;
  }
  const { saveExport } = await import("../../store/save-export.ts");
  for (const path of await saveExport(files, out)) terminal.note(`wrote ${path}`);
}

function needsFolder(format: ExportFormatName, files: readonly ExportFile[]): UserError {
  const names = files.map(({ name }) => name);
  return new UserError(
    "export-needs-out",
    `--export ${format} writes ${names.length} files: ${names.join(", ")}`,
    "add --out <folder>",
  );
}
