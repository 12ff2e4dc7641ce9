/** A call in progress. It may take several requests. */
interface OpenCall {
  /** When the caller gives up, in milliseconds since 1970. */
  readonly deadline: number;
  /** The operation that Azure runs for it, or is asked to. */
  operation: RunningOperation | null;
}

/** A long-running operation between two requests. */
export interface RunningOperation {
  /** When the next request is due, in milliseconds since 1970. */
  readonly due: number;
  /** How many answers said that it runs. */
  readonly answers: number;
  /** How many others ran at once, at most. */
  readonly others: number;
  /** Its polls ask for its state, which comes with status 200, and not for its result. */
  readonly byState: boolean;
}

/** What a request shows of the call that it belongs to. */
interface RequestOfCall {
  readonly abortSignal?: object | undefined;
}

/**
 * The calls in progress of one client. All requests of a call have the call's abort signal, by which they are known.
 */
export class OpenCalls {
  readonly #calls = new Map<object, OpenCall>();

  open(signal: AbortSignal, deadline: number): void {
    this.#calls.set(signal, { deadline, operation: null });
  }

  close(signal: AbortSignal): void {
    this.#calls.delete(signal);
  }

  /** When the caller of this request gives up; never for a request of no call. */
  deadlineOf(request: RequestOfCall): number {
    return this.#of(request)?.deadline ?? Number.POSITIVE_INFINITY;
  }

  operationOf(request: RequestOfCall): RunningOperation | null {
    return this.#of(request)?.operation ?? null;
  }

  setOperation(request: RequestOfCall, operation: RunningOperation | null): void {
    const call = this.#of(request);
    if (call !== undefined) call.operation = operation;
  }

  /** How many calls wait for an operation, one that is only asked for included. */
  get running(): number {
    let running = 0;
    for (const { operation } of this.#calls.values()) if (operation !== null) running++;
    return running;
  }

  #of({ abortSignal }: RequestOfCall): OpenCall | undefined {
    return abortSignal === undefined ? undefined : this.#calls.get(abortSignal);
  }
}
