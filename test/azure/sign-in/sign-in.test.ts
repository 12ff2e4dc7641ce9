import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { AZURE_CLOUDS } from "../../../src/azure/clouds.ts";
import { Scrubber } from "../../../src/azure/failure/scrubber.ts";
import { givenToken } from "../../../src/azure/sign-in/access-token.ts";
import { type AuthMethod, authSteps } from "../../../src/azure/sign-in/auth-methods.ts";
import { identityEndpointAnswers, SignIn, type SignInOptions } from "../../../src/azure/sign-in/sign-in.ts";
import { liveSession, rejection, TOKEN } from "../live.ts";
import { closedGate, fakeAz } from "./fake-az.ts";

const NOW = Date.parse("2026-11-23T00:00:00Z");

const PRINCIPAL = { AZURE_CLIENT_ID: "c", AZURE_TENANT_ID: "t", AZURE_CLIENT_SECRET: "s" };
const WORKLOAD = { AZURE_CLIENT_ID: "c", AZURE_TENANT_ID: "t", AZURE_FEDERATED_TOKEN_FILE: "f" };

describe("the order of credentials", () => {
  for (const [rule, only, environment, tried] of [
    ["nothing set: the Azure CLI, then the machine's identity", null, {}, ["cli", "managed-identity"]],
    [
      "AZURE_ACCESS_TOKEN goes first",
      null,
      { AZURE_ACCESS_TOKEN: "x", ...PRINCIPAL },
      ["token", "env", "cli", "managed-identity"],
    ],
    ["a service principal goes before the Azure CLI", null, PRINCIPAL, ["env", "cli", "managed-identity"]],
    ["a workload identity goes before the Azure CLI", null, WORKLOAD, ["workload", "cli", "managed-identity"]],
    [
      "an announced managed identity goes before the Azure CLI",
      null,
      { IDENTITY_ENDPOINT: "http://x" },
      ["managed-identity", "cli"],
    ],
    [
      "a principal without its secret is passed over",
      null,
      { AZURE_CLIENT_ID: "c", AZURE_TENANT_ID: "t" },
      ["cli", "managed-identity"],
    ],
    ["--auth alone counts", "device-code", PRINCIPAL, ["device-code"]],
  ] as const) {
    test(rule, () => {
      const steps = authSteps(only, environment);
      expect(steps.filter(({ skip }) => skip === null).map(({ method }) => method)).toEqual(tried);
    });
  }

  test("the machine's identity is asked whether it is there only where nothing announces it", () => {
    const probes = (environment: Record<string, string>) =>
      authSteps("managed-identity", environment).map(({ probe }) => probe);
    expect([probes({}), probes({ IDENTITY_ENDPOINT: "http://x" })]).toEqual([[true], [false]]);
  });
});

const jwt = (claims: unknown) => `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.x`;

describe("AZURE_ACCESS_TOKEN", () => {
  for (const [rule, value, token] of [
    ["one word", TOKEN, TOKEN],
    ["a line feed at the end is cut off", `${TOKEN}\n`, TOKEN],
    ["'Bearer' before it is cut off", `Bearer ${TOKEN}`, TOKEN],
    ["a web token that is not over", jwt({ exp: NOW / 1000 + 60 }), jwt({ exp: NOW / 1000 + 60 })],
  ] as const) {
    test(rule, () => expect(givenToken({ AZURE_ACCESS_TOKEN: value }, NOW).token).toBe(token));
  }

  for (const [rule, value, code, line] of [
    ["nothing", undefined, "token-missing", "not signed in to Azure: AZURE_ACCESS_TOKEN is not set"],
    ["blanks", "  ", "token-missing", "not signed in to Azure: AZURE_ACCESS_TOKEN is not set"],
    [
      "az's whole answer",
      `{"accessToken": "${TOKEN}"}`,
      "token-unusable",
      "AZURE_ACCESS_TOKEN holds JSON instead of the token",
    ],
    ["two words", `${TOKEN} x`, "token-unusable", "AZURE_ACCESS_TOKEN is not one word; copy it again"],
    ["one that is over", jwt({ exp: NOW / 1000 - 7200 }), "token-unusable", "AZURE_ACCESS_TOKEN expired 2 h ago"],
  ] as const) {
    test(`${rule} is refused without repeating it`, async () => {
      const error = await rejection(Promise.resolve().then(() => givenToken({ AZURE_ACCESS_TOKEN: value }, NOW)));
      expect(error).toMatchObject({ exit: "notAllowed", code, message: line });
    });
  }
});

