/** The SHA-256 of the parts, in hexadecimal digits. Loads node:crypto when called: that takes milliseconds. */
export function sha256(...parts: readonly (string | Uint8Array)[]): string {
  const hash = process.getBuiltinModule("node:crypto").createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}
