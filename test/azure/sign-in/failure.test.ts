import { expect, test } from "vitest";
import { AZURE_CLOUDS } from "../../../src/azure/clouds.ts";
import { Scrubber } from "../../../src/azure/failure/scrubber.ts";
import type { AuthMethod } from "../../../src/azure/sign-in/auth-methods.ts";
import { signInFailure } from "../../../src/azure/sign-in/failure.ts";

const context = { cloud: AZURE_CLOUDS.public, scrubber: new Scrubber() };

test.each([
  ["at its start", "AADSTS700082: expired.", 0, "sign-in-expired"],
  [
    "behind a megabyte of what nearly fits, which would take hours to look through",
    "Subscription 'x",
    70_000,
    "credential-refused",
  ],
])("a known reason is found in what was said: %s", (_, said, times, code) => {
  const error = signInFailure(new Error(said.repeat(times + 1)), "cli", context);
  expect(error).toMatchObject({ name: "UserError", code });
  expect(error.message.split("\n")[0]?.length).toBeLessThan(200);
});

const failed = (said: string, method: AuthMethod) => signInFailure(new Error(said), method, context);

test.each<[said: string, method: AuthMethod, code: string, message: string, hint: RegExp]>([
  ["AADSTS53003: Blocked.", "cli", "sign-in-expired", "a conditional access policy blocks", /^sign in from a device/],
  ["AADSTS530032: Blocked.", "env", "sign-in-expired", "a conditional access policy blocks", /^ask the tenant's/],
  ["AADSTS50076: MFA.", "cli", "sign-in-expired", "your organisation requires a fresh sign-in", /^run: az login$/],
  ["AADSTS50079: MFA.", "powershell", "sign-in-expired", "your organisation requires", /Connect-AzAccount$/],
  [
    "AADSTS50158: MFA.",
    "device-code",
    "sign-in-expired",
    "your organisation requires",
    /as your organisation requires$/,
  ],
  ["the claims challenge", "env", "sign-in-expired", "your organisation requires", /^ask the tenant's administrators/],
  ["AADSTS700082: Old.", "azd", "sign-in-expired", "the sign-in to Azure has expired", /^run: azd auth login$/],
  ["refresh token has expired", "cli", "sign-in-expired", "the sign-in to Azure has expired", /^run: az login$/],
  ["expired due to inactivity", "device-code", "sign-in-expired", "the sign-in to Azure has expired", /once more$/],
  ["AADSTS700024: Old.", "cli", "sign-in-expired", "the credential is not valid at this time", /^a pipeline's sign-in/],
  ["AADSTS700024: Old.", "env", "sign-in-expired", "the credential is not valid at this time", /clock$/],
  ["AADSTS700024: Old.", "workload", "sign-in-expired", "the credential is not valid", /AZURE_FEDERATED_TOKEN_FILE/],
  ["AADSTS7000112: No.", "env", "credential-refused", "the application is disabled in its tenant", /to enable it$/],
  [
    "AADSTS7000215: No.",
    "env",
    "credential-refused",
    "Microsoft Entra refused the credential",
    /secret or certificate/,
  ],
  ["AADSTS700016: No.", "cli", "credential-refused", "Microsoft Entra refused the credential", /service principal's/],
  ["AADSTS70021: No.", "workload", "credential-refused", "Microsoft Entra refused the credential", /federation$/],
  ["AADSTS7000218: No.", "managed-identity", "credential-refused", "Microsoft Entra refused", /has an identity/],
  [
    "AADSTS700027: No.",
    "device-code",
    "credential-refused",
    "Microsoft Entra refused",
    /^run again and sign in once more$/,
  ],
  ["AADSTS50059: No tenant.", "cli", "wrong-tenant", "the sign-in does not name a tenant", /^run: az login --tenant/],
  ["AADSTS50194: No.", "powershell", "wrong-tenant", "the sign-in does not name a tenant", /-Tenant TENANT$/],
  ["AADSTS50194: No.", "azd", "wrong-tenant", "the sign-in does not name a tenant", /--tenant-id TENANT$/],
  ["AADSTS50194: No.", "env", "wrong-tenant", "the sign-in does not name a tenant", /^set AZURE_TENANT_ID/],
  [
    "AADSTS90002: No.",
    "cli",
    "wrong-tenant",
    "the tenant does not have this account",
    /az login --tenant TENANT; check --cloud/,
  ],
  ["AADSTS50020: No.", "env", "wrong-tenant", "the tenant does not have this account", /^check that AZURE_TENANT_ID/],
  ["AADSTS90033: Busy.", "env", "sign-in-unreachable", "the sign-in service is busy", /^run again in a minute$/],
  ["temporarily_unavailable", "cli", "sign-in-unreachable", "the sign-in service is busy", /^run again in a minute$/],
  ["Http status code: 429", "cli", "sign-in-unreachable", "the sign-in service is busy", /^run again in a minute$/],
  ["Http status code: 503", "cli", "sign-in-unreachable", "the sign-in service is busy", /^run again in a minute$/],
  ["Http status code: 407", "env", "sign-in-unreachable", "the proxy requires a sign-in", /HTTPS_PROXY/],
  ["Http status code: 302", "env", "sign-in-unreachable", "another server answered", /a portal may want/],
  ["Http status code: 403", "env", "sign-in-unreachable", "another server answered", /a portal may want/],
  [
    "Subscription 'x' not found",
    "cli",
    "wrong-tenant",
    "the Azure CLI has no access",
    /has access, or check --subscription$/,
  ],
  ["the subscription of x doesn't exist", "cli", "wrong-tenant", "the Azure CLI has no access", /^run az login/],
  ["CERTIFICATE_VERIFY_FAILED", "cli", "sign-in-unreachable", "certificate is not trusted", /REQUESTS_CA_BUNDLE/],
  ["self-signed certificate", "env", "sign-in-unreachable", "certificate is not trusted", /NODE_EXTRA_CA_CERTS/],
  [
    "getaddrinfo ENOTFOUND x",
    "env",
    "sign-in-unreachable",
    "the sign-in service cannot be reached",
    /^check the network/,
  ],
  ["network_error", "managed-identity", "sign-in-unreachable", "cannot be reached", /identity endpoint/],
  ["az gave no token", "cli", "credential-refused", "az gave no token", /az account get-access-token$/],
  ["az did not print a token", "cli", "credential-refused", "az did not print a token", /get-access-token$/],
  ["Interactive authentication is needed", "cli", "sign-in-expired", "az must sign in again", /^run: az login$/],
  [
    "run Connect-AzAccount",
    "powershell",
    "sign-in-expired",
    "PowerShell must sign in to Azure again",
    /Connect-AzAccount$/,
  ],
  ["reauthentication required", "azd", "sign-in-expired", "azd must sign in again", /^run: azd auth login$/],
  ["it rained", "cli", "credential-refused", "signing in with cli failed: it rained", /get-access-token$/],
  ["it rained", "env", "credential-refused", "signing in with env failed: it rained", /^check AZURE_CLIENT_ID/],
  ["AADSTS1: Odd.", "env", "credential-refused", "Microsoft Entra refused the sign-in", /^check AZURE_CLIENT_ID/],
])("'%s' with %s is %s: %s", (said, method, code, message, hint) => {
  const error = failed(said, method);
  expect(error).toMatchObject({ code, hint: expect.stringMatching(hint) });
  expect(error.message).toContain(message);
  const [, entra] = /^(AADSTS.*)$/.exec(said) ?? [];
  expect(error.message.split("\n")[1]?.trim()).toBe(entra);
});

test.each([
  ["az is not installed", "install the Azure CLI, then run: az login"],
  ["PowerShell (pwsh) is not installed", "install PowerShell and its module Az.Accounts, then run: Connect-AzAccount"],
  ["PowerShell has no module Az.Accounts", "run in PowerShell: Install-Module Az.Accounts; then: Connect-AzAccount"],
  ["azd is not installed", "install the Azure Developer CLI, then run: azd auth login"],
  ["nobody signed in", "run: az login"],
])("where a credential is not set up, '%s' says what to do", (said, hint) => {
  const error = signInFailure(new Error(said), "cli", context, true);
  expect(error).toMatchObject({ code: "no-credential", message: said, hint });
});
