import type { AuthMethod } from "./auth-methods.ts";

/** One hint for every method, or several: `others` is for the methods that are not named. */
export type Hint = string | (Partial<Record<AuthMethod, string>> & { readonly others: string });

interface Known {
  readonly pattern: RegExp;
  readonly code: "sign-in-expired" | "credential-refused" | "wrong-tenant" | "sign-in-unreachable";
  readonly message: string;
  readonly hint: Hint;
}

/** Where az failed for a reason that is not known here. */
export const SEE_AZ = "see what az says: az account get-access-token";

const POWERSHELL_LOGIN = "run in PowerShell: Connect-AzAccount";
const AZD_LOGIN = "run: azd auth login";

/** How to sign in again with a developer's tool. */
export const LOGIN = { cli: "run: az login", powershell: POWERSHELL_LOGIN, azd: AZD_LOGIN } as const;

/** Where a credential was refused. */
export const CHECK_CREDENTIAL: Hint = {
  ...LOGIN,
  cli: "run: az login; check the service principal's secret, certificate or federation if az uses one",
  env: "check AZURE_CLIENT_ID, AZURE_TENANT_ID and the secret or certificate, which may have expired",
  workload: "check AZURE_CLIENT_ID, AZURE_TENANT_ID, AZURE_FEDERATED_TOKEN_FILE and the application's federation",
  "managed-identity":
    "check that this machine has an identity, and AZURE_CLIENT_ID if it has several; --auth chooses another sign-in",
  others: "run again and sign in once more",
};

/** No proxy is asked for an identity endpoint. */
const NO_IDENTITY_HERE =
  "check this machine's identity endpoint, and IDENTITY_ENDPOINT or MSI_ENDPOINT; --auth chooses another sign-in";

/** Where a sign-in is over, or there was none. */
export const SIGN_IN_AGAIN: Hint = { ...CHECK_CREDENTIAL, ...LOGIN };

