/** Indexes into the shared numbers: that of the input, and the count of reads begun, of it or of a smaller one. */
export const [INPUT, READS] = [0, 1] as const;

/** The numbers that a worker shares with its watching thread. */
export const sharedProgress = (): SharedArrayBuffer => new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
