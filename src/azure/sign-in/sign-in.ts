import { get } from "node:http";
import type { SecureContext } from "node:tls";
import type { AccessToken, GetTokenOptions, TokenCredential } from "@azure/identity";
import { quotedText } from "../../text/quoted-text.ts";
import { INSTANCE_METADATA_API_VERSION } from "../arm/api-version.ts";
import type { AzureCloud } from "../clouds.ts";
import { type AzureError, azureError } from "../failure/azure-error.ts";
import type { Scrubber } from "../failure/scrubber.ts";
import { givenToken } from "./access-token.ts";
import { type AuthMethod, type AuthStep, authSteps } from "./auth-methods.ts";
import { isUnavailable, signInFailure } from "./failure.ts";
import { FreshToken } from "./fresh-token.ts";
import type { Environment } from "./subscription.ts";

export interface SignInOptions {
  /** `--auth`, or null for the documented order. */
  readonly auth: AuthMethod | null;
  readonly cloud: AzureCloud;
  readonly scope: string;
  /** A subscription that the Azure CLI knows, so that it gives a token of that subscription's tenant; else null. */
  readonly cliSubscription: string | null;
  readonly environment: Environment;
  readonly scrubber: Scrubber;
  readonly now: () => number;
  /** Receives the sentence with the code and where to type it. */
  readonly onDeviceCode: (message: string) => void;
  /** How long `az` may take, in milliseconds. */
  readonly cliTimeoutMs: number;
  /** The certificate authorities to trust, where they are not Node's. */
  readonly secureContext?: SecureContext | undefined;
  readonly identityEndpointAnswers?: () => Promise<boolean>;
}

interface Served {
  readonly method: AuthMethod;
  readonly credential: TokenCredential;
  readonly token: AccessToken;
}

/** A credential that was skipped, and why in one line. */
interface PassedOver {
  readonly method: AuthMethod;
  readonly why: string;
  /** What to do about it; null: sign in. */
  readonly hint: string | null;
}

/**
 * Searches for a credential as soon as it is created, so that the SDK loads while the token is fetched. It is the SDK's
 * credential. The search skips a credential that is not set up. One that is set up but rejected ends it, because to go
 * on would hide the fault and might act as somebody else.
 */
export class SignIn implements TokenCredential {
  /** Resolves once the first token is requested. From then on, loading the SDK costs no extra time. Never rejects. */
  readonly begun: Promise<void>;
  readonly #options: SignInOptions;
  readonly #served: Promise<Served>;
  /** By the subscription that the Azure CLI is asked with. */
  readonly #tokens = new Map<string | null, Promise<FreshToken>>();
  #begin: () => void = () => {};
  #pending: AuthMethod | null = null;

  constructor(options: SignInOptions) {
    this.#options = options;
    this.begun = new Promise((resolve) => {
      this.#begin = resolve;
    });
    this.#served = this.#search().finally(() => this.#begin());
    this.#served.catch(() => {}); // getToken and servedBy report it
  }

  /** The credential that the search waits for, or null. */
  get pending(): AuthMethod | null {
    return this.#pending;
  }

