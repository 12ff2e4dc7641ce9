import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { AZURE_CLOUDS } from "../../../src/azure/clouds.ts";
import { Scrubber } from "../../../src/azure/failure/scrubber.ts";
import type { AuthMethod } from "../../../src/azure/sign-in/auth-methods.ts";
import { signInFailure } from "../../../src/azure/sign-in/failure.ts";
import { SignIn } from "../../../src/azure/sign-in/sign-in.ts";
import { rejection } from "../live.ts";
import { type LoopbackAuthority, startLoopbackAuthority, type TokenReply } from "../loopback-authority.ts";
import { throwAwayCertificate } from "../throw-away-certificate.ts";

const certificate = throwAwayCertificate();

/**
 * Microsoft Entra's answer, as https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 * shows it.
 */
function entra(code: number, text: string, error = "invalid_client"): TokenReply {
  const about = "Trace ID: 0f0f Correlation ID: 1f1f Timestamp: 2026-11-23 00:00:00Z";
  const error_description = `AADSTS${code}: ${text} ${about}`;
  return { status: 401, body: { error, error_description, error_codes: [code], trace_id: "0f0f" } };
}

const NOT_IN_TIME =
  "Client assertion is not within its valid time range. Current time: 2026-11-23T00:10:00.0000000Z, expiry time of assertion 2026-11-23T00:05:00.0000000Z.";

