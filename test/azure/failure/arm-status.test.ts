import { describe, expect, test } from "vitest";
import { Throttled } from "../../../src/azure/arm/gate.ts";
import { statusFailure, throttledFailure } from "../../../src/azure/failure/arm-status.ts";
import type { FailureContext } from "../../../src/azure/failure/rest-failure.ts";
import { Scrubber } from "../../../src/azure/failure/scrubber.ts";

const context: FailureContext = {
  what: "the routes of nic1",
  subject: "network interface nic1",
  action: "Microsoft.Network/networkInterfaces/effectiveRouteTable/action",
  role: "Network Contributor",
  on: "the resource group",
  notFound: "check the name",
  subscriptionFrom: "--subscription",
  servedBy: "env",
  host: "management.azure.com",
  proxy: null,
  now: 0,
  scrubber: new Scrubber(),
};

type Failure = Parameters<typeof statusFailure>[0];

const ANSWER = { status: 400, code: "", message: "", retryAfter: null, requestId: "r", cut: false, isPoll: false };

function said(failure: Partial<Failure>, more: Partial<FailureContext> = {}): readonly string[] {
  const { code, message, hint, detail } = statusFailure({ ...ANSWER, ...failure }, { ...context, ...more }, "in full");
  expect(detail).toBe("in full");
  return [code, message, hint];
}

const TENANT = "set AZURE_TENANT_ID to the subscription's tenant, and check --cloud";
const START = "start it with: az vm start -g GROUP -n VM";
const ATTACH = "start the VM (az vm start -g GROUP -n VM), or attach the NIC to one; Azure computes routes only then";
const SEEN = "check --subscription and --cloud; the account may not see it: az account list -o table; -v shows its id";
const GROUP =
  "check -g and the subscription, from --subscription; without -g the NIC is looked up everywhere in it; -v shows its id";
const EXPORT = "; or export the routes with az and read them with --file";
const NO_VERSION = "this Azure Resource Manager does not support the requested API version";
const WAIT = "wait a few minutes and run again";
const DENIED =
  "no role helps; ask the owner of the managed application or deployment stack that made the deny assignment";
const LOCKED = "a read-only lock blocks every POST; have it removed, or changed to CanNotDelete: az lock list -o table";
const ENABLE = "ask its owner to enable it again; until then read an older export with --file";
const REGISTER = "check --subscription; or register it: az provider register -n Microsoft.Network";
const UNREAD = "cannot read the routes of nic1: ";
const WORDS = "see Azure's words above; --debug shows more";
const OUTAGE = "run again later; see outages at https://azure.status.microsoft";

