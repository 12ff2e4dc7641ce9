import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AzureDeveloperCliCredential } from "@azure/identity";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { AZURE_CLOUDS, type CloudName } from "../../../src/azure/clouds.ts";
import { Scrubber } from "../../../src/azure/failure/scrubber.ts";
import { type AuthMethod, authSteps } from "../../../src/azure/sign-in/auth-methods.ts";
import { SignIn } from "../../../src/azure/sign-in/sign-in.ts";
import type { Environment } from "../../../src/azure/sign-in/subscription.ts";
import { rejection, TOKEN } from "../live.ts";

const END = "2100-01-01T00:00:00Z";
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "vnet-explain-tools-"));
  vi.stubEnv("PATH", `${directory}:/bin:/usr/bin`);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Puts a program before every other, which notes its arguments in a file. */
function fake(name: string, script: string): void {
  const path = join(directory, name);
  writeFileSync(path, `#!/bin/sh\necho "$@" >> ${path}.calls\n${script}\n`);
  chmodSync(path, 0o755);
}
const calls = (name: string) => readFileSync(join(directory, `${name}.calls`), "utf8");

/** SDK 4.14 tries `pwsh /?` first. */
const pwsh = (script: string) => fake("pwsh", `[ "$1" = "/?" ] && exit 0\n${script}`);
const PWSH_TOKEN = `echo '{"ExpiresOn": "${END}", "Token": "${TOKEN}"}'`;
const AZD_TOKEN = `echo '{"token": "${TOKEN}", "expiresOn": "${END}"}'`;

function signIn(auth: AuthMethod | null, environment: Environment = {}, cloud: CloudName = "public"): SignIn {
  return new SignIn({
    auth,
    cloud: AZURE_CLOUDS[cloud],
    scope: `${AZURE_CLOUDS[cloud].armEndpoint}/.default`,
    cliSubscription: null,
    environment,
    scrubber: new Scrubber(),
    now: Date.now,
    onDeviceCode: () => {},
    cliTimeoutMs: 10_000,
    identityEndpointAnswers: async () => false,
  });
}

