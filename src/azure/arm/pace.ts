/** Time and progress of live calls, one object so that tests can run a day of waiting in no time. */
export interface Pace {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted before. */
  delay(ms: number, signal: AbortSignal | undefined): Promise<void>;
  /** Reports progress to the user, e.g. `Azure is busy, next attempt in 17 s`. */
  progress(text: string): void;
}

/** Real time. */
export function realPace(progress: (text: string) => void = () => {}): Pace {
  return { now: Date.now, delay, progress };
}

/** A timer of more milliseconds would end at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

function delay(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      },
      Math.min(ms, LONGEST_TIMER),
    );
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

/** The answer's headers, as the SDK gives them. */
interface Headers {
  get(name: string): string | undefined;
}

/**
 * How long an answer asks to wait, in milliseconds, or null where it does not: `Retry-After` in seconds or as a date,
 * or Azure's own headers in milliseconds.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling
 */
export function retryAfter(headers: Headers, now: number): number | null {
  for (const name of ["retry-after-ms", "x-ms-retry-after-ms"]) {
    const text = headers.get(name);
    if (text !== undefined && /^\d+$/.test(text)) return Number(text);
  }
  const text = headers.get("retry-after")?.trim();
  if (text === undefined || text === "") return null;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** `17 s`, never `0 s`. */
export function seconds(ms: number): string {
  return `${Math.max(1, Math.round(ms / 1000))} s`;
}
