import type { Pace } from "./arm/pace.ts";
import type { CloudName } from "./clouds.ts";
import type { NicOptions } from "./nic/nic-options.ts";
import type { AuthMethod } from "./sign-in/auth-methods.ts";
import type { Environment } from "./sign-in/subscription.ts";

/** How Azure is to be asked, and on whose behalf. */
export interface AzureOptions {
  /** Which NIC is meant; null for calls that need none (service tags). */
  readonly target: NicOptions | null;
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
  /** `-v`: ids of subscriptions may stand in errors. */
  readonly showSubscriptions?: boolean;
  readonly onProgress?: (text: string) => void;
  /** Gets the sentence with the code and where to type it. */
  readonly onDeviceCode?: (message: string) => void;
  /** Gets the name of the credential that serves, as `--auth` names it, once it has given a token. */
  readonly onServed?: (method: AuthMethod) => void;
  readonly environment?: Environment;
  /** Tests put their own clock here. */
  readonly pace?: Pace;
  readonly identityEndpointAnswers?: () => Promise<boolean>;
}
