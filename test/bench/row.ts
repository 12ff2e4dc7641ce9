/** One run of one contender: the measured value in the row's unit, and the processor time of a child process. */
export interface Sample {
  readonly value: number;
  /** User plus system time in milliseconds; null for work inside this process. */
  readonly cpu: number | null;
}

/** One way to do a row's work. */
export interface Contender {
  readonly name: string;
  sample(): Promise<Sample>;
}

/** A contender that this machine lacks, and the reason. */
interface Absent {
  readonly name: string;
  readonly absent: string;
}

/** A limit for our median. */
export interface Limit {
  /** The contender whose median the limit multiplies; null if the limit is a number in the row's unit. */
  readonly of: string | null;
  /** The goal. The table says whether it is reached. */
  readonly reach: number;
  /** The bound of `npm run bench:check`. It is generous, since machines differ. */
  readonly bound: number;
}

/** The tools and data of every row. */
export interface Workbench {
  /** The built program, for `process.execPath`. */
  readonly program: string;
  /** A temporary directory, removed at the end. */
  readonly scratch: string;
  /**
   * A ServiceTags file of the public cloud: the real one of 2025-11-10, or a generated one of the same size and shape.
   */
  readonly tagFile: string;
  /** A cache with that file in compiled form. */
  readonly cache: string;
}

/** A row ready to be measured: our contender first, then those that it is compared with. */
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
