import { quotedText } from "../../text/quoted-text.ts";
import type { AzureCloud } from "../clouds.ts";
import { type AzureError, azureError, isAzureError } from "../failure/azure-error.ts";
import type { Scrubber } from "../failure/scrubber.ts";
import type { AuthMethod } from "./auth-methods.ts";

/** What messages about signing in need to know. */
export interface SignInContext {
  readonly cloud: AzureCloud;
  readonly scrubber: Scrubber;
}

interface Known {
  readonly pattern: RegExp;
  /** Null: nothing is set up there, and the search goes on. */
  readonly code: "sign-in-expired" | "credential-refused" | "wrong-tenant" | "sign-in-unreachable" | null;
  readonly message: string;
  readonly hint: string;
}

const SEE_AZ = "see what az says: az account get-access-token";

/**
 * What the Azure CLI and Microsoft Entra say. https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
const KNOWN: readonly Known[] = [
  {
    pattern: /^az is not installed/,
    code: null,
    message: "az is not installed",
    hint: "install the Azure CLI, then run: az login",
  },
  {
    pattern: /AADSTS(50076|50079|50158|53003|530003|53000)|claims.challenge/i,
    code: "sign-in-expired",
    message: "your organisation requires a fresh sign-in (multifactor or conditional access)",
    hint: "run: az login",
  },
  {
    pattern:
      /AADSTS(70043|70044|700082|700084|50173|50078|65001|160021|50132)|refresh token has expired|expired due to inactivity/i,
    code: "sign-in-expired",
    message: "the sign-in to Azure has expired",
    hint: "run: az login",
  },
  {
    pattern: /AADSTS(7000215|7000222|700016|700027|7000216|7000218|70021|700213)/,
    code: "credential-refused",
    message: "Microsoft Entra refused the credential",
    hint: "check AZURE_CLIENT_ID, AZURE_TENANT_ID and its secret, certificate or federation; a secret may have expired",
  },
  {
    pattern: /AADSTS(90002|50020|50034|500011|90072|900023)/,
    code: "wrong-tenant",
    message: "the tenant does not have this account, or the cloud is wrong",
    hint: "sign in to the tenant of the subscription: az login --tenant TENANT; check --cloud",
  },
  {
    pattern: /Subscription '.*' not found|subscription of .* doesn't exist/i,
    code: "wrong-tenant",
    message: "the Azure CLI has no access to the subscription",
    hint: "run az login with an account that has access, or check --subscription",
  },
  {
    pattern:
      /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT)\b|getaddrinfo|Name or service not known|Temporary failure in name resolution|Max retries exceeded|Failed to establish a new connection|network_error|endpoints_resolution_error/i,
    code: "sign-in-unreachable",
    message: "the sign-in service cannot be reached",
    hint: "check the network, the VPN and HTTPS_PROXY",
  },
  {
    pattern: /CERTIFICATE_VERIFY_FAILED|self.signed certificate|unable to (get|verify)/i,
    code: "sign-in-unreachable",
    message: "the sign-in service's certificate is not trusted",
    hint: "if a proxy of your company inspects TLS, set NODE_EXTRA_CA_CERTS, and REQUESTS_CA_BUNDLE for az",
  },
  {
    pattern: /^az gave no token/,
    code: null,
    message: "az gave no token",
    hint: SEE_AZ,
  },
  {
    pattern: /^az did not print a token/,
    code: null,
    message: "az did not print a token",
    hint: SEE_AZ,
  },
  {
    pattern: /Interactive authentication is needed|re-authenticate/i,
    code: "sign-in-expired",
    message: "az must sign in again",
    hint: "run: az login",
  },
  { pattern: /run 'az login'|az login/, code: null, message: "az has no sign-in", hint: "run: az login" },
  {
    pattern: /is unavailable|not available|No response|CredentialUnavailable.*not (fully )?configured/i,
    code: null,
    message: "it is not set up",
    hint: "run: az login",
  },
];

/** The most characters of a message that are searched: more than either prints, and little enough for any pattern. */
const LOOKED_AT = 5000;

/** The error to show when a credential gave no token. Passes an AzureError through. */
export function signInFailure(thrown: unknown, method: AuthMethod, context: SignInContext): AzureError {
  if (isAzureError(thrown)) return thrown;
  const said = context.scrubber.scrub(thrown instanceof Error ? thrown.message : String(thrown));
  const start = said.slice(0, LOOKED_AT);
  const known = KNOWN.find(({ pattern }) => pattern.test(start));
  if (known === undefined) {
    const message = `signing in with ${method} failed: ${quotedText(pointOf(said), 55)}`;
    const hint = method === "cli" ? SEE_AZ : "run: az login, or choose another way with --auth";
    return azureError("credential-refused", message, hint, said);
  }
  const ofCloud = context.cloud.name !== "public" && known.hint.includes("az login");
  const hint = ofCloud ? `${known.hint} (after az cloud set --name ${context.cloud.cliName})` : known.hint;
  if (known.code === null) return azureError("no-credential", known.message, hint, said);
  return azureError(known.code, `${known.message} (--auth ${method})`, hint, said);
}

/** The last line of a Python traceback has the reason. */
function pointOf(said: string): string {
  return said.startsWith("Traceback") ? (said.trim().split("\n").at(-1) ?? said) : said;
}

/**
 * Whether the search may go on to the next credential, because this one is not set up. The identity library throws
 * CredentialUnavailableError then, but also for an expired sign-in of the Azure CLI, which must end the search.
 */
export function isUnavailable(thrown: unknown, failure: AzureError): boolean {
  if (failure.code === "no-credential") return true;
  return (
    failure.code === "credential-refused" && thrown instanceof Error && thrown.name === "CredentialUnavailableError"
  );
}
