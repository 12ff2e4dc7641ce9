import type { Answers, NicAnswer } from "../../analysis/snapshot/answers.ts";
import type { NicGroup } from "../../analysis/snapshot/fetch-plan.ts";
import type { AzureError } from "../../azure/failure/azure-error.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { idKey } from "../../topology/resource-id.ts";
import { progressText, secondsLeft } from "./progress-text.ts";

/** Milliseconds between lines off a terminal. */
const QUIET_MS = 30_000;

interface ProgressOptions {
  readonly groups: readonly NicGroup[];
  readonly known: Answers;
  readonly allNics: boolean;
  /** The planned duration of fetching, in seconds. */
  readonly planned: number;
  readonly concurrency: number;
}

/** Counts answers and shows the progress: on one line of a terminal, elsewhere in occasional lines. */
export class FetchProgress {
  /** Hints by error code. */
  readonly hints = new Map<string, string>();
  readonly #terminal: Terminal;
  readonly #options: ProgressOptions;
  readonly #counts: Record<NicAnswer["outcome"], number> = { ok: 0, stopped: 0, denied: 0, failed: 0 };
  readonly #wanted: number;
  readonly #before: number;
  readonly #started = Date.now();
  #said = Date.now();

  constructor(terminal: Terminal, options: ProgressOptions) {
    this.#terminal = terminal;
    this.#options = options;
    const { groups, known, allNics } = options;
    const has = ({ id }: { readonly id: string }) => known.get(idKey(id))?.outcome === "ok";
    const count = (of: (group: NicGroup) => number) => groups.reduce((sum, group) => sum + of(group), 0);
    this.#wanted = count(({ askable }) => (allNics ? askable.length : Math.min(1, askable.length)));
    this.#before = count(({ askable }) => (allNics ? askable.filter(has).length : Number(askable.some(has))));
    this.#show();
  }

  /** The number of NICs asked. */
  get asked(): number {
    return Object.values(this.#counts).reduce((sum, count) => sum + count, 0);
  }

  answered(outcome: NicAnswer["outcome"], error: AzureError | null): void {
    this.#counts[outcome]++;
    if (error !== null && !this.hints.has(error.code)) this.hints.set(error.code, error.hint);
    this.#show();
  }

  #show(): void {
    const now = Date.now();
    const { stderr } = this.#terminal;
    if (!stderr.isTTY && now - this.#said < QUIET_MS) return;
    this.#said = now;
    const { planned, concurrency, allNics } = this.#options;
    const tables = this.#before + this.#counts.ok;
    const left = this.#wanted - this.#before - (allNics ? this.asked : this.#counts.ok);
    const elapsed = (now - this.#started) / 1000;
    const text = progressText({
      wanted: this.#wanted,
      tables,
      counts: this.#counts,
      secondsLeft: secondsLeft(elapsed, this.asked, Math.max(0, left), planned, concurrency),
    });
    if (stderr.isTTY) this.#terminal.progress(text);
    else this.#terminal.note(text);
  }
}
