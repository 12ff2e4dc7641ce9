import type { SecureContext } from "node:tls";
import type { Pace } from "./arm/pace.ts";
import type { CloudName } from "./clouds.ts";
import type { AuthMethod } from "./sign-in/auth-methods.ts";
import type { Environment, Subscription } from "./sign-in/subscription.ts";

/** How to call Azure, and as whom. */
export interface AzureOptions {
  readonly cloud: CloudName;
  /** `--arm-endpoint` */
  readonly armEndpoint: string | null;
  /** `--api-version`; null or missing for the program's own choice. */
  readonly apiVersion?: string | null;
  /** `--auth`, or null for the documented order. */
  readonly auth: AuthMethod | null;
  /** `--subscription` */
  readonly subscription: string | null;
  /** For each call to Azure, signing in included. */
  readonly timeoutMs: number;
  /** `-v`: errors may show ids of subscriptions. */
  readonly showSubscriptions?: boolean;
  readonly onProgress?: (text: string) => void;
  /** Receives what did not work without being the end, e.g. a subscription that could not be searched. */
  readonly onNote?: (text: string) => void;
  /** Receives the sentence with the code and where to type it. */
  readonly onDeviceCode?: (message: string) => void;
  /** Receives the credential in use, as `--auth` names it, once it has given a token. */
  readonly onServed?: (method: AuthMethod) => void;
  /** Receives each subscription that is chosen, before anything about it can fail: errors do not show it. */
  readonly onSubscription?: (subscription: Subscription) => void;
  readonly environment?: Environment;
  /** The certificate authorities to trust, where they are not Node's. */
  readonly secureContext?: SecureContext | undefined;
  /** Tests put their own clock here. */
  readonly pace?: Pace;
  readonly identityEndpointAnswers?: () => Promise<boolean>;
}
