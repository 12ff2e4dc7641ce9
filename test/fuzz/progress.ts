/** Where in the shared numbers that of the input stands, and how often the target began to read one, that or a smaller one of it. */
export const [INPUT, READS] = [0, 1] as const;

/** Numbers that a worker shares with the thread that watches it. */
export const sharedProgress = (): SharedArrayBuffer => new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
