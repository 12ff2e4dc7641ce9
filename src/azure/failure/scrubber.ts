/** Text that looks like a credential: a bearer header, or a JSON or form field that holds one. */
const LOOKS_SECRET: readonly RegExp[] = [
  /\bBearer\s+[^\s"',;]+/gi,
  /(?<=(access_?token|refresh_?token|id_?token|client_?secret|client_?assertion|password)["']?\s*[:=]\s*["']?)[^\s"'&,}]+/gi,
];

/** A subscription's id, known by its place: in a resource id, also inside a URL, or after the word. */
const SUBSCRIPTION_ID =
  /(?<=subscriptions?(\/|%2f|(\s?id)?["']?[\s:=]{0,3}["'(]?))[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** A run of the letters of JSON Web Tokens, with the dots between their parts (RFC 7515, section 7.1). */
const TOKEN_LETTERS = /[A-Za-z0-9_-][A-Za-z0-9_.-]*/g;

/** How a token's header begins, `{"` in base64url. */
const HEADER = /(?:^|-)ey/;

/*
 * Invisible characters are removed from a text, or become blanks, before it is shown. A secret with such characters
 * inside would then come out whole. So secrets are found with invisible characters between their letters, and known
 * secrets also with blanks there. The patterns match one character: a quantifier would overflow the stack on megabytes.
 */
const UNSEEN = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const UNSEEN_OR_BLANK = /[\p{Cc}\p{Cf}\p{Z}]/gu;

/**
 * Replaces each match by a word. The pattern ignores gaps (invisible characters and blanks); gaps outside matches stay.
 */
function hide(text: string, pattern: RegExp, word: string): string {
  const gaps = text.matchAll(UNSEEN_OR_BLANK);
  let gap = gaps.next();
  let inGaps = 0;
  const placeInText = (at: number) => {
    for (; gap.done !== true && gap.value.index <= at + inGaps; gap = gaps.next()) inGaps += gap.value[0].length;
    return at + inGaps;
  };
  let clean = "";
  let done = 0;
  for (const { 0: match, index } of text.replace(UNSEEN_OR_BLANK, "").matchAll(pattern)) {
    clean += `${text.slice(done, placeInText(index))}${word}`;
    done = placeInText(index + match.length - 1) + 1;
  }
  return clean + text.slice(done);
}

/**
 * The run without JSON Web Tokens: a part of ten letters or more that begins with `ey`, and the one or two behind it.
 */
function withoutTokens(run: string): string {
  const parts = run.split(".");
  const kept: string[] = [];
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] ?? "";
    const begins = HEADER.exec(part);
    const from = begins === null ? part.length : begins.index + begins[0].length - 2;
    const isToken = part.length - from >= 10 && (parts[at + 1] ?? "").length >= 4;
    kept.push(isToken ? `${part.slice(0, from)}[hidden]` : part);
    if (isToken) at += 2;
  }
  return kept.join(".");
}

function withoutLookalikes(text: string): string {
  let clean = text;
  for (const pattern of LOOKS_SECRET) clean = clean.replace(pattern, "[hidden]");
  return clean.replace(TOKEN_LETTERS, withoutTokens);
}

/** To hide shorter texts would garble ordinary words. */
const SHORTEST = 6;

const SECRET_VARIABLES = [
  "AZURE_ACCESS_TOKEN",
  "AZURE_CLIENT_SECRET",
  "AZURE_CLIENT_CERTIFICATE_PASSWORD",
  "AZURE_PASSWORD",
] as const;

/**
 * Hides what must not be shown in a text: credentials always, both the known ones and what looks like one; ids of
 * subscriptions unless the user asked for them with `-v`.
 */
export class Scrubber {
  readonly #known = new Set<string>();
  readonly #subscriptions = new Set<string>();
  readonly #showSubscriptions: boolean;

  /** Starts with the secrets of the environment. */
  constructor(environment: Readonly<Record<string, string | undefined>> = {}, showSubscriptions = false) {
    this.#showSubscriptions = showSubscriptions;
    for (const name of SECRET_VARIABLES) this.learn(environment[name]);
    this.learnSubscription(environment.AZURE_SUBSCRIPTION_ID);
  }

  /** Remembers a secret. Texts shorter than 6 characters are ignored. */
  learn(secret: string | undefined): void {
    if (secret !== undefined && secret.trim().length >= SHORTEST) this.#known.add(secret.trim());
  }

  /** Remembers a subscription's id. A subscription's name is not hidden. */
  learnSubscription(id: string | undefined): void {
    const text = id?.trim() ?? "";
    if (/^[0-9a-f-]{36}$/i.test(text)) this.#subscriptions.add(text);
  }

  /** The text without them. Linear in the text. */
  scrub(text: string): string {
    let clean = text;
    for (const secret of this.#known) {
      clean = clean.replaceAll(secret, "[hidden]");
      const letters = secret.replace(UNSEEN_OR_BLANK, "");
      if (letters.length >= SHORTEST) clean = hide(clean, literally(letters), "[hidden]");
    }
    clean = withoutLookalikes(clean);
    const seen = clean.replace(UNSEEN, "");
    const seenClean = withoutLookalikes(seen);
    if (seenClean !== seen) clean = seenClean;
    if (this.#showSubscriptions) return clean;
    const ids = new RegExp([...this.#subscriptions, SUBSCRIPTION_ID.source].join("|"), "gi");
    return hide(clean, ids, "[subscription]");
  }
}

function literally(text: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"), "g");
}
