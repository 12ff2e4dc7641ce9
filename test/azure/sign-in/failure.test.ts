import { describe, expect, test } from "vitest";
import { AZURE_CLOUDS } from "../../../src/azure/clouds.ts";
import { Scrubber } from "../../../src/azure/failure/scrubber.ts";
import type { AuthMethod } from "../../../src/azure/sign-in/auth-methods.ts";
import { isUnavailable, signInFailure } from "../../../src/azure/sign-in/failure.ts";

const context = { cloud: AZURE_CLOUDS.public, scrubber: new Scrubber() };

test.each([
  ["at its start", "AADSTS700082: expired.", 0, "sign-in-expired"],
  [
    "behind a megabyte of what nearly fits, which would take hours to look through",
    "Subscription 'x",
    70_000,
    "credential-refused",
  ],
])("a known reason is recognised in the message: %s", (_, said, times, code) => {
  const error = signInFailure(new Error(said.repeat(times + 1)), "cli", context);
  expect(error).toMatchObject({ name: "UserError", code });
  expect(error.message.split("\n")[0]?.length).toBeLessThan(200);
});

const METHODS: readonly AuthMethod[] = [
  "cli",
  "powershell",
  "azd",
  "env",
  "workload",
  "managed-identity",
  "device-code",
  "token",
];

/** The error as three texts; `message` is its first line. */
function failed(said: string, method: AuthMethod, unavailable = false) {
  const { code, message, hint, detail } = signInFailure(new Error(said), method, context, unavailable);
  expect(detail).toBe(said);
  return { code, message, hint };
}

const AZ = "run: az login";
const POWERSHELL = "run in PowerShell: Connect-AzAccount";
const AZD = "run: azd auth login";
const SEE_AZ = "see what az says: az account get-access-token";
const OF_ENV = "check AZURE_CLIENT_ID, AZURE_TENANT_ID and the secret or certificate, which may have expired";
const OF_WORKLOAD =
  "check AZURE_CLIENT_ID, AZURE_TENANT_ID, AZURE_FEDERATED_TOKEN_FILE and the application's federation";
const OF_IDENTITY =
  "check that this machine has an identity, and AZURE_CLIENT_ID if it has several; --auth chooses another sign-in";
const NO_IDENTITY =
  "check this machine's identity endpoint, and IDENTITY_ENDPOINT or MSI_ENDPOINT; --auth chooses another sign-in";

type Hints = Partial<Record<AuthMethod, string>> & { readonly others?: string };

const LOGIN: Hints = { cli: AZ, powershell: POWERSHELL, azd: AZD };
const CREDENTIAL: Hints = {
  ...LOGIN,
  cli: "run: az login; check the service principal's secret, certificate or federation if az uses one",
  env: OF_ENV,
  workload: OF_WORKLOAD,
  "managed-identity": OF_IDENTITY,
  others: "run again and sign in once more",
};
const AGAIN: Hints = { ...CREDENTIAL, cli: AZ };

const aadsts = (...codes: readonly number[]) => codes.map((code) => `AADSTS${code}: No.`);

