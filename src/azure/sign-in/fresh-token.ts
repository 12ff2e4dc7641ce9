import type { AccessToken, GetTokenOptions, TokenCredential } from "@azure/identity";

/** A token is renewed when it is valid for less than this. */
const LEAST_MS = 120_000;

/** The token of a credential, renewed shortly before its end, once for all who wait for it. */
export class FreshToken {
  readonly #credential: TokenCredential;
  readonly #now: () => number;
  #token: AccessToken | null;
  #renewal: Promise<AccessToken | null> | null = null;

  constructor(credential: TokenCredential, token: AccessToken | null, now: () => number) {
    this.#credential = credential;
    this.#token = token;
    this.#now = now;
  }

  /** Null where the credential gives none. @throws what the credential throws */
  async get(scopes: string | string[], options: GetTokenOptions): Promise<AccessToken | null> {
    if (options.claims !== undefined) return this.#credential.getToken(scopes, options);
    if (this.#token !== null && this.#token.expiresOnTimestamp - this.#now() > LEAST_MS) return this.#token;
    // Without the options of a single request, which may be aborted.
    this.#renewal ??= this.#renew(scopes);
    return this.#renewal;
  }

  async #renew(scopes: string | string[]): Promise<AccessToken | null> {
    try {
      this.#token = await this.#credential.getToken(scopes);
      return this.#token;
    } finally {
      this.#renewal = null;
    }
  }
}
