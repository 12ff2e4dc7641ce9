import type { AzureRead } from "../arm/reads.ts";
import type { AuthMethod } from "../sign-in/auth-methods.ts";
import type { Scrubber } from "./scrubber.ts";

/** What failed and how it was called, for the message. */
export interface FailureContext extends AzureRead {
  /** Where the subscription comes from. */
  readonly subscriptionFrom: string;
  /** The credential in use, once known. */
  readonly servedBy: AuthMethod | null;
  readonly host: string;
  /** The proxy on the way there, `host:port`; null where there is none. */
  readonly proxy: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly scrubber: Scrubber;
}

/** What the SDK throws for a failed answer or connection. Its class is not loaded here. */
export interface RestFailure {
  readonly status: number | null;
  /** ARM's error code, or the system's. */
  readonly code: string;
  readonly message: string;
  /** How long Azure asks to wait, in milliseconds. */
  readonly retryAfter: number | null;
  readonly requestId: string | null;
  /** The connection was cut in the middle of the answer. */
  readonly cut: boolean;
  /** It was a question for the state or the result of an operation that Azure had accepted. */
  readonly isPoll: boolean;
}
