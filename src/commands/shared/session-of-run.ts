import type { AzureSession } from "../../azure/session.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import type { AzureAccessOptions } from "./live-options.ts";

/** Returns the session of a run, and opens it on the first call. */
export type SessionOfRun = () => Promise<AzureSession>;

/**
 * The session that everything in one run shares: several NICs, and several attempts to read one.
 * @throws AzureError (the session rejects) for invalid options.
 */
export function sessionOfRun(options: AzureAccessOptions, terminal: Terminal): SessionOfRun {
  let session: Promise<AzureSession> | null = null;
  return () => {
    session ??= openSession(options, terminal);
    return session;
  };
}

async function openSession(options: AzureAccessOptions, terminal: Terminal): Promise<AzureSession> {
  const [{ AzureSession }, { azureOptions }] = await Promise.all([
    import("../../azure/session.ts"),
    import("./azure-options.ts"),
  ]);
  return new AzureSession(azureOptions(options, terminal));
}
