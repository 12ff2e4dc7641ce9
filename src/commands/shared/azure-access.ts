import type { AzureOptions } from "../../azure/azure-options.ts";
import type { AzureSession } from "../../azure/session.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { type AzureAccessOptions, DEFAULT_TIMEOUT_SECONDS } from "./live-options.ts";
import { trustedAuthorities } from "./trusted-authorities.ts";

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
  const { AzureSession } = await import("../../azure/session.ts");
  return new AzureSession(azureOptions(options, terminal));
}

/** The settings of Azure calls, from the options and the environment. Progress and details go to the terminal. */
export function azureOptions(options: AzureAccessOptions, terminal: Terminal): AzureOptions {
  return {
    cloud: options.cloud ?? "public",
    armEndpoint: options.armEndpoint ?? null,
    apiVersion: options.apiVersion ?? null,
    auth: options.auth ?? null,
    subscription: options.subscription ?? null,
    timeoutMs: (options.timeout ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
    showSubscriptions: terminal.verbose,
    environment: terminal.env,
    secureContext: trustedAuthorities(terminal),
    onProgress: (text) => terminal.progress(text),
    onNote: (text) => terminal.note(text),
    onServed: (method) => terminal.detail(`signed in with: ${method}`),
    onSubscription: ({ id, from }) => terminal.detail(`subscription: ${id}, from ${from}`),
    onDeviceCode: (message) => terminal.ask(message),
  };
}
