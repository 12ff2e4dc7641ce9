import { quotedText } from "../../text/quoted-text.ts";
import type { AzureCloud } from "../clouds.ts";
import { type AzureError, azureError, isAzureError } from "../failure/azure-error.ts";
import type { Scrubber } from "../failure/scrubber.ts";
import type { AuthMethod, AuthStep } from "./auth-methods.ts";
import { CHECK_CREDENTIAL, type Hint, KNOWN, LOGIN, SEE_AZ, SIGN_IN_AGAIN } from "./known-failures.ts";

/** What messages about signing in need to know. */
export interface SignInContext {
  readonly cloud: AzureCloud;
  readonly scrubber: Scrubber;
}

/** The most characters of a message that are searched: more than either prints, and little enough for any pattern. */
const LOOKED_AT = 5000;

/** Tools that are missing. */
const INSTALL: readonly (readonly [said: string, hint: string])[] = [
  ["az is not installed", "install the Azure CLI, then run: az login"],
  ["PowerShell (pwsh) is not installed", "install PowerShell and its module Az.Accounts, then run: Connect-AzAccount"],
  ["PowerShell has no module Az.Accounts", "run in PowerShell: Install-Module Az.Accounts; then: Connect-AzAccount"],
  ["azd is not installed", "install the Azure Developer CLI, then run: azd auth login"],
];

/**
 * The error to show when a credential gave no token; `unavailable` where it is not set up. Passes an AzureError
 * through.
 */
export function signInFailure(
  thrown: unknown,
  method: AuthMethod,
  context: SignInContext,
  unavailable = false,
): AzureError {
  if (isAzureError(thrown)) return thrown;
  const said = context.scrubber.scrub(thrown instanceof Error ? thrown.message : String(thrown));
  const start = said.slice(0, LOOKED_AT);
  const failure = (code: AzureError["code"], message: string, hint: string) =>
    azureError(code, message, inCloud(asAzSays(hint, start), context.cloud), said);
  if (unavailable) {
    const [, install] = INSTALL.find(([missing]) => said.startsWith(missing)) ?? [];
    return failure("no-credential", quotedText(pointOf(start), 120), install ?? hintFor(SIGN_IN_AGAIN, method));
  }
  const entra = entraReason(start);
  const reason = entra === null ? "" : `\n  ${entra}`;
  const known = KNOWN.find(({ pattern }) => pattern.test(start));
  if (known !== undefined) {
    return failure(known.code, `${known.message} (--auth ${method})${reason}`, hintFor(known.hint, method));
  }
  const hint = method === "cli" ? SEE_AZ : hintFor(CHECK_CREDENTIAL, method);
  return failure(
    "credential-refused",
    entra === null
      ? `signing in with ${method} failed: ${quotedText(pointOf(start), 160)}`
      : `Microsoft Entra refused the sign-in (--auth ${method})${reason}`,
    hint,
  );
}

function hintFor(hint: Hint, method: AuthMethod): string {
  return typeof hint === "string" ? hint : (hint[method] ?? hint.others);
}

/** az says with which options to sign in again where others would not do. */
const AZ_LOGIN = /\baz login((?: --(?:tenant|scope|claims-challenge) "[\w.:/+=-]{1,300}")+)/;

function asAzSays(hint: string, said: string): string {
  const [whole] = hint === LOGIN.cli ? (AZ_LOGIN.exec(said) ?? []) : [];
  return whole === undefined ? hint : `run: ${whole}`;
}

function inCloud(hint: string, { name, cliName }: AzureCloud): string {
  if (name === "public") return hint;
  if (hint.includes("Connect-AzAccount")) return `${hint} -Environment ${cliName}`;
  if (hint.includes("azd auth login")) return `${hint} (after azd config set cloud.name ${cliName})`;
  return hint.includes("az login") ? `${hint} (after az cloud set --name ${cliName})` : hint;
}

/** Microsoft Entra's code and its first sentence; null where the message has none. */
function entraReason(said: string): string | null {
  const [whole] = /AADSTS\d+:.*/s.exec(said) ?? [];
  if (whole === undefined) return null;
  const text = whole.replace(/(?: -)? (?:Trace|Correlation) ID:.*/s, "");
  return quotedText(/^AADSTS\d+:\s.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text, 300);
}

/** The part of a message that says why: the last line of a Python traceback, or what Microsoft Entra says. */
function pointOf(said: string): string {
  const traceback = said.startsWith("Traceback") ? said : said.split("Here is the traceback:")[1];
  if (traceback !== undefined) return lastLineOf(traceback);
  const [, details = said] = /More details:(.*)/s.exec(said) ?? [];
  const [, description = ""] = /Description: (.*?)(?: - Correlation ID|$)/s.exec(details) ?? [];
  if (description !== "" && description !== "Not Available") return description;
  return details
    .replace(/^ManagedIdentityCredential: (Authentication failed\. Message )?/, "")
    .replace(/: Error\(s\).*/s, "")
    .replace(/,\s*$/, "");
}

/** Of Python's traceback: what was raised. az adds advice below it. */
function lastLineOf(traceback: string): string {
  const lines = traceback.split("\n").filter((line) => line.trim() !== "" && !/^(To |\s)/.test(line));
  return lines.at(-1) ?? traceback;
}

/**
 * Whether the search may go on to the next credential, because this one is not set up. The error's class decides, since
 * a refusal may hold any text. A service principal, a workload identity and an announced managed identity are tried
 * only where the environment sets them up, so they never give way: the identity library throws that class also where
 * their sign-in service refuses or is down.
 */
export function isUnavailable(thrown: unknown, { method, probe }: Pick<AuthStep, "method" | "probe">): boolean {
  if (method === "env" || method === "workload" || (method === "managed-identity" && !probe)) return false;
  return thrown instanceof Error && thrown.name === "CredentialUnavailableError";
}
