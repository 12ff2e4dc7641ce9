/** One run of one contender: what the row counts, in its unit, and the processor time where a process of its own ran. */
export interface Sample {
  readonly value: number;
  /** User and system time in milliseconds; null for work inside this process. */
  readonly cpu: number | null;
}

/** One way to do a row's work. */
export interface Contender {
  readonly name: string;
  sample(): Promise<Sample>;
}

/** A contender that is missing on this machine, and the reason. */
interface Absent {
  readonly name: string;
  readonly absent: string;
}

/** A limit for our median. */
export interface Limit {
  /** The contender whose median it is a multiple of; null where the limit is a number of the row's unit. */
  readonly of: string | null;
  /** The goal: the table says whether it is reached. */
  readonly reach: number;
  /** What `npm run bench:check` still accepts: generous, since other machines are busy and different. */
  readonly bound: number;
}

/** What every row may use. */
export interface Workbench {
  /** The built program, to be run by `process.execPath`. */
  readonly program: string;
  /** An empty directory, removed at the end. */
  readonly scratch: string;
  /** A ServiceTags file of the public cloud: the real one of 2025-11-10, or one made of the same size and shape. */
  readonly tagFile: string;
  /** A cache that holds that file, compiled. */
  readonly cache: string;
}

/** A row that is ready to be measured: the first contender is ours, the others what it is compared with. */
interface OpenRow {
  readonly contenders: readonly (Contender | Absent)[];
  close?(): Promise<void>;
}

/** One line of the table. */
export interface Row {
  /** For `--only`. */
  readonly id: string;
  readonly what: string;
  readonly unit: "ms" | "µs" | "MB" | "files";
  /** The number of runs of each contender; contenders take turns. */
  readonly rounds: number;
  readonly limits: readonly Limit[];
  open(bench: Workbench): Promise<OpenRow>;
}