const path = process.env.PATH;
afterEach(() => {
  process.env.PATH = path;
});

function signIn(auth: AuthMethod | null, more: Partial<SignInOptions> = {}): SignIn {
  return new SignIn({
    auth,
    cloud: AZURE_CLOUDS.public,
    scope: "https://management.azure.com/.default",
    cliSubscription: null,
    environment: {},
    scrubber: new Scrubber(),
    now: () => NOW,
    onDeviceCode: () => {},
    cliTimeoutMs: 10_000,
    identityEndpointAnswers: async () => false,
    ...more,
  });
}

const AZ_TOKEN = `echo '{"accessToken": "${TOKEN}", "expires_on": ${NOW / 1000 + 3600}}'`;

describe.skipIf(process.platform === "win32")("signing in with the Azure CLI", () => {
  test("az's token serves, asked for once", async () => {
    const calls = join(mkdtempSync(join(tmpdir(), "vnet-explain-az-")), "calls");
    fakeAz(`echo "$@" >> ${calls}; ${AZ_TOKEN}`);
    const session = signIn(null);
    expect((await session.getToken("s")).token).toBe(TOKEN);
    expect((await session.getToken("s")).token).toBe(TOKEN);
    expect(await session.servedBy()).toBe("cli");
    expect(readFileSync(calls, "utf8").trim().split("\n")).toEqual([
      "account get-access-token --output json --resource https://management.azure.com",
    ]);
  });

  test("az is asked for a token of the subscription's tenant where it knows the subscription", async () => {
    fakeAz(`case "$*" in *"--subscription aaaa"*) ${AZ_TOKEN} ;; *) exit 1 ;; esac`);
    expect(await signIn("cli", { cliSubscription: "aaaa" }).servedBy()).toBe("cli");
  });

  test("az's token call has begun before the wait for it ends", async () => {
    const gate = closedGate();
    fakeAz(`read line < ${gate}; ${AZ_TOKEN}`);
    const session = signIn("cli");
    await session.begun;
    writeFileSync(gate, "go\n");
    expect(await session.servedBy()).toBe("cli");
  });

  for (const [rule, script, exit, code, line, hint] of [
    [
      "nobody is signed in",
      `echo "ERROR: Please run 'az login' to setup account." >&2; exit 1`,
      "notAllowed",
      "no-credential",
      "not signed in to Azure: nobody is signed in to az",
      "run: az login",
    ],
    [
      "the sign-in has expired",
      `echo "ERROR: AADSTS700082: The refresh token has expired due to inactivity. To re-authenticate, please run: az login --scope x" >&2; exit 1`,
      "notAllowed",
      "sign-in-expired",
      "the sign-in to Azure has expired (--auth cli)",
      "run: az login",
    ],
    [
      "multifactor is wanted",
      `echo "ERROR: AADSTS50076: you must use multi-factor authentication. az login --scope x" >&2; exit 1`,
      "notAllowed",
      "sign-in-expired",
      "your organisation requires a fresh sign-in (multifactor or conditional access) (--auth cli)",
      "run: az login",
    ],
    [
      "az does not know the subscription",
      `echo "ERROR: Subscription 'x' not found. Check the spelling and casing and try again." >&2; exit 1`,
      "notAllowed",
      "wrong-tenant",
      "the Azure CLI has no access to the subscription (--auth cli)",
      "run az login with an account that has access, or check --subscription",
    ],
    [
      "the sign-in service cannot be reached",
      `echo "ERROR: HTTPSConnectionPool: Max retries exceeded" >&2; exit 1`,
      "failed",
      "sign-in-unreachable",
      "the sign-in service cannot be reached (--auth cli)",
      "check the network, the VPN and HTTPS_PROXY; or run again in a minute",
    ],
    [
      "az prints a token and rubbish",
      `echo 'accessToken: ${TOKEN}'; echo 'trouble with access_token: ${TOKEN}' >&2`,
      "notAllowed",
      "credential-refused",
      "signing in with cli failed: trouble with access_token: [hidden]",
      "see what az says: az account get-access-token",
    ],
    [
      "az prints a warning before the token",
      `echo 'x.py:1: DeprecationWarning'; ${AZ_TOKEN}`,
      "notAllowed",
      "credential-refused",
      "az did not print a token (--auth cli)",
      "see what az says: az account get-access-token",
    ],
    [
      "az crashes",
      `printf 'Traceback (most recent call last):\\n  File "x"\\nModuleNotFoundError: No module named x\\n' >&2; exit 1`,
      "notAllowed",
      "credential-refused",
      "signing in with cli failed: ModuleNotFoundError: No module named x",
      "see what az says: az account get-access-token",
    ],
    [
      "az crashes, as it tells itself",
      `printf 'ERROR: The command failed with an unexpected error. Here is the traceback:\\nERROR: [Errno 28] No space left\\nTraceback (most recent call last):\\n  File "x"\\nOSError: [Errno 28] No space left\\nTo check existing issues, please visit: x\\n' >&2; exit 1`,
      "notAllowed",
      "credential-refused",
      "signing in with cli failed: OSError: [Errno 28] No space left",
      "see what az says: az account get-access-token",
    ],
    [
      "the sign-in has expired, told with the advice of newer versions",
      `printf 'ERROR: AADSTS700082: The refresh token has expired due to inactivity.\\nInteractive authentication is needed. Please run:\\naz logout\\naz login --tenant "t" --scope "s"\\n' >&2; exit 1`,
      "notAllowed",
      "sign-in-expired",
      "the sign-in to Azure has expired (--auth cli)",
      'run: az login --tenant "t" --scope "s"',
    ],
    [
      "az wants a sign-in for a reason not known here",
      `printf 'ERROR: AADSTS99999: Something new.\\nInteractive authentication is needed. Please run:\\naz login\\n' >&2; exit 1`,
      "notAllowed",
      "sign-in-expired",
      "az must sign in again (--auth cli)",
      "run: az login",
    ],
    [
      "az prints without end",
      "yes",
      "notAllowed",
      "credential-refused",
      "az did not print a token (--auth cli)",
      "see what az says: az account get-access-token",
    ],
    [
      "az prints a token that no header can hold",
      `echo '{"accessToken": "a\\u0142b", "expires_on": 4102444800}'`,
      "notAllowed",
      "credential-refused",
      "az did not print a token (--auth cli)",
      "see what az says: az account get-access-token",
    ],
    [
      "az prints a token that never was valid for any time",
      `echo '{"accessToken": "x"}'`,
      "notAllowed",
      "credential-refused",
      "az did not print a token (--auth cli)",
      "see what az says: az account get-access-token",
    ],
    [
      "az prints nothing",
      "exit 1",
      "notAllowed",
      "credential-refused",
      "az returned no token (--auth cli)",
      "see what az says: az account get-access-token",
    ],
  ] as const) {
    test(rule, async () => {
      fakeAz(script);
      const error = await rejection(signIn("cli").servedBy());
      expect(error).toMatchObject({ exit, code, hint });
      expect((error as Error).message.split("\n")[0]).toBe(line);
      expect(JSON.stringify(error) + (error as Error).message).not.toContain(TOKEN);
    });
  }

  test("no credential: each one that was tried, with why", async () => {
    process.env.PATH = mkdtempSync(join(tmpdir(), "vnet-explain-az-"));
    const error = await rejection(signIn(null).servedBy());
    expect((error as Error).message.split("\n")).toEqual([
      "not signed in to Azure; tried:",
      "  token: AZURE_ACCESS_TOKEN is not set",
      "  env: AZURE_CLIENT_ID, AZURE_TENANT_ID are not set",
      "  workload: AZURE_FEDERATED_TOKEN_FILE, AZURE_TENANT_ID, AZURE_CLIENT_ID are not set",
      "  cli: az is not installed",
      "  managed-identity: this machine has no managed identity endpoint",
    ]);
    expect(error).toMatchObject({ exit: "notAllowed", code: "no-credential", hint: "run: az login" });
  });

  const ONLY = "not signed in to Azure: ";
  for (const [rule, auth, more, message, hint] of [
    [
      "in another cloud",
      null,
      { cloud: AZURE_CLOUDS.usgov },
      null,
      "run: az cloud set --name AzureUSGovernment && az login",
    ],
    [
      "by the environment alone",
      "env",
      {},
      `${ONLY}AZURE_CLIENT_ID, AZURE_TENANT_ID are not set`,
      "set that up, or run az login and leave --auth out",
    ],
    [
      "by the environment alone, in another cloud",
      "env",
      { cloud: AZURE_CLOUDS.china },
      `${ONLY}AZURE_CLIENT_ID, AZURE_TENANT_ID are not set`,
      "set that up, or run az cloud set --name AzureChinaCloud && az login and leave --auth out",
    ],
    [
      "by the machine's identity alone",
      "managed-identity",
      {},
      `${ONLY}this machine has no managed identity endpoint`,
      "set that up, or run az login and leave --auth out",
    ],
    ["by az alone", "cli", {}, `${ONLY}az is not installed`, "install the Azure CLI, then run: az login"],
    [
      "by a token alone",
      "token",
      {},
      `${ONLY}AZURE_ACCESS_TOKEN is not set`,
      "set it to the output of: az account get-access-token --query accessToken -o tsv",
    ],
    [
      "by what AZURE_TOKEN_CREDENTIALS allows",
      null,
      { environment: { AZURE_TOKEN_CREDENTIALS: " AzureCliCredential " } },
      "not signed in to Azure; tried:\n  token: AZURE_ACCESS_TOKEN is not set\n  cli: az is not installed",
      "AZURE_TOKEN_CREDENTIALS=AzureCliCredential allows only these: set one of them up, or unset it",
    ],
    [
      "by az alone, whatever AZURE_TOKEN_CREDENTIALS allows",
      "cli",
      { environment: { AZURE_TOKEN_CREDENTIALS: "prod" } },
      `${ONLY}az is not installed`,
      "install the Azure CLI, then run: az login",
    ],
  ] satisfies readonly [string, AuthMethod | null, Partial<SignInOptions>, string | null, string][]) {
    test(`no credential ${rule}: what to do`, async () => {
      process.env.PATH = mkdtempSync(join(tmpdir(), "vnet-explain-az-"));
      const error = await rejection(signIn(auth, more).servedBy());
      expect(error).toMatchObject({ hint });
      if (message !== null) expect(error).toMatchObject({ message });
    });
  }

  for (const [rule, script, expected] of [
    [
      "nobody signed in, without 'ERROR:' and quotes",
      "Please run az login to setup account.",
      "nobody is signed in to az",
    ],
    ["more words before it", "x ERROR: Please run 'az login' to setup account.", null],
    ["more words behind it", "ERROR: Please run 'az login' to setup account. x", null],
    ["Windows without az", "'az' is not recognized as an internal or external command", "az is not installed"],
  ] as const) {
    test(`what az says: ${rule}`, async () => {
      fakeAz(`echo "${script}" >&2; exit 1`);
      const error = await rejection(signIn("cli").servedBy());
      expect(error).toMatchObject(
        expected === null
          ? { code: "sign-in-expired", message: "az must sign in again (--auth cli)" }
          : { code: "no-credential", message: `${ONLY}${expected}` },
      );
    });
  }

  for (const [scope, cliSubscription, message] of [
    ["https://x/$(reboot)/.default", null, "az is not asked: the scope holds characters that no scope has"],
    ["https://x/.default", "a b", "az is not asked: the subscription holds characters that no subscription has"],
    ["https://x/.default", "", "az is not asked: the subscription holds characters that no subscription has"],
  ] as const) {
    test(`a shell must have nothing to act on: ${message}`, async () => {
      fakeAz(AZ_TOKEN);
      expect(await rejection(signIn("cli", { scope, cliSubscription }).servedBy())).toMatchObject({
        message: `signing in with cli failed: ${message}`,
      });
    });
  }

  test("az is asked for errors alone, since a warning would come before its reason", async () => {
    fakeAz(`[ "$AZURE_CORE_ONLY_SHOW_ERRORS" = yes ] || echo "WARNING: something" >&2; echo "ERROR: no" >&2; exit 1`);
    expect((await rejection(signIn("cli").servedBy())) as Error).toMatchObject({
      message: expect.stringMatching(/failed: ERROR: no/),
    });
  });

  test("a warning on stderr hides no token, even if it names az login", async () => {
    fakeAz(`echo "WARNING: az login will change" >&2; ${AZ_TOKEN}`);
    expect(await signIn("cli").servedBy()).toBe("cli");
  });

  test("the token is used as soon as it is printed, even if az still runs", async () => {
    const gate = closedGate();
    fakeAz(`${AZ_TOKEN}; read line < ${gate}`);
    expect(await signIn("cli").servedBy()).toBe("cli");
    writeFileSync(gate, "go\n");
  });

  for (const [rule, script] of [
    ["in many pieces", `printf '{"a": "%0200000d", "accessToken": "${TOKEN}", "expires_on": 4102444800}' 7`],
    [
      "with its expiry as local time, as az before 2.54 tells it",
      `echo '{"accessToken": "${TOKEN}", "expiresOn": "2100-01-01 00:00:00.000000"}'`,
    ],
  ] as const) {
    test(`az prints the token ${rule}`, async () => {
      fakeAz(script);
      expect((await signIn("cli").getToken("s")).token).toBe(TOKEN);
    });
  }

  test("az does not support claims challenges: the hint is to sign in again", async () => {
    fakeAz(AZ_TOKEN);
    expect(await rejection(signIn("cli").getToken("s", { claims: "{}" }))).toMatchObject({ code: "sign-in-expired" });
  });

  for (const [cloud, script, hint] of [
    ["usgov", "AADSTS700082", "run: az login (after az cloud set --name AzureUSGovernment)"],
    ["china", "AADSTS700082", "run: az login (after az cloud set --name AzureChinaCloud)"],
    ["usgov", "Max retries exceeded", "check the network, the VPN and HTTPS_PROXY; or run again in a minute"],
  ] as const) {
    test(`${script} in ${cloud}: ${hint}`, async () => {
      fakeAz(`echo "ERROR: ${script}" >&2; exit 1`);
      expect(await rejection(signIn("cli", { cloud: AZURE_CLOUDS[cloud] }).servedBy())).toMatchObject({ hint });
    });
  }

  test("the error of the time limit names an az that does not end", async () => {
    const gate = closedGate();
    fakeAz(`read line < ${gate}`);
    const environment = { AZURE_CONFIG_DIR: "/dev/null/none" };
    const session = liveSession({ url: "http://127.0.0.1:9" }, { environment, auth: "cli", timeoutMs: 500 });
    expect(await rejection(session.serviceTags())).toMatchObject({
      code: "timeout",
      message: "timed out after 1 s signing in with cli, before reading the service tags",
      hint: expect.stringMatching(/az account get-access-token/),
    });
    writeFileSync(gate, "go\n", { flag: "r+" });
  });

  for (const [rule, script, code] of [
    [
      "an expired sign-in",
      `printf 'ERROR: AADSTS70043: The refresh token has expired\\nPlease run:\\naz login\\n' >&2; exit 1`,
      "sign-in-expired",
    ],
    ["a crash", `echo "Traceback: ModuleNotFoundError" >&2; exit 1`, "credential-refused"],
    ["a crash without a word", "kill -9 $$", "credential-refused"],
    ["a refusal that says 'not available'", `echo "ERROR: it is not available" >&2; exit 1`, "credential-refused"],
    ["a refusal that names az login", `echo "ERROR: AADSTS1: No. Run 'az login'" >&2; exit 1`, "sign-in-expired"],
  ] as const) {
    test(`az is not passed over for the machine's identity after ${rule}`, async () => {
      fakeAz(script);
      let asked = false;
      const identityEndpointAnswers = async () => {
        asked = true;
        return false;
      };
      expect(await rejection(signIn(null, { identityEndpointAnswers }).servedBy())).toMatchObject({ code });
      expect(asked).toBe(false);
    });
  }
});

