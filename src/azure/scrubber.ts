/** Whatever looks like a credential: a bearer header, a JSON Web Token, a JSON or form field that holds one. */
const LOOKS_SECRET: readonly RegExp[] = [
  /\bBearer\s+[^\s"',;]+/gi,
  /\bey[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(\.[A-Za-z0-9_-]*)?/g,
  /(?<=["']?(access_?token|refresh_?token|id_?token|client_?secret|client_?assertion|password)["']?\s*[:=]\s*["']?)[^\s"'&,}]+/gi,
];

/** A subscription's id where it says so itself: in a resource id, also one in an address, or after the word. */
const SUBSCRIPTION_ID =
  /(?<=subscriptions?(\/|%2f|(\s?id)?["']?[\s:=]{0,3}["'(]?))[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

const SECRET_VARIABLES = [
  "AZURE_ACCESS_TOKEN",
  "AZURE_CLIENT_SECRET",
  "AZURE_CLIENT_CERTIFICATE_PASSWORD",
  "AZURE_PASSWORD",
] as const;

/**
 * Takes out of a text, before it is shown, what must not be shown: credentials always, those it was told of, wherever they stand, and whatever
 * looks like one; ids of subscriptions unless the user asked for them with `-v`.
 */
export class Scrubber {
  readonly #known = new Set<string>();
  readonly #subscriptions = new Set<string>();
  readonly #showSubscriptions: boolean;

  /** Knows from the start what the environment holds. */
  constructor(environment: Readonly<Record<string, string | undefined>> = {}, showSubscriptions = false) {
    this.#showSubscriptions = showSubscriptions;
    for (const name of SECRET_VARIABLES) this.learn(environment[name]);
    this.learnSubscription(environment.AZURE_SUBSCRIPTION_ID);
  }

  /** Remembers a secret. Texts shorter than 6 characters are passed over: taking them out would garble ordinary words. */
  learn(secret: string | undefined): void {
    if (secret !== undefined && secret.trim().length >= 6) this.#known.add(secret.trim());
  }

  /** Remembers a subscription's id. A name is no id, and is not hidden. */
  learnSubscription(id: string | undefined): void {
    const text = id?.trim() ?? "";
    if (/^[0-9a-f-]{36}$/i.test(text)) this.#subscriptions.add(text);
  }

  /** The text without them. Linear in the text. */
  scrub(text: string): string {
    let clean = text;
    for (const secret of this.#known) clean = clean.replaceAll(secret, "[hidden]");
    for (const pattern of LOOKS_SECRET) clean = clean.replace(pattern, "[hidden]");
    if (this.#showSubscriptions) return clean;
    for (const id of this.#subscriptions) clean = clean.replace(new RegExp(id, "gi"), "[subscription]");
    return clean.replace(SUBSCRIPTION_ID, "[subscription]");
  }
}