describe.skipIf(certificate === null || process.platform === "win32")("a refused credential of the environment", () => {
  let authority: LoopbackAuthority;
  let reply: TokenReply;
  beforeAll(async () => {
    if (certificate !== null) authority = await startLoopbackAuthority("x", certificate.tls, () => reply);
  });
  afterAll(() => authority?.close());

  const directory = mkdtempSync(join(tmpdir(), "vnet-explain-refused-"));
  beforeEach(() => {
    // Both would serve: the Azure CLI with a token, the machine with an identity endpoint.
    writeFileSync(join(directory, "az"), `#!/bin/sh\necho '{"accessToken": "of-az", "expires_on": 4102444800}'\n`);
    chmodSync(join(directory, "az"), 0o755);
    writeFileSync(join(directory, "assertion"), "assertion");
    vi.stubEnv("PATH", `${directory}:/bin:/usr/bin`);
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  const SET = {
    env: { AZURE_CLIENT_ID: "c", AZURE_TENANT_ID: "adfs", AZURE_CLIENT_SECRET: "hush-hush" },
    workload: {
      AZURE_CLIENT_ID: "c",
      AZURE_TENANT_ID: "adfs",
      AZURE_FEDERATED_TOKEN_FILE: join(directory, "assertion"),
    },
  };

  type Announced = keyof typeof SET | "managed-identity";

  async function refused(method: Announced, answer: TokenReply | null): Promise<Error> {
    const announced = { IDENTITY_ENDPOINT: `${authority.url}/token`, IDENTITY_HEADER: "x" };
    const environment = method === "managed-identity" ? announced : SET[method];
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    if (answer !== null) reply = answer;
    const session = new SignIn({
      auth: null,
      cloud: {
        ...AZURE_CLOUDS.public,
        authorityHost: answer === null ? "https://127.0.0.1:9/adfs" : authority.url,
      },
      scope: "https://management.azure.com/.default",
      cliSubscription: null,
      environment,
      scrubber: new Scrubber(environment),
      now: Date.now,
      onDeviceCode: () => {},
      cliTimeoutMs: 10_000,
      identityEndpointAnswers: async () => true,
    });
    return (await rejection(session.servedBy())) as Error;
  }

  for (const [method, rule, answer, code, message, hint] of [
    [
      "env",
      "a wrong secret",
      entra(7000215, "Invalid client secret provided. Ensure that it is the value."),
      "credential-refused",
      "Microsoft Entra refused the credential (--auth env)\n  AADSTS7000215: Invalid client secret provided.",
      /AZURE_CLIENT_ID/,
    ],
    [
      "env",
      "a disabled application",
      entra(7000112, "Application 'x'(name) is disabled.", "unauthorized_client"),
      "credential-refused",
      "the application is disabled in its tenant (--auth env)\n  AADSTS7000112: Application 'x'(name) is disabled.",
      /enable it/,
    ],
    [
      "env",
      "a passing error",
      entra(90033, "A transient error has occurred. Please try again.", "temporarily_unavailable"),
      "sign-in-unreachable",
      "the sign-in service is busy (--auth env)\n  AADSTS90033: A transient error has occurred.",
      /again in a minute/,
    ],
    [
      "env",
      "an application of one tenant asked without one",
      entra(50194, "Application 'x'(name) is not configured as a multi-tenant application. Usage of /common is."),
      "wrong-tenant",
      "the sign-in does not name a tenant (--auth env)\n  AADSTS50194: Application 'x'(name) is not configured as a multi-tenant application.",
      /AZURE_TENANT_ID/,
    ],
    [
      "env",
      "a code that is not known here",
      entra(99999, "Something is not available."),
      "credential-refused",
      "Microsoft Entra refused the sign-in (--auth env)\n  AADSTS99999: Something is not available.",
      /AZURE_CLIENT_ID/,
    ],
    [
      "env",
      "a body of AD FS",
      { status: 400, body: { error: "invalid_client", error_description: "MSIS9622: Client authentication failed." } },
      "credential-refused",
      "signing in with env failed: MSIS9622: Client authentication failed.",
      /AZURE_CLIENT_ID/,
    ],
    [
      "env",
      "a body without a description",
      { status: 401, body: { error: "invalid_client" } },
      "credential-refused",
      "signing in with env failed: invalid_client",
      /AZURE_CLIENT_ID/,
    ],
    [
      "env",
      "429",
      { status: 429, headers: { "retry-after-ms": "1" }, body: "" },
      "sign-in-unreachable",
      "the sign-in service is busy (--auth env)",
      /again in a minute/,
    ],
    [
      "env",
      "503",
      { status: 503, headers: { "retry-after-ms": "1" }, body: "<html>" },
      "sign-in-unreachable",
      "the sign-in service is busy (--auth env)",
      /again in a minute/,
    ],
    [
      "env",
      "407",
      { status: 407, body: "" },
      "sign-in-unreachable",
      "the proxy requires a sign-in (--auth env)",
      /HTTPS_PROXY/,
    ],
    [
      "env",
      "a redirect to a portal",
      { status: 302, headers: { location: "https://portal.invalid/" }, body: "" },
      "sign-in-unreachable",
      "another server answered in place of the sign-in service (--auth env)",
      /HTTPS_PROXY/,
    ],
    ["env", "nothing that answers", null, "sign-in-unreachable", /cannot be reached \(--auth env\)$/, /HTTPS_PROXY/],
    [
      "workload",
      "an assertion that is over",
      entra(700024, NOT_IN_TIME),
      "sign-in-expired",
      `the credential is not valid at this time (--auth workload)\n  AADSTS700024: Client assertion is not within its valid time range.`,
      /^the token in AZURE_FEDERATED_TOKEN_FILE .* login step$/,
    ],
    [
      "managed-identity",
      "no identity, where one is announced",
      { status: 400, body: { error: "invalid_request", error_description: "Identity not found" } },
      "credential-refused",
      "signing in with managed-identity failed: Identity not found",
      /AZURE_CLIENT_ID.*; --auth/,
    ],
    [
      "managed-identity",
      "a refusal by Microsoft Entra",
      entra(700016, "Application with identifier 'x' was not found in the directory 'y'."),
      "credential-refused",
      "Microsoft Entra refused the credential (--auth managed-identity)\n  AADSTS700016: Application with identifier 'x' was not found in the directory 'y'.",
      /AZURE_CLIENT_ID/,
    ],
    [
      "managed-identity",
      "429",
      { status: 429, body: "" },
      "sign-in-unreachable",
      "the sign-in service is busy (--auth managed-identity)",
      /again in a minute/,
    ],
    [
      "managed-identity",
      "403, as a firewall on the machine answers",
      { status: 403, body: "" },
      "sign-in-unreachable",
      "another server answered in place of the sign-in service (--auth managed-identity)",
      /^check this machine's identity endpoint/,
    ],
    [
      "managed-identity",
      "a page",
      { status: 200, body: "<html>" },
      "sign-in-unreachable",
      "the sign-in service cannot be reached (--auth managed-identity)",
      /IDENTITY_ENDPOINT/,
    ],
    ["workload", "nothing that answers", null, "sign-in-unreachable", /\(--auth workload\)$/, /HTTPS_PROXY/],
  ] satisfies readonly [Announced, string, TokenReply | null, string, string | RegExp, RegExp][]) {
    test(`${method}, ${rule}: reported, and az is not used instead`, {
      tags: answer === null ? ["slow"] : [],
    }, async () => {
      const error = await refused(method, answer);
      expect(error).toMatchObject({ code, hint: expect.stringMatching(hint) });
      if (typeof message === "string") expect(error.message).toBe(message);
      else expect(error.message).toMatch(message);
      expect(error).not.toMatchObject({ hint: expect.stringContaining("az login") });
    });
  }
});

describe("hints fit the method", () => {
  const context = { cloud: AZURE_CLOUDS.public, scrubber: new Scrubber() };
  for (const [method, said, hint] of [
    ["cli", "AADSTS700082: Over.", /^run: az login$/],
    ["cli", "AADSTS700024: Over.", /login step/],
    ["env", "AADSTS700024: Over.", /clock/],
    ["env", "AADSTS53003: Blocked.", /conditional access/],
    ["workload", "AADSTS700213: No match.", /federation/],
    ["managed-identity", "AADSTS700016: None.", /AZURE_CLIENT_ID/],
    ["device-code", "AADSTS50076: More.", /^run again/],
    ["env", "AADSTS90002: Tenant.", /AZURE_TENANT_ID/],
    ["cli", "AADSTS53003: Blocked.", /policy allows: az login/],
  ] satisfies readonly [AuthMethod, string, RegExp][]) {
    test(`${method}, ${said}`, () => {
      const error = signInFailure(new Error(said), method, context);
      expect(error.hint).toMatch(hint);
      expect(error.message.split("\n")[1]).toBe(`  ${said}`);
    });
  }

  const sentence = `AADSTS50076: You must use multi-factor authentication to access '${"x".repeat(150)}'.`;

  for (const [rule, said, hint] of [
    ["its tenant and scope", 'az login --tenant "t-1" --scope "https://x//.default"', undefined],
    ["none", "az login", undefined],
    ["what a shell would run", 'az login --tenant "$(reboot)"', "az login"],
  ] as const) {
    test(`az's own command to sign in again, with ${rule}`, () => {
      const error = signInFailure(new Error(`ERROR: ${sentence} Trace ID: x\nPlease run:\n${said}\n`), "cli", context);
      expect(error.hint).toBe(`run: ${hint ?? said}`);
      expect(error.message.split("\n")[1]).toBe(`  ${sentence}`);
    });
  }
});