describe.skipIf(process.platform === "win32")("an az that cannot be started", () => {
  const tried = async () => {
    let asked = false;
    const identityEndpointAnswers = async () => {
      asked = true;
      return false;
    };
    const error = await rejection(signIn(null, { identityEndpointAnswers }).servedBy());
    return { error, asked };
  };

  test("since its Python is gone, is not passed over for the machine's identity", async () => {
    fakeAz("import azure.cli", "/nonexistent/python3");
    process.env.PATH = process.env.PATH?.split(":")[0]; // without the az of this machine
    expect(await tried()).toMatchObject({
      error: { code: "credential-refused", message: "signing in with cli failed: az cannot be started (ENOENT)" },
      asked: false,
    });
  });

  test("since there is none, is passed over", async () => {
    process.env.PATH = mkdtempSync(join(tmpdir(), "vnet-explain-az-"));
    expect(await tried()).toMatchObject({ error: { code: "no-credential" }, asked: true });
  });
});

describe("the machine's identity endpoint", () => {
  for (const [rule, status, there] of [
    ["refuses a request without its header", 400, true],
    ["answers", 200, true],
    ["lacks the address", 404, false],
    ["a container's stand-in", 403, false],
  ] as const) {
    test(rule, async () => {
      const server = createServer((_, response) => response.writeHead(status).end());
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      expect(await identityEndpointAnswers(`http://127.0.0.1:${port}/`)).toBe(there);
      server.close();
    });
  }

  test("where nothing listens, there is none", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    expect(await identityEndpointAnswers(`http://127.0.0.1:${port}/`)).toBe(false);
  });

  test("one that never answers is given up on in time", async () => {
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    expect(await identityEndpointAnswers(`http://127.0.0.1:${port}/`, 50)).toBe(false);
    server.closeAllConnections();
    server.close();
  });
});

