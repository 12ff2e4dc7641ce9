import type { ExportModel } from "./model.ts";

/** One file of an export. */
export interface ExportFile {
  readonly name: string;
  /** In order. Texts are UTF-8. */
  readonly parts: Iterable<string | Uint8Array>;
}

/** A format of an export: it writes the model to one file or several, the same bytes for the same model. */
export interface ExportFormat {
  files(model: ExportModel): readonly ExportFile[] | Promise<readonly ExportFile[]>;
}