describe.skipIf(process.platform === "win32")("signing in with a developer's tool", () => {
  test("Azure PowerShell's token serves, for the cloud's audience and the tenant of AZURE_TENANT_ID", async () => {
    const asked = join(directory, "asked");
    pwsh(`echo "$AZURE_IDENTITY_POWERSHELL_RESOURCE $AZURE_IDENTITY_POWERSHELL_TENANT_ID" > ${asked}; ${PWSH_TOKEN}`);
    const session = signIn("powershell", { AZURE_TENANT_ID: "contoso.example" }, "usgov");
    expect((await session.getToken("s")).token).toBe(TOKEN);
    expect(await session.servedBy()).toBe("powershell");
    expect(readFileSync(asked, "utf8")).toBe("https://management.usgovcloudapi.net contoso.example\n");
  });

  test("azd's token serves, for the cloud's audience and the tenant of AZURE_TENANT_ID", async () => {
    fake("azd", AZD_TOKEN);
    const session = signIn("azd", { AZURE_TENANT_ID: "contoso.example" });
    expect((await session.getToken("s")).token).toBe(TOKEN);
    expect(await session.servedBy()).toBe("azd");
    expect(calls("azd").trim()).toBe(
      "auth token --output json --no-prompt --scope https://management.azure.com/.default --tenant-id contoso.example",
    );
  });

  for (const [rule, method, script, code, message, hint] of [
    [
      "its module is missing",
      "powershell",
      `echo "Import-Module: The specified module 'Az.Accounts' with version '2.2.0' was not loaded because no valid module file was found in any module directory." >&2; exit 1`,
      "no-credential",
      /^not signed in to Azure: PowerShell has no module Az.Accounts 2.2 or later$/,
      /Install-Module Az.Accounts/,
    ],
    [
      "nobody is signed in to PowerShell",
      "powershell",
      `printf '\\033[31;1mRun Connect-AzAccount to login.\\033[0m\\n' >&2; exit 1`,
      "no-credential",
      /^not signed in to Azure: nobody is signed in to Azure in PowerShell$/,
      /^run in PowerShell: Connect-AzAccount$/,
    ],
    [
      "PowerShell's sign-in has expired",
      "powershell",
      `printf '\\033[31;1mYour Azure credentials have not been set up or have expired, please run Connect-AzAccount\\033[0m' >&2; exit 1`,
      "sign-in-expired",
      /^PowerShell must sign in to Azure again \(--auth powershell\)$/,
      /^run in PowerShell: Connect-AzAccount$/,
    ],
    [
      "Entra refuses PowerShell's user",
      "powershell",
      `echo "AADSTS50076: Due to a configuration change, you must use multi-factor authentication. Trace ID: x" >&2; exit 1`,
      "sign-in-expired",
      /multifactor.*\(--auth powershell\)\n {2}AADSTS50076: /,
      /^run in PowerShell: Connect-AzAccount$/,
    ],
    [
      "PowerShell fails",
      "powershell",
      `printf '\\033[31;1mGet-AzAccessToken: something broke\\033[0m' >&2; exit 1`,
      "credential-refused",
      /^signing in with powershell failed: something broke$/,
      /Connect-AzAccount/,
    ],
    ["azd is missing", "azd", null, "no-credential", /azd is not installed$/, /^install the Azure Developer CLI/],
    [
      "nobody is signed in to azd",
      "azd",
      `echo '{"error":"not logged in, run \`azd auth login\` to login","message":"x"}' >&2; exit 1`,
      "no-credential",
      /^not signed in to Azure: nobody is signed in to azd$/,
      /^run: azd auth login$/,
    ],
    [
      "azd wants a fresh sign-in",
      "azd",
      `echo '{"error":"reauthentication required, run \`azd auth login --scope x\` to log in"}' >&2; exit 1`,
      "sign-in-expired",
      /\(--auth azd\)/,
      /^run: azd auth login$/,
    ],
    [
      "Entra refuses azd's application",
      "azd",
      `echo '{"error":"AADSTS7000215: Invalid client secret provided. Trace ID: y"}' >&2; exit 1`,
      "credential-refused",
      /\(--auth azd\)\n {2}AADSTS7000215: Invalid client secret provided\./,
      /azd auth login/,
    ],
    [
      "azd prints nothing",
      "azd",
      "exit 1",
      "credential-refused",
      /failed: azd did not print a token$/,
      /azd auth login/,
    ],
    [
      "PowerShell prints something else",
      "powershell",
      "echo hello",
      "credential-refused",
      /failed: PowerShell did not print a token$/,
      /Connect-AzAccount/,
    ],
  ] satisfies readonly [string, "powershell" | "azd", string | null, string, RegExp, RegExp][]) {
    test(rule, async () => {
      if (script !== null && method === "powershell") pwsh(script);
      if (script !== null && method === "azd") fake("azd", script);
      expect(await rejection(signIn(method).servedBy())).toMatchObject({
        exit: "notAllowed",
        code,
        message: expect.stringMatching(message),
        hint: expect.stringMatching(hint),
      });
    });
  }

  for (const [cloud, method, hint] of [
    ["usgov", "powershell", "run in PowerShell: Connect-AzAccount -Environment AzureUSGovernment"],
    ["china", "azd", "run: azd auth login (after azd config set cloud.name AzureChinaCloud)"],
  ] as const) {
    test(`${method} in ${cloud}: ${hint}`, async () => {
      pwsh("echo 'Run Connect-AzAccount to login' >&2; exit 1");
      fake("azd", "echo 'not logged in, run `azd auth login` to login' >&2; exit 1");
      expect(await rejection(signIn(method, {}, cloud).servedBy())).toMatchObject({ hint });
    });
  }
});

test("a credential that gives no token is refused", async () => {
  vi.spyOn(AzureDeveloperCliCredential.prototype, "getToken").mockResolvedValue(null as never);
  expect(await rejection(signIn("azd").servedBy())).toMatchObject({
    code: "credential-refused",
    message: "signing in to Azure returned no token",
    hint: "run: az login",
  });
});

const PRINCIPAL = { AZURE_CLIENT_ID: "c", AZURE_TENANT_ID: "t", AZURE_CLIENT_SECRET: "s" };