const ID = "aaaaaaaa-0000-0000-0000-000000000001";
const OWN = "bbbbbbbb-0000-0000-0000-000000000002";

describe("hiding credentials and subscriptions", () => {
  for (const [rule, text, hidden] of [
    ["a bearer header", "Authorization: Bearer abc.def", "Authorization: [hidden]"],
    ["a web token", "got eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.sig here", "got [hidden] here"],
    ["a field of JSON", '{"accessToken":"abcdef","x":1}', '{"accessToken":"[hidden]","x":1}'],
    ["a field of a form", "client_secret=abc&x=1", "client_secret=[hidden]&x=1"],
    ["a secret of the environment", "it is hush-hush", "it is [hidden]"],
    [
      "a subscription's id in a resource id",
      `scope '/subscriptions/${ID}/x'`,
      "scope '/subscriptions/[subscription]/x'",
    ],
    ["in an address", `?s=%2Fsubscriptions%2F${ID}%2F`, "?s=%2Fsubscriptions%2F[subscription]%2F"],
    ["after the word", `The subscription '${ID}' is`, "The subscription '[subscription]' is"],
    ["after the bare word", `subscription ${ID} is`, "subscription [subscription] is"],
    ["after the words", `subscription id ${ID} is`, "subscription id [subscription] is"],
    ["after the word and a colon", `Subscription: ${ID}`, "Subscription: [subscription]"],
    ["in a field", `{"subscriptionId":"${ID}"}`, '{"subscriptionId":"[subscription]"}'],
    ["that of the environment, anywhere, in any case", `in ${OWN.toUpperCase()}!`, "in [subscription]!"],
    ["another id stays", `request id ${ID}`, `request id ${ID}`],
    ["an ordinary text stays", "GET /subscriptions/x: 404", "GET /subscriptions/x: 404"],
  ] as const) {
    const environment = { AZURE_CLIENT_SECRET: "hush-hush", AZURE_SUBSCRIPTION_ID: OWN };
    test(rule, () => expect(new Scrubber(environment).scrub(text)).toBe(hidden));
  }

  test("-v shows subscriptions, and no credential", () => {
    const scrubber = new Scrubber({ AZURE_CLIENT_SECRET: "hush-hush", AZURE_SUBSCRIPTION_ID: OWN }, true);
    const text = `/subscriptions/${ID} ${OWN}`;
    expect(scrubber.scrub(`${text} hush-hush`)).toBe(`${text} [hidden]`);
  });
});