describe("the message of any method", () => {
  test.each<[message: string, code: string, hints: Hints, said: readonly string[]]>([
    [
      "a conditional access policy blocks the sign-in",
      "sign-in-expired",
      {
        cli: "sign in from a device and a place that the policy allows: az login; or ask the tenant's administrators",
        others: "ask the tenant's administrators: a conditional access policy blocks this identity, device or place",
      },
      aadsts(53000, 53001, 53002, 53003, 530003, 530032),
    ],
    [
      "your organisation requires a fresh sign-in (multifactor or conditional access)",
      "sign-in-expired",
      {
        ...LOGIN,
        "device-code": "run again and sign in as your organisation requires",
        others: "ask the tenant's administrators: a conditional access policy blocks this identity",
      },
      [...aadsts(50076, 50079, 50158), "a claims challenge", "Claims-Challenge"],
    ],
    [
      "the sign-in to Azure has expired",
      "sign-in-expired",
      AGAIN,
      [
        ...aadsts(70043, 70044, 700082, 700084, 50173, 50078, 65001, 160021, 50132),
        "the Refresh token has expired",
        "it has expired due to inactivity",
      ],
    ],
    [
      "the credential is not valid at this time",
      "sign-in-expired",
      {
        cli: "a pipeline's sign-in lasts minutes: repeat its login step just before this one",
        env: "check this machine's clock",
        others:
          "the token in AZURE_FEDERATED_TOKEN_FILE lasts minutes: renew it just before, in a pipeline by its login step",
      },
      aadsts(700024),
    ],
    [
      "the application is disabled in its tenant",
      "credential-refused",
      { others: "ask the tenant's administrators to enable it" },
      aadsts(7000112),
    ],
    [
      "Microsoft Entra refused the credential",
      "credential-refused",
      CREDENTIAL,
      aadsts(7000215, 7000222, 700016, 700027, 7000216, 7000218, 70021, 700213),
    ],
    [
      "the sign-in does not name a tenant",
      "wrong-tenant",
      {
        cli: "run: az login --tenant TENANT",
        powershell: "run in PowerShell: Connect-AzAccount -Tenant TENANT",
        azd: "run: azd auth login --tenant-id TENANT",
        others: "set AZURE_TENANT_ID to the id of the subscription's tenant, not to common or organizations",
      },
      aadsts(50194, 50059),
    ],
    [
      "the tenant does not have this account, or the cloud is wrong",
      "wrong-tenant",
      {
        cli: "sign in to the tenant of the subscription: az login --tenant TENANT; check --cloud",
        others: "check that AZURE_TENANT_ID is the subscription's tenant, and --cloud",
      },
      aadsts(90002, 50020, 50034, 500011, 90072, 900023),
    ],
    [
      "the sign-in service is busy",
      "sign-in-unreachable",
      { others: "run again in a minute" },
      [
        ...aadsts(90033, 90055),
        "temporarily_unavailable",
        "Http status code: 429",
        "Http status code: 500",
        "Http status code: 503",
      ],
    ],
    [
      "the proxy requires a sign-in",
      "sign-in-unreachable",
      { others: "put the credentials in HTTPS_PROXY (http://user:password@host:port)" },
      ["Http status code: 407"],
    ],
    [
      "another server answered in place of the sign-in service",
      "sign-in-unreachable",
      {
        "managed-identity": NO_IDENTITY,
        others: "check HTTPS_PROXY and NO_PROXY; a proxy or a portal may require its own sign-in",
      },
      ["Http status code: 302", "Http status code: 307", "Http status code: 403"],
    ],
    [
      "the Azure CLI has no access to the subscription",
      "wrong-tenant",
      { others: "run az login with an account that has access, or check --subscription" },
      [
        "Subscription '' not found",
        "subscription 'My own' not found",
        "The subscription of 'My own' doesn't exist in cloud 'AzureCloud'.",
      ],
    ],
    [
      "the sign-in service's certificate is not trusted",
      "sign-in-unreachable",
      {
        cli: "if a proxy of your company inspects TLS, set REQUESTS_CA_BUNDLE to its certificate: az reads it too",
        others: "if a proxy of your company inspects TLS, set SSL_CERT_FILE or NODE_EXTRA_CA_CERTS to its certificate",
      },
      [
        "[SSL: CERTIFICATE_VERIFY_FAILED]",
        "Self-signed certificate",
        "self signed certificate in certificate chain",
        "unable to get local issuer certificate",
        "unable to verify the first certificate",
        "Hostname/IP does not match certificate's altnames",
      ],
    ],
    [
      "the sign-in service cannot be reached",
      "sign-in-unreachable",
      {
        "managed-identity": NO_IDENTITY,
        others: "check the network, the VPN and HTTPS_PROXY; or run again in a minute",
      },
      [
        ...["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "getaddrinfo", "Name or service not known"],
        ...["Temporary failure in name resolution", "Max retries exceeded with url"],
        ...["Failed to establish a new connection", "network_error", "endpoints_resolution_error"],
      ],
    ],
    ["az returned no token", "credential-refused", { others: SEE_AZ }, ["az returned no token within 10 s"]],
    ["az did not print a token", "credential-refused", { others: SEE_AZ }, ["az did not print a token: {}"]],
    [
      "az must sign in again",
      "sign-in-expired",
      { others: AZ },
      ["Interactive authentication is needed.", "you must re-authenticate", "Please run 'AZ login'"],
    ],
    [
      "PowerShell must sign in to Azure again",
      "sign-in-expired",
      { others: POWERSHELL },
      ["Run Connect-AzAccount to login."],
    ],
    [
      "azd must sign in again",
      "sign-in-expired",
      { others: AZD },
      ["run azd login", "run `azd auth login`", "reauthentication required"],
    ],
  ])("%s", (message, code, hints, all) => {
    for (const said of all)
      for (const method of METHODS) {
        const reason = said.startsWith("AADSTS") ? `\n  ${said}` : "";
        const hint = hints[method] ?? hints.others;
        expect(failed(said, method)).toEqual({ code, message: `${message} (--auth ${method})${reason}`, hint });
      }
  });

  test.each([
    ...aadsts(5300, 530001, 530033, 500761, 7000821, 7000241, 70001121, 70002151, 501941, 900021, 900331),
    "Http status code: 404",
    "Http status code: 5xx",
    "Http status code: 50",
    "XECONNREFUSED",
    "ECONNREFUSEDX",
    "after all, az returned no token",
    "after all, az did not print a token",
  ])("an unknown message is not taken for a known reason: '%s'", (said) => {
    const code = "credential-refused";
    const entra = `Microsoft Entra refused the sign-in (--auth env)\n  ${said}`;
    const message = said.startsWith("AADSTS") ? entra : `signing in with env failed: ${said}`;
    expect(failed(said, "env")).toEqual({ code, message, hint: OF_ENV });
  });

  test.each(METHODS)("a failure that is not known, by %s", (method) => {
    const code = "credential-refused";
    const hint = method === "cli" ? SEE_AZ : (CREDENTIAL[method] ?? CREDENTIAL.others);
    const message = `signing in with ${method} failed: it rained`;
    expect(failed("it rained", method)).toEqual({ code, message, hint });
    const refused = `Microsoft Entra refused the sign-in (--auth ${method})\n  AADSTS1: Odd.`;
    expect(failed("Odd: AADSTS1: Odd. It is.", method)).toEqual({ code, message: refused, hint });
  });
});

test.each([
  ["az is not installed", "install the Azure CLI, then run: az login"],
  ["PowerShell (pwsh) is not installed", "install PowerShell and its module Az.Accounts, then run: Connect-AzAccount"],
  ["PowerShell has no module Az.Accounts", "run in PowerShell: Install-Module Az.Accounts; then: Connect-AzAccount"],
  ["azd is not installed", "install the Azure Developer CLI, then run: azd auth login"],
  ["nobody signed in", AZ],
  ["it says: az is not installed", AZ],
])("a credential that is not set up: '%s' has a hint", (said, hint) => {
  expect(failed(said, "cli", true)).toEqual({ code: "no-credential", message: said, hint });
});

test.each(METHODS)("a sign-in that is not set up, by %s, is to be done again", (method) => {
  const hint = AGAIN[method] ?? AGAIN.others;
  expect(failed("nobody signed in", method, true)).toEqual({
    code: "no-credential",
    message: "nobody signed in",
    hint,
  });
});

test.each([
  ["AADSTS70043: Over.", "cli", "run: az login (after az cloud set --name AzureUSGovernment)"],
  ["AADSTS70043: Over.", "powershell", "run in PowerShell: Connect-AzAccount -Environment AzureUSGovernment"],
  ["AADSTS70043: Over.", "azd", "run: azd auth login (after azd config set cloud.name AzureUSGovernment)"],
  ["AADSTS70043: Over.", "env", OF_ENV],
] as const)("in another cloud the hint names it: %s by %s", (said, method, hint) => {
  const usgov = { ...context, cloud: AZURE_CLOUDS.usgov };
  expect(signInFailure(new Error(said), method, usgov).hint).toBe(hint);
});

describe("az's own command to sign in again", () => {
  const EXPIRED = "AADSTS70043: Over.\nRun: ";
  test.each<[command: string, hint: string]>([
    ['az login --tenant "t-1"', 'run: az login --tenant "t-1"'],
    [
      'az login --claims-challenge "eyJ+/=" --scope "https://x//.default"',
      'run: az login --claims-challenge "eyJ+/=" --scope "https://x//.default"',
    ],
    [`az login --tenant "${"t".repeat(300)}"`, `run: az login --tenant "${"t".repeat(300)}"`],
    [`az login --tenant "${"t".repeat(301)}"`, AZ],
    ['az login --tenant ""', AZ],
    ['az login --other "t-1"', AZ],
    ['az login --tenant "a b"', AZ],
    ['xaz login --tenant "t-1"', AZ],
    ["az login", AZ],
  ])("%s", (command, hint) => {
    expect(failed(EXPIRED + command, "cli").hint).toBe(hint);
    expect(failed(EXPIRED + command, "azd").hint).toBe(AZD);
  });
});

describe("the error keeps the part of the message that gives the reason", () => {
  test.each<[rule: string, said: string, kept: string]>([
    [
      "the last line of a Python traceback, without az's advice",
      'Traceback (most recent call last):\n  File "x", line 1\nValueError: bad\nOther: worse\n\nTo report this, run az feedback\n',
      "Other: worse",
    ],
    [
      "that of a traceback behind other words",
      "The command failed with an unexpected error. Here is the traceback:\nTraceback:\n  File\nKeyError: x",
      "KeyError: x",
    ],
    ["a traceback of blank lines", "Traceback\n", "Traceback"],
    ["details", "invalid: 401 - Error(s): 1 - x. More details:\n it is so", "it is so"],
    ["a description", "More details: Description: It is locked. - Correlation ID: 1", "It is locked."],
    ["a description at the end", "More details: x - Description: It is locked.", "It is locked."],
    ["no description", "More details: Odd: Description: Not Available", "Odd: Description: Not Available"],
    ["no name of a class", "ManagedIdentityCredential: Authentication failed. Message it is off", "it is off"],
    ["no name of a class, alone", "ManagedIdentityCredential: it is off", "it is off"],
    ["a class behind other words", "by ManagedIdentityCredential: off", "by ManagedIdentityCredential: off"],
    ["no list of errors", "invalid_client: Error(s): 7 - Timestamp: x\nmore", "invalid_client"],
    ["no comma at the end", "it is off, \n", "it is off"],
    ["a comma between words", "off, and away", "off, and away"],
    ["one line of many words", `it is ${"so ".repeat(100)}`, `it is ${"so ".repeat(50)}s...`],
  ])("%s", (_, said, kept) => {
    expect(failed(said, "env").message).toBe(`signing in with env failed: ${kept}`);
  });

  test.each<[rule: string, said: string, kept: string]>([
    ["its first sentence", "x AADSTS1: It is off! It will be. Trace ID: 1", "AADSTS1: It is off!"],
    ["a sentence with dots in words", "AADSTS1: App 1.2.x is off. Go.", "AADSTS1: App 1.2.x is off."],
    ["no trace id", "AADSTS1: It is off Trace ID: 1 Correlation ID: 2", "AADSTS1: It is off"],
    ["no correlation id", "AADSTS1: It is off - Correlation ID: 2", "AADSTS1: It is off"],
    ["no trace id behind a dash", "AADSTS1: It is off - Trace ID: 2", "AADSTS1: It is off"],
    ["a text without a sentence", "AADSTS12: off\nand away", "AADSTS12: off and away"],
    ["at most 300 characters", `AADSTS1: ${"x".repeat(400)}`, `AADSTS1: ${"x".repeat(288)}...`],
  ])("Microsoft Entra's words: %s", (_, said, kept) => {
    expect(failed(said, "env").message).toBe(`Microsoft Entra refused the sign-in (--auth env)\n  ${kept}`);
  });
});

test("a thrown value that is not an Error is reported too, and a known error stays unchanged", () => {
  const refused = signInFailure("it rained", "env", context);
  expect(refused.message).toBe("signing in with env failed: it rained");
  expect(signInFailure(refused, "cli", context)).toBe(refused);
});

test("5,000 characters are searched", () => {
  const behind = (blanks: number) => failed(`${" ".repeat(blanks)}AADSTS70043: Over.`, "cli").code;
  expect([behind(5000 - 12), behind(5000 - 10)]).toEqual(["sign-in-expired", "credential-refused"]);
});

test.each<[method: AuthMethod, probe: boolean, name: string, unavailable: boolean]>([
  ["cli", false, "CredentialUnavailableError", true],
  ["powershell", false, "CredentialUnavailableError", true],
  ["managed-identity", true, "CredentialUnavailableError", true],
  ["managed-identity", false, "CredentialUnavailableError", false],
  ["env", true, "CredentialUnavailableError", false],
  ["workload", true, "CredentialUnavailableError", false],
  ["cli", false, "AuthenticationError", false],
])("%s (to be probed: %s) that throws %s may give way: %s", (method, probe, name, unavailable) => {
  const thrown = Object.assign(new Error("no"), { name });
  expect(isUnavailable(thrown, { method, probe })).toBe(unavailable);
  expect(isUnavailable({ name }, { method, probe })).toBe(false);
});
