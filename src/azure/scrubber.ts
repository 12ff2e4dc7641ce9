/** Whatever looks like a credential: a bearer header, a JSON Web Token, a JSON or form field that holds one. */
const LOOKS_SECRET: readonly RegExp[] = [
  /\bBearer\s+[^\s"',;]+/gi,
  /\bey[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(\.[A-Za-z0-9_-]*)?/g,
  /(?<=["']?(access_?token|refresh_?token|id_?token|client_?secret|client_?assertion|password)["']?\s*[:=]\s*["']?)[^\s"'&,}]+/gi,
];

const SECRET_VARIABLES = [
  "AZURE_ACCESS_TOKEN",
  "AZURE_CLIENT_SECRET",
  "AZURE_CLIENT_CERTIFICATE_PASSWORD",
  "AZURE_PASSWORD",
] as const;

/** Takes credentials out of text before it is shown: those it was told of, wherever they stand, and whatever looks like one. */
export class Scrubber {
  readonly #known = new Set<string>();

  /** Knows from the start the secrets that the environment holds. */
  constructor(environment: Readonly<Record<string, string | undefined>> = {}) {
    for (const name of SECRET_VARIABLES) this.learn(environment[name]);
  }

  /** Remembers a secret. Texts shorter than 6 characters are passed over: taking them out would garble ordinary words. */
  learn(secret: string | undefined): void {
    if (secret !== undefined && secret.trim().length >= 6) this.#known.add(secret.trim());
  }

  /** The text without credentials. Linear in the text. */
  scrub(text: string): string {
    let clean = text;
    for (const secret of this.#known) clean = clean.replaceAll(secret, "[hidden]");
    for (const pattern of LOOKS_SECRET) clean = clean.replace(pattern, "[hidden]");
    return clean;
  }
}