/**
 * What the Azure CLI and Microsoft Entra say, and what it means; the first pattern that fits counts.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export const KNOWN: readonly Known[] = [
  {
    pattern: /AADSTS(53000|53001|53002|53003|530003|530032)\b/,
    code: "sign-in-expired",
    message: "a conditional access policy blocks the sign-in",
    hint: {
      cli: "sign in from a device and a place that the policy allows: az login; or ask the tenant's administrators",
      others: "ask the tenant's administrators: a conditional access policy blocks this identity, device or place",
    },
  },
  {
    pattern: /AADSTS(50076|50079|50158)\b|claims.challenge/i,
    code: "sign-in-expired",
    message: "your organisation requires a fresh sign-in (multifactor or conditional access)",
    hint: {
      ...LOGIN,
      "device-code": "run again and sign in as your organisation requires",
      others: "ask the tenant's administrators: a conditional access policy blocks this identity",
    },
  },
  {
    pattern:
      /AADSTS(70043|70044|700082|700084|50173|50078|65001|160021|50132)\b|refresh token has expired|expired due to inactivity/i,
    code: "sign-in-expired",
    message: "the sign-in to Azure has expired",
    hint: SIGN_IN_AGAIN,
  },
  {
    pattern: /AADSTS700024\b/,
    code: "sign-in-expired",
    message: "the credential is not valid at this time",
    hint: {
      cli: "a pipeline's sign-in lasts minutes: repeat its login step just before this one",
      env: "check this machine's clock",
      others:
        "the token in AZURE_FEDERATED_TOKEN_FILE lasts minutes: renew it just before, in a pipeline by its login step",
    },
  },
  {
    pattern: /AADSTS7000112\b/,
    code: "credential-refused",
    message: "the application is disabled in its tenant",
    hint: "ask the tenant's administrators to enable it",
  },
  {
    pattern: /AADSTS(7000215|7000222|700016|700027|7000216|7000218|70021|700213)\b/,
    code: "credential-refused",
    message: "Microsoft Entra refused the credential",
    hint: CHECK_CREDENTIAL,
  },
  {
    pattern: /AADSTS(50194|50059)\b/,
    code: "wrong-tenant",
    message: "the sign-in does not name a tenant",
    hint: {
      cli: "run: az login --tenant TENANT",
      powershell: "run in PowerShell: Connect-AzAccount -Tenant TENANT",
      azd: "run: azd auth login --tenant-id TENANT",
      others: "set AZURE_TENANT_ID to the id of the subscription's tenant, not to common or organizations",
    },
  },
  {
    pattern: /AADSTS(90002|50020|50034|500011|90072|900023)\b/,
    code: "wrong-tenant",
    message: "the tenant does not have this account, or the cloud is wrong",
    hint: {
      cli: "sign in to the tenant of the subscription: az login --tenant TENANT; check --cloud",
      others: "check that AZURE_TENANT_ID is the subscription's tenant, and --cloud",
    },
  },
  {
    pattern: /AADSTS(90033|90055)\b|temporarily_unavailable|Http status code: (429|5\d\d)/,
    code: "sign-in-unreachable",
    message: "the sign-in service is busy",
    hint: "run again in a minute",
  },
  {
    pattern: /Http status code: 407/,
    code: "sign-in-unreachable",
    message: "the proxy requires a sign-in",
    hint: "put the credentials in HTTPS_PROXY (http://user:password@host:port)",
  },
  {
    pattern: /Http status code: (3\d\d|403)/,
    code: "sign-in-unreachable",
    message: "another server answered in place of the sign-in service",
    hint: {
      "managed-identity": NO_IDENTITY_HERE,
      others: "check HTTPS_PROXY and NO_PROXY; a proxy or a portal may require its own sign-in",
    },
  },
  {
    pattern: /Subscription '.*' not found|subscription of .* doesn't exist/i,
    code: "wrong-tenant",
    message: "the Azure CLI has no access to the subscription",
    hint: "run az login with an account that has access, or check --subscription",
  },
  {
    pattern: /CERTIFICATE_VERIFY_FAILED|self.signed certificate|unable to (get|verify)|certificate's altnames/i,
    code: "sign-in-unreachable",
    message: "the sign-in service's certificate is not trusted",
    hint: {
      cli: "if a proxy of your company inspects TLS, set REQUESTS_CA_BUNDLE to its certificate: az reads it too",
      others: "if a proxy of your company inspects TLS, set SSL_CERT_FILE or NODE_EXTRA_CA_CERTS to its certificate",
    },
  },
  {
    pattern:
      /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT)\b|getaddrinfo|Name or service not known|Temporary failure in name resolution|Max retries exceeded|Failed to establish a new connection|network_error|endpoints_resolution/i,
    code: "sign-in-unreachable",
    message: "the sign-in service cannot be reached",
    hint: {
      "managed-identity": NO_IDENTITY_HERE,
      others: "check the network, the VPN and HTTPS_PROXY; or run again in a minute",
    },
  },
  {
    pattern: /^az returned no token/,
    code: "credential-refused",
    message: "az returned no token",
    hint: SEE_AZ,
  },
  {
    pattern: /^az did not print a token/,
    code: "credential-refused",
    message: "az did not print a token",
    hint: SEE_AZ,
  },
  {
    pattern: /Interactive authentication is needed|re-authenticate|az login/i,
    code: "sign-in-expired",
    message: "az must sign in again",
    hint: "run: az login",
  },
  {
    pattern: /Connect-AzAccount/i,
    code: "sign-in-expired",
    message: "PowerShell must sign in to Azure again",
    hint: POWERSHELL_LOGIN,
  },
  {
    pattern: /azd (auth )?login|reauthentication required/i,
    code: "sign-in-expired",
    message: "azd must sign in again",
    hint: AZD_LOGIN,
  },
];
