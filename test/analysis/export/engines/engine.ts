import type { ExportFormatName } from "../../../../src/analysis/export/formats.ts";

export type Row = Readonly<Record<string, unknown>>;

/** A database of one engine, empty at first. */
export interface Engine {
  /** Runs a script of several statements. */
  run(script: string): Promise<void>;
  /** The rows of one query. */
  rows(query: string): Promise<readonly Row[]>;
  /** Processor time so far in milliseconds; null where it cannot be had. */
  cpu(): number | null;
  close(): Promise<void>;
}

/** That of this process, for engines that run in it. */
export function ownCpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** An engine that the exports are run by. */
export interface EngineKind {
  readonly name: string;
  /** The dialect that it reads. */
  readonly dialect: ExportFormatName;
  /** What the names of its tables start with. */
  readonly prefix: string;
  /** Why it cannot run on this machine; null where it can. */
  readonly absent: string | null;
  open(): Promise<Engine>;
}