describe("AZURE_TOKEN_CREDENTIALS", () => {
  for (const [value, methods] of [
    ["", ["token", "env", "workload", "cli", "managed-identity"]],
    ["dev", ["token", "cli", "powershell", "azd"]],
    [" Prod ", ["token", "env", "workload", "managed-identity"]],
    ["EnvironmentCredential", ["token", "env"]],
    ["workloadidentitycredential", ["token", "workload"]],
    ["MANAGEDIDENTITYCREDENTIAL", ["token", "managed-identity"]],
    ["AzureCliCredential", ["token", "cli"]],
    ["AzurePowerShellCredential", ["token", "powershell"]],
    ["AzureDeveloperCliCredential", ["token", "azd"]],
  ] as const) {
    test(`'${value}' tries ${methods.join(", ")}`, () => {
      expect(authSteps(null, { AZURE_TOKEN_CREDENTIALS: value }).map(({ method }) => method)).toEqual(methods);
    });
  }

  test("--auth counts more", () => {
    expect(authSteps("cli", { AZURE_TOKEN_CREDENTIALS: "nonsense" }).map(({ method }) => method)).toEqual(["cli"]);
  });

  for (const [value, message] of [
    ["developer", "unknown AZURE_TOKEN_CREDENTIALS 'developer'"],
    ["constructor", "unknown AZURE_TOKEN_CREDENTIALS 'constructor'"],
    ["VisualStudioCodeCredential", /VisualStudioCodeCredential is not supported$/],
  ] as const) {
    test(`'${value}' is an error, before any credential is tried`, async () => {
      expect(await rejection(signIn(null, { ...PRINCIPAL, AZURE_TOKEN_CREDENTIALS: value }).servedBy())).toMatchObject({
        exit: "usage",
        code: "token-credentials",
        message: typeof message === "string" ? message : expect.stringMatching(message),
        hint: expect.stringMatching(/dev, prod, EnvironmentCredential, .*; or unset it$/),
      });
    });
  }

  test.skipIf(process.platform === "win32")("dev skips tools without a sign-in, and lists what it tried", async () => {
    fake("az", `echo "ERROR: Please run 'az login' to setup account." >&2; exit 1`);
    pwsh("echo 'Run Connect-AzAccount to login' >&2; exit 1");
    fake("azd", AZD_TOKEN);
    const environment = { ...PRINCIPAL, AZURE_TOKEN_CREDENTIALS: "dev" };
    expect(await signIn(null, environment).servedBy()).toBe("azd");
    fake("azd", "echo 'not logged in, run `azd auth login` to login' >&2; exit 1");
    const error = await rejection(signIn(null, environment).servedBy());
    expect((error as Error).message.split("\n").slice(2)).toEqual([
      "  cli: nobody is signed in to az",
      "  powershell: nobody is signed in to Azure in PowerShell",
      "  azd: nobody is signed in to azd",
    ]);
    expect(error).toMatchObject({
      hint: "AZURE_TOKEN_CREDENTIALS=dev allows only these: set one of them up, or unset it",
    });
  });

  test.skipIf(process.platform === "win32")("a refusal of PowerShell's user does not give way to azd", async () => {
    fake("az", `echo "ERROR: Please run 'az login' to setup account." >&2; exit 1`);
    pwsh(`echo "AADSTS700082: The refresh token has expired due to inactivity." >&2; exit 1`);
    fake("azd", AZD_TOKEN);
    const error = await rejection(signIn(null, { AZURE_TOKEN_CREDENTIALS: "dev" }).servedBy());
    expect(error).toMatchObject({ code: "sign-in-expired", message: expect.stringContaining("--auth powershell") });
  });
});

// The last test, because the SDK remembers a missing PowerShell.
test.skipIf(process.platform === "win32")("PowerShell is missing", async () => {
  expect(await rejection(signIn("powershell").servedBy())).toMatchObject({
    code: "no-credential",
    message: "not signed in to Azure: PowerShell (pwsh) is not installed",
    hint: expect.stringMatching(/^install PowerShell/),
  });
});
