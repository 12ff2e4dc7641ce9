import type { AzureOptions } from "../../azure/azure-options.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { type AzureAccessOptions, DEFAULT_TIMEOUT_SECONDS } from "./live-options.ts";
import { trustedAuthorities } from "./trusted-authorities.ts";

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