describe("Azure's error code decides, in any case and whatever the status", () => {
  test.each<[azure: string, words: string, code: string, message: string, hint: string]>([
    [
      "NicMustBeAttachedToRunningVmToGetEffectiveRoutes",
      "",
      "vm-not-running",
      `${UNREAD}its NIC must be attached to a running VM`,
      ATTACH,
    ],
    [
      "NetworkInterfaceMustBeAttachedToRunningVm",
      "",
      "vm-not-running",
      `${UNREAD}its NIC must be attached to a running VM`,
      ATTACH,
    ],
    ["OperationNotAllowed", "VM x is not running.", "vm-not-running", `${UNREAD}the VM is not running`, START],
    ["OperationNotAllowed", "It is NOT IN A RUNNING state", "vm-not-running", `${UNREAD}the VM is not running`, START],
    ["OperationNotAllowed", "It was deallocated", "vm-not-running", `${UNREAD}the VM is not running`, START],
    ["OperationNotAllowed", "It was stopped", "vm-not-running", `${UNREAD}the VM is not running`, START],
    [
      "OperationNotAllowed",
      "Quota exceeded",
      "azure-refused",
      `${UNREAD}Azure refused (HTTP 400)\n  OperationNotAllowed: Quota exceeded`,
      WORDS,
    ],
    ["VMNotRunning", "", "vm-not-running", `${UNREAD}the VM is not running`, START],
    ["TargetVMNotRunning", "", "vm-not-running", `${UNREAD}the VM is not running`, START],
    ["SubscriptionNotFound", "", "subscription-not-found", "the subscription from --subscription was not found", SEEN],
    ["InvalidSubscriptionId", "", "subscription-not-found", "the subscription from --subscription was not found", SEEN],
    [
      "ResourceGroupNotFound",
      "",
      "resource-group-not-found",
      "the resource group was not found in the subscription",
      GROUP,
    ],
    [
      "InvalidAuthenticationTokenTenant",
      "",
      "wrong-tenant",
      "the sign-in is for a different tenant than the subscription (--auth env)",
      TENANT,
    ],
    ["ExpiredAuthenticationToken", "", "sign-in-expired", "the sign-in to Azure has expired (--auth env)", TENANT],
    ["InvalidAuthenticationToken", "", "token-rejected", "Azure rejected the token (--auth env)", TENANT],
    ["InvalidAuthenticationTokenAudience", "", "token-rejected", "Azure rejected the token (--auth env)", TENANT],
    ["AuthenticationFailed", "", "token-rejected", "Azure rejected the token (--auth env)", TENANT],
    [
      "NoRegisteredProviderFound",
      "No '2024-05-01'. The supported api-versions are '2018-11-01, 2020-11-01, 2019-02-01, 2025-01-01-preview'.",
      "api-version",
      NO_VERSION,
      `try: --api-version 2020-11-01${EXPORT}`,
    ],
    [
      "InvalidApiVersionParameter",
      "'2024-05-01' is invalid. The SUPPORTED versions are: 2019-02-01",
      "api-version",
      NO_VERSION,
      `try: --api-version 2019-02-01${EXPORT}`,
    ],
    [
      "InvalidApiVersionParameter",
      "2024-05-01 is not known",
      "api-version",
      NO_VERSION,
      `give an older one with --api-version${EXPORT}`,
    ],
    ["SubscriptionRequestsThrottled", "", "throttled", `${UNREAD}Azure throttles requests`, WAIT],
    ["TooManyRequests", "", "throttled", `${UNREAD}Azure throttles requests`, WAIT],
    ["OperationThrottled", "", "throttled", `${UNREAD}Azure throttles requests`, WAIT],
    [
      "DenyAssignmentAuthorizationFailed",
      "because of the Deny Assignment with name 'Locked by stack' and Id 'z'",
      "not-allowed",
      `${UNREAD}a deny assignment blocks it (--auth env)\n  its name: Locked by stack`,
      DENIED,
    ],
    [
      "DenyAssignmentAuthorizationFailed",
      "no",
      "not-allowed",
      `${UNREAD}a deny assignment blocks it (--auth env)`,
      DENIED,
    ],
    [
      "RequestDisallowedByPolicy",
      "disallowed by 'p'",
      "not-allowed",
      `${UNREAD}an Azure Policy blocks the request (--auth env)\n  disallowed by 'p'`,
      "ask the policy's owner for an exemption; no role helps",
    ],
    ["ScopeLocked", "", "locked", `${UNREAD}a read-only lock blocks the request`, LOCKED],
    ["ReadOnlyDisabledSubscription", "", "subscription-disabled", `${UNREAD}the subscription is disabled`, ENABLE],
    ["SubscriptionDisabled", "", "subscription-disabled", `${UNREAD}the subscription is disabled`, ENABLE],
    ["DisabledSubscription", "", "subscription-disabled", `${UNREAD}the subscription is disabled`, ENABLE],
    [
      "MissingSubscriptionRegistration",
      "",
      "provider-not-registered",
      `${UNREAD}Microsoft.Network is not registered`,
      REGISTER,
    ],
    [
      "SubscriptionNotRegistered",
      "",
      "provider-not-registered",
      `${UNREAD}Microsoft.Network is not registered`,
      REGISTER,
    ],
    ["AnotherOperationInProgress", "", "busy", `${UNREAD}another operation on it is running`, "run again in a minute"],
    ["RetryableError", "", "busy", `${UNREAD}another operation on it is running`, "run again in a minute"],
    [
      "RetryableErrorDueToAnotherOperation",
      "",
      "busy",
      `${UNREAD}another operation on it is running`,
      "run again in a minute",
    ],
    [
      "CanceledAndSupersededDueToAnotherOperation",
      "",
      "busy",
      `${UNREAD}another operation on it is running`,
      "run again in a minute",
    ],
  ])("%s, '%s' is %s", (azure, words, code, message, hint) => {
    const texts = [code, message, hint];
    expect(said({ code: azure, message: words })).toEqual(texts);
    if (code !== "azure-refused") expect(said({ code: azure.toUpperCase(), message: words })).toEqual(texts);
  });

  const OWN = "aaaaaaaa-0000-0000-0000-000000000000";
  const WANTED = "BBBBBBBB-0000-0000-0000-000000000000";
  test.each<[rule: string, words: string, named: string, hint: string]>([
    [
      "both tenants",
      `wrong issuer 'https://sts.windows.net/${OWN}/'. It must match 'HTTPS://login.microsoftonline.com/${WANTED}'.`,
      `\n  signed in to ${OWN}, the subscription is in ${WANTED}`,
      `set AZURE_TENANT_ID to ${WANTED}, and check --cloud`,
    ],
    ["one tenant", `wrong issuer 'https://sts.windows.net/${OWN}/'.`, "", TENANT],
    ["no tenant", "wrong issuer", "", TENANT],
  ])("a token of another tenant, where Azure names %s", (_, message, named, hint) => {
    expect(said({ code: "InvalidAuthenticationTokenTenant", message })).toEqual([
      "wrong-tenant",
      `the sign-in is for a different tenant than the subscription (--auth env)${named}`,
      hint,
    ]);
  });
});

