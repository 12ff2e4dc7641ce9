import { describe, expect, test } from "vitest";
import { type AuthMethod, authSteps, otherTokenHint } from "../../../src/azure/sign-in/auth-methods.ts";

const CLIENT = { AZURE_CLIENT_ID: "c", AZURE_TENANT_ID: "t" };
const NO_PROOF = "neither AZURE_CLIENT_SECRET nor AZURE_CLIENT_CERTIFICATE_PATH is set";

describe("a credential that the environment does not set up is skipped, and the reason names the missing variables", () => {
  const skipped = (method: AuthMethod, environment: Readonly<Record<string, string>>) =>
    authSteps(method, environment).map(({ skip }) => skip);

  test.each<[method: AuthMethod, environment: Readonly<Record<string, string>>, skip: string | null]>([
    ["token", {}, "AZURE_ACCESS_TOKEN is not set"],
    ["token", { AZURE_ACCESS_TOKEN: " " }, "AZURE_ACCESS_TOKEN is not set"],
    ["token", { AZURE_ACCESS_TOKEN: "x" }, null],
    ["env", {}, "AZURE_CLIENT_ID, AZURE_TENANT_ID are not set"],
    ["env", { AZURE_CLIENT_ID: "c" }, "AZURE_TENANT_ID is not set"],
    ["env", { AZURE_TENANT_ID: "t", AZURE_CLIENT_SECRET: "s" }, "AZURE_CLIENT_ID is not set"],
    ["env", CLIENT, NO_PROOF],
    ["env", { ...CLIENT, AZURE_CLIENT_SECRET: "s" }, null],
    ["env", { ...CLIENT, AZURE_CLIENT_CERTIFICATE_PATH: "p" }, null],
    ["workload", {}, "AZURE_FEDERATED_TOKEN_FILE, AZURE_TENANT_ID, AZURE_CLIENT_ID are not set"],
    ["workload", CLIENT, "AZURE_FEDERATED_TOKEN_FILE is not set"],
    ["workload", { ...CLIENT, AZURE_FEDERATED_TOKEN_FILE: "f" }, null],
    ["managed-identity", {}, null],
    ["cli", {}, null],
    ["powershell", {}, null],
    ["azd", {}, null],
    ["device-code", {}, null],
  ])("%s, where %j is set: %s", (method, environment, skip) => {
    expect(skipped(method, environment)).toEqual([skip]);
  });
});

test.each(["IDENTITY_ENDPOINT", "MSI_ENDPOINT", "AZURE_POD_IDENTITY_AUTHORITY_HOST"])(
  "%s announces a managed identity, which then goes before az and is not probed",
  (name) => {
    const steps = authSteps(null, { [name]: "http://x" });
    expect(steps.map(({ method }) => method)).toEqual(["token", "env", "workload", "managed-identity", "cli"]);
    expect(steps.some(({ probe }) => probe)).toBe(false);
  },
);

test("a machine's identity that nothing announces is probed, and goes last", () => {
  expect(authSteps(null, {}).map(({ method, probe }) => [method, probe])).toEqual([
    ["token", false],
    ["env", false],
    ["workload", false],
    ["cli", false],
    ["managed-identity", true],
  ]);
});

test.each([
  [" Developer ", "unknown AZURE_TOKEN_CREDENTIALS 'Developer'"],
  ["VisualStudioCodeCredential", "AZURE_TOKEN_CREDENTIALS: VisualStudioCodeCredential is not supported"],
])("AZURE_TOKEN_CREDENTIALS: '%s' is rejected with the values that it may have", (value, message) => {
  const hint =
    "set it to dev, prod, EnvironmentCredential, WorkloadIdentityCredential, ManagedIdentityCredential, AzureCliCredential, AzurePowerShellCredential, AzureDeveloperCliCredential; or unset it";
  expect(() => authSteps(null, { AZURE_TOKEN_CREDENTIALS: value })).toThrow(
    expect.objectContaining({ code: "token-credentials", message, hint }),
  );
});

describe("where Azure rejects a token, the hint says how to get another", () => {
  const IDENTITY =
    "a managed identity belongs to its own tenant: check --subscription and --cloud, or choose another --auth";
  const VARIABLE = "set AZURE_TENANT_ID to the subscription's tenant, and check --cloud";
  const LOGIN = "run: az login, with an account of the subscription's tenant, and check --cloud";
  const TOKEN = "set AZURE_ACCESS_TOKEN to a fresh token: az account get-access-token";
  test.each<[method: AuthMethod | null, hint: string, ofTenant: string]>([
    ["token", `${TOKEN} --query accessToken -o tsv`, `${TOKEN} --tenant T1 --query accessToken -o tsv`],
    ["env", VARIABLE, "set AZURE_TENANT_ID to T1, and check --cloud"],
    ["workload", VARIABLE, "set AZURE_TENANT_ID to T1, and check --cloud"],
    ["device-code", VARIABLE, "set AZURE_TENANT_ID to T1, and check --cloud"],
    ["powershell", VARIABLE, "set AZURE_TENANT_ID to T1, and check --cloud"],
    ["azd", VARIABLE, "set AZURE_TENANT_ID to T1, and check --cloud"],
    ["managed-identity", IDENTITY, IDENTITY],
    ["cli", LOGIN, "run: az login --tenant T1"],
    [null, LOGIN, "run: az login --tenant T1"],
  ])("%s", (method, hint, ofTenant) => {
    expect([otherTokenHint(method), otherTokenHint(method, "T1")]).toEqual([hint, ofTenant]);
  });
});
