import type { NicOptions } from "../../azure/nic/nic-options.ts";
import type { AzureSession } from "../../azure/session.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { type AzureAccessOptions, DEFAULT_TIMEOUT_SECONDS } from "./live-options.ts";

/**
 * Opens a session with Azure and starts to sign in.
 * @throws AzureError for invalid options.
 */
export async function openSession(
  target: NicOptions | null,
  options: AzureAccessOptions,
  terminal: Terminal,
): Promise<AzureSession> {
  const { openAzure } = await import("../../azure/session.ts");
  const session = openAzure({
    target,
    cloud: options.cloud ?? "public",
    armEndpoint: options.armEndpoint ?? null,
    apiVersion: options.apiVersion ?? null,
    auth: options.auth ?? null,
    subscription: options.subscription ?? null,
    timeoutMs: (options.timeout ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
    showSubscriptions: terminal.verbose,
    environment: terminal.env,
    onProgress: (text) => terminal.progress(text),
    onServed: (method) => terminal.detail(`signed in with: ${method}`),
    onDeviceCode: (message) => terminal.ask(message),
  });
  // Printed before anything can fail, since errors do not show the subscription.
  terminal.detail(`subscription: ${session.subscription.id}, from ${session.subscription.from}`);
  return session;
}