describe("else the status decides", () => {
  test.each<[answer: Partial<Failure>, code: string, message: string, hint: string]>([
    [{ status: 401 }, "token-rejected", "Azure rejected the sign-in (--auth env)", TENANT],
    [
      { status: 403, code: "AuthorizationFailed", message: "no" },
      "not-allowed",
      "not allowed to read the routes of nic1 (--auth env)\n  missing: Microsoft.Network/networkInterfaces/effectiveRouteTable/action",
      "ask for a role with that action on the resource group: 'Network Contributor' has it, Reader does not; new role assignments can take a few minutes",
    ],
    [
      { status: 403, message: "denied BECAUSE of the deny assignment with name 'Locked' and Id" },
      "not-allowed",
      `${UNREAD}a deny assignment blocks it (--auth env)\n  its name: Locked`,
      DENIED,
    ],
    [{ status: 404 }, "not-found", "Azure cannot find network interface nic1", "check the name"],
    [
      { status: 404, isPoll: true },
      "operation-failed",
      "Azure accepted the request for the routes of nic1, and then lost it (HTTP 404)",
      "run again; if that does not help, check that the VM still exists and runs",
    ],
    [
      { status: 407 },
      "network-proxy",
      "the proxy requires a sign-in",
      "put the credentials in HTTPS_PROXY (http://user:password@host:port)",
    ],
    [
      { status: 409, code: "Conflict", message: "in use" },
      "busy",
      `${UNREAD}Azure is changing it\n  Conflict: in use`,
      "run again in a minute; if that does not help, see Azure's words above",
    ],
    [{ status: 429 }, "throttled", `${UNREAD}Azure throttles requests`, WAIT],
    [{ status: 429, retryAfter: 17_400 }, "throttled", `${UNREAD}Azure throttles requests`, "wait 17 s and run again"],
    [
      { status: 300 },
      "answer-elsewhere",
      `${UNREAD}a redirect in place of an answer (HTTP 300)`,
      "check --arm-endpoint, and HTTPS_PROXY: a proxy or a portal may answer in Azure's place",
    ],
    [
      { status: 399 },
      "answer-elsewhere",
      `${UNREAD}a redirect in place of an answer (HTTP 399)`,
      "check --arm-endpoint, and HTTPS_PROXY: a proxy or a portal may answer in Azure's place",
    ],
    [{ code: "Odd", message: "no" }, "azure-refused", `${UNREAD}Azure refused (HTTP 400)\n  Odd: no`, WORDS],
    [{ status: 499, message: "no" }, "azure-refused", `${UNREAD}Azure refused (HTTP 499)\n  no`, WORDS],
    [{ status: 500 }, "azure-trouble", `${UNREAD}Azure failed after several attempts (HTTP 500)`, OUTAGE],
    [
      { status: 200, code: "Odd", message: "no" },
      "operation-failed",
      "Azure could not compute the routes of nic1\n  Odd: no",
      "run again; --debug shows more",
    ],
    [
      { status: 200 },
      "operation-failed",
      "Azure could not compute the routes of nic1",
      "run again; --debug shows more",
    ],
  ])("%j is %s", (answer, code, message, hint) => {
    expect(said(answer)).toEqual([code, message, hint]);
  });

  const BY_PROXY = [
    "network-proxy",
    `${UNREAD}a proxy answered in Azure's place (HTTP 502)`,
    "check HTTPS_PROXY and NO_PROXY, and whether proxy and firewall allow management.azure.com",
  ];
  test.each<[answer: Partial<Failure>, texts: readonly string[]]>([
    [{ status: 502, requestId: null }, BY_PROXY],
    [
      { status: 502, requestId: null, code: "X" },
      ["azure-trouble", `${UNREAD}Azure failed after several attempts (HTTP 502)`, OUTAGE],
    ],
    [{ status: 502 }, ["azure-trouble", `${UNREAD}Azure failed after several attempts (HTTP 502)`, OUTAGE]],
    [
      { status: 200, requestId: null },
      ["operation-failed", "Azure could not compute the routes of nic1", "run again; --debug shows more"],
    ],
    [{ status: 401, requestId: null }, ["token-rejected", "Azure rejected the sign-in (--auth env)", TENANT]],
    [
      { status: 407, requestId: null },
      [
        "network-proxy",
        "the proxy requires a sign-in",
        "put the credentials in HTTPS_PROXY (http://user:password@host:port)",
      ],
    ],
  ])("an answer that Azure neither numbered nor gave a code is a proxy's: %j", (answer, texts) => {
    expect(said(answer)).toEqual(texts);
  });

  test("where Reader suffices, the hint says so", () => {
    const [, , hint] = said({ status: 403 }, { role: "Reader", on: "the subscription" });
    expect(hint).toBe(
      "ask for the role Reader on the subscription, or for another with that action; new role assignments can take a few minutes",
    );
  });

  test("where no resource is named, that which was read was not found", () => {
    const { subject: _, ...unnamed } = context;
    const { message } = statusFailure({ ...ANSWER, status: 404 }, unnamed, "");
    expect(message).toBe("Azure cannot find the routes of nic1");
  });

  test("before a sign-in is known, none is named", () => {
    const unknown = { servedBy: null };
    const hint = "run: az login, with an account of the subscription's tenant, and check --cloud";
    expect(said({ status: 401 }, unknown)).toEqual(["token-rejected", "Azure rejected the sign-in", hint]);
    expect(said({ code: "AuthenticationFailed" }, unknown)).toEqual([
      "token-rejected",
      "Azure rejected the token",
      hint,
    ]);
  });
});

test("a request that was held back says how long to wait", () => {
  expect(throttledFailure(new Throttled(17_400), context)).toMatchObject({
    code: "throttled",
    message: `${UNREAD}Azure throttles requests`,
    hint: "wait 17 s and run again",
  });
});