  /** The credential in use, as `--auth` names it. @throws AzureError (rejects) as `getToken` does. */
  async servedBy(): Promise<AuthMethod> {
    return (await this.#served).method;
  }

  /** @throws AzureError (rejects) with what was tried and why each failed. */
  getToken(scopes: string | string[], options: GetTokenOptions = {}): Promise<AccessToken> {
    return this.#token(this.#options.cliSubscription, scopes, options);
  }

  /**
   * The same for a subscription of another tenant or user of the Azure CLI, which has a token for each of them. Any
   * other credential has one token.
   */
  credentialFor(cliSubscription: string | null): TokenCredential {
    return { getToken: (scopes, options = {}) => this.#token(cliSubscription, scopes, options) };
  }

  async #token(
    cliSubscription: string | null,
    scopes: string | string[],
    options: GetTokenOptions,
  ): Promise<AccessToken> {
    const served = await this.#served;
    const account = served.method === "cli" ? cliSubscription : this.#options.cliSubscription;
    const token = this.#tokens.get(account) ?? this.#tokenOf(account, served);
    this.#tokens.set(account, token);
    try {
      return this.#learn(await (await token).get(scopes, options));
    } catch (error) {
      throw signInFailure(error, served.method, this.#options);
    }
  }

  async #tokenOf(account: string | null, { method, credential, token }: Served): Promise<FreshToken> {
    const { cliSubscription, now } = this.#options;
    if (method !== "cli" || account === cliSubscription) return new FreshToken(credential, token, now);
    return new FreshToken(await this.#load(method, account), null, now);
  }

  async #search(): Promise<Served> {
    const passed: PassedOver[] = [];
    for (const step of authSteps(this.#options.auth, this.#options.environment)) {
      const outcome = step.skip === null ? await this.#try(step) : { method: step.method, why: step.skip, hint: null };
      this.#pending = null;
      if ("credential" in outcome) return outcome;
      passed.push(outcome);
    }
    throw this.#noCredential(passed);
  }

  /** The credential with its first token, or why it was skipped. */
  async #try(step: AuthStep): Promise<Served | PassedOver> {
    const { scope, environment, now } = this.#options;
    if (step.method === "token") {
      const token = givenToken(environment, now());
      return { method: step.method, credential: { getToken: async () => givenToken(environment, now()) }, token };
    }
    const answers = this.#options.identityEndpointAnswers ?? identityEndpointAnswers;
    if (step.probe && !(await answers())) {
      return { method: step.method, why: "this machine has no managed identity endpoint", hint: null };
    }
    this.#pending = step.method;
    try {
      const credential = await this.#load(step.method);
      const pending = credential.getToken(scope);
      this.#begin();
      return { method: step.method, credential, token: this.#learn(await pending) };
    } catch (error) {
      const unavailable = isUnavailable(error, step);
      const failure = signInFailure(error, step.method, this.#options, unavailable);
      if (unavailable) {
        return { method: step.method, why: failure.message, hint: failure.hint };
      }
      throw failure;
    }
  }

  async #load(
    method: Exclude<AuthMethod, "token">,
    cliSubscription: string | null = this.#options.cliSubscription,
  ): Promise<TokenCredential> {
    const { cloud, environment, cliTimeoutMs, onDeviceCode, secureContext } = this.#options;
    if (method === "cli") {
      const { cliCredential } = await import("./credential-cli.ts");
      return cliCredential(cliSubscription, cliTimeoutMs);
    }
    const tenant = environment.AZURE_TENANT_ID || null;
    if (method === "powershell" || method === "azd") {
      const { azdCredential, powershellCredential } = await import("./credential-developer.ts");
      return (method === "azd" ? azdCredential : powershellCredential)(tenant, cliTimeoutMs);
    }
    const entra = await import("./credential-entra.ts");
    const connection = { authorityHost: cloud.authorityHost, secureContext };
    switch (method) {
      case "env":
        return entra.environmentCredential(connection);
      case "workload":
        return entra.workloadCredential(connection);
      case "managed-identity":
        return entra.managedIdentityCredential(environment.AZURE_CLIENT_ID || null, connection);
      case "device-code":
        return entra.deviceCodeCredential(tenant, onDeviceCode, connection);
    }
  }

  #learn(token: AccessToken | null): AccessToken {
    if (token === null)
      throw azureError("credential-refused", "signing in to Azure returned no token", "run: az login");
    this.#options.scrubber.learn(token.token);
    return token;
  }

  #noCredential(passed: readonly PassedOver[]): AzureError {
    const { auth, cloud, environment, now } = this.#options;
    if (auth === "token") givenToken(environment, now()); // throws with its own message
    const lines = passed.map(({ method, why }) => `  ${method}: ${why}`);
    const only = passed.length === 1 ? passed[0] : undefined;
    const login = cloud.name === "public" ? "az login" : `az cloud set --name ${cloud.cliName} && az login`;
    const chosen = auth === null ? environment.AZURE_TOKEN_CREDENTIALS?.trim() : "";
    return azureError(
      "no-credential",
      only === undefined
        ? `not signed in to Azure; tried:\n${lines.join("\n")}`
        : `not signed in to Azure: ${only.why}`,
      (only !== undefined && DEVELOPER_TOOLS.has(only.method) ? only.hint : null) ??
        (chosen
          ? `AZURE_TOKEN_CREDENTIALS=${quotedText(chosen, 40)} allows only these: set one of them up, or unset it`
          : auth === null
            ? `run: ${login}`
            : `set that up, or run ${login} and leave --auth out`),
    );
  }
}

/** Their hint says what to install or how to sign in. */
const DEVELOPER_TOOLS: ReadonlySet<AuthMethod> = new Set(["cli", "powershell", "azd"]);

/**
 * The address at which a virtual machine finds its identity.
 * https://learn.microsoft.com/azure/virtual-machines/instance-metadata-service
 */
const IDENTITY_ENDPOINT = "http://169.254.169.254/metadata/instance";

/**
 * Whether the machine's identity endpoint answers at all, within `timeoutMs`. The request lacks the `Metadata` header,
 * so that the real one refuses it quickly and no token is made. Never rejects.
 */
export function identityEndpointAnswers(
  address: string = `${IDENTITY_ENDPOINT}?api-version=${INSTANCE_METADATA_API_VERSION}`,
  timeoutMs = 1000,
): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(address, { timeout: timeoutMs, agent: false }, (response) => {
      response.resume();
      // Docker Desktop answers 403 for addresses that it cannot reach; the real endpoint says 400.
      resolve(response.statusCode === 400 || response.statusCode === 200);
    });
    const give = () => {
      clearTimeout(timer);
      request.destroy();
      resolve(false);
    };
    // `timeout` watches an idle socket; connecting to an address that swallows packets needs a clock of its own.
    const timer = setTimeout(give, timeoutMs);
    request.on("timeout", give);
    request.on("error", give);
    request.on("close", () => clearTimeout(timer));
  });
}
