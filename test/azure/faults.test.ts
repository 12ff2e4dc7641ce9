import { inspect } from "node:util";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { armEndpoint } from "../../src/azure/arm/endpoint.ts";
import { realPace } from "../../src/azure/arm/pace.ts";
import { trustedAddressPolicy } from "../../src/azure/arm/pipeline-policies.ts";
import { AZURE_CLOUDS } from "../../src/azure/clouds.ts";
import { type AzureError, isAzureError } from "../../src/azure/failure/azure-error.ts";
import { hasSharedData, readShared } from "../shared-data.ts";
import { type LiveSession, liveSession, rejection, SUBSCRIPTION, TOKEN } from "./live.ts";
import { armError, type LoopbackArm, type Operation, type Reply, startLoopbackArm } from "./loopback-arm.ts";

let arm: LoopbackArm;
let elsewhere: LoopbackArm;
beforeEach(async () => {
  arm = await startLoopbackArm({ token: TOKEN });
  elsewhere = await startLoopbackArm({ token: TOKEN });
});
afterEach(async () => {
  await arm.close();
  await elsewhere.close();
});

const ROUTES = "the effective routes of vm-app197";
const ROW = { source: "Default", state: "Active", addressPrefix: ["10.0.0.0/16"], nextHopType: "VnetLocal" };
const LATER = { status: 202, headers: { location: "{url}/subscriptions/s/operationResults/1" }, body: "null" };
const NOT_RUNNING = armError(
  "NicMustBeAttachedToRunningVmToGetEffectiveRoutes",
  "A network interface must be attached to a running virtual machine to get effective routes.",
);

/** A fault of the first request, what it becomes, and the first line that the user reads. */
const FAULTS: readonly (readonly [fault: string, reply: Reply, exit: string, code: string, line: string | RegExp])[] = [
  [
    "the NIC has no running VM",
    { status: 400, body: NOT_RUNNING },
    "failed",
    "vm-not-running",
    `cannot read ${ROUTES}: its NIC must be attached to a running VM`,
  ],
  [
    "any other 400",
    { status: 400, body: armError("BadThing", `${SUBSCRIPTION.toUpperCase()} is bad.`) },
    "failed",
    "azure-refused",
    `cannot read ${ROUTES}: Azure refused (HTTP 400)`,
  ],
  [
    "a 400 whose message is a number",
    { status: 400, body: { error: { code: "BadThing", message: 940993 } } },
    "failed",
    "azure-refused",
    `cannot read ${ROUTES}: Azure refused (HTTP 400)`,
  ],
  [
    "a 400 whose message is an object",
    { status: 400, body: { error: { code: { a: 1 }, message: { lang: "en", value: "no" } } } },
    "failed",
    "azure-refused",
    `cannot read ${ROUTES}: Azure refused (HTTP 400)`,
  ],
  [
    "a token that Azure refuses",
    { status: 401, body: armError("InvalidAuthenticationToken", "invalid") },
    "notAllowed",
    "token-rejected",
    "Azure rejected the token (--auth token)",
  ],
  [
    "a token that has expired",
    { status: 401, body: armError("ExpiredAuthenticationToken", "expired") },
    "notAllowed",
    "sign-in-expired",
    "the sign-in to Azure has expired (--auth token)",
  ],
  [
    "a token of another tenant",
    { status: 401, body: armError("InvalidAuthenticationTokenTenant", "wrong issuer") },
    "notAllowed",
    "wrong-tenant",
    "the sign-in is for a different tenant than the subscription (--auth token)",
  ],
  [
    "a token of another tenant, both named",
    {
      status: 401,
      body: armError(
        "InvalidAuthenticationTokenTenant",
        "The access token is from the wrong issuer 'https://sts.windows.net/aaaaaaaa-0000-0000-0000-000000000000/'. It must match the tenant 'https://sts.windows.net/bbbbbbbb-0000-0000-0000-000000000000/' associated with this subscription.",
      ),
    },
    "notAllowed",
    "wrong-tenant",
    "the sign-in is for a different tenant than the subscription (--auth token)",
  ],
  [
    "403, a deny assignment",
    { status: 403, body: armError("DenyAssignmentAuthorizationFailed", "it has a deny assignment") },
    "notAllowed",
    "not-allowed",
    `cannot read ${ROUTES}: a deny assignment blocks it (--auth token)`,
  ],
  [
    "403, a deny assignment, without its code",
    {
      status: 403,
      body: armError(
        "AuthorizationFailed",
        "The client 'x' has permission to perform action 'y'; however, the access is denied because of the deny assignment with name 'Locked by stack' and Id 'z' at scope '/s'.",
      ),
    },
    "notAllowed",
    "not-allowed",
    `cannot read ${ROUTES}: a deny assignment blocks it (--auth token)`,
  ],
  [
    "403, a policy",
    { status: 403, body: armError("RequestDisallowedByPolicy", "disallowed by policy 'p'") },
    "notAllowed",
    "not-allowed",
    `cannot read ${ROUTES}: an Azure Policy blocks the request (--auth token)`,
  ],
  [
    "409, the VM is not running",
    { status: 409, body: armError("OperationNotAllowed", "Operation not allowed on VM 'x' that is not running.") },
    "failed",
    "vm-not-running",
    `cannot read ${ROUTES}: the VM is not running`,
  ],
  [
    "409, another operation that is not allowed",
    { status: 409, body: armError("OperationNotAllowed", "Quota exceeded.") },
    "failed",
    "busy",
    `cannot read ${ROUTES}: Azure is changing it`,
  ],
  [
    "403, a disabled subscription",
    { status: 403, body: armError("DisabledSubscription", "disabled") },
    "failed",
    "subscription-disabled",
    `cannot read ${ROUTES}: the subscription is disabled`,
  ],
  ["401 without a body", { status: 401 }, "notAllowed", "token-rejected", "Azure rejected the sign-in (--auth token)"],
  [
    "403",
    {
      status: 403,
      body: armError("AuthorizationFailed", `No authorization over scope '/subscriptions/${SUBSCRIPTION}'.`),
    },
    "notAllowed",
    "not-allowed",
    `not allowed to read ${ROUTES} (--auth token)`,
  ],
  [
    "a subscription that is not there",
    { status: 404, body: armError("SubscriptionNotFound", `The subscription '${SUBSCRIPTION}' could not be found.`) },
    "failed",
    "subscription-not-found",
    "the subscription from --subscription was not found",
  ],
  [
    "a resource group that is not there",
    { status: 404, body: armError("ResourceGroupNotFound", "no") },
    "failed",
    "resource-group-not-found",
    "the resource group was not found in the subscription",
  ],
  [
    "404",
    { status: 404, body: armError("ResourceNotFound", "no") },
    "failed",
    "not-found",
    "Azure cannot find network interface vm-app197",
  ],
  [
    "409",
    { status: 409, body: armError("Conflict", "no") },
    "failed",
    "busy",
    `cannot read ${ROUTES}: Azure is changing it`,
  ],
  [
    "409, another operation",
    { status: 409, body: armError("AnotherOperationInProgress", "no") },
    "failed",
    "busy",
    `cannot read ${ROUTES}: another operation on it is running`,
  ],
  [
    "409, a lock",
    { status: 409, body: armError("ScopeLocked", "The scope cannot perform write operation") },
    "notAllowed",
    "locked",
    `cannot read ${ROUTES}: a read-only lock blocks the request`,
  ],
  [
    "409, a subscription that is disabled",
    { status: 409, body: armError("ReadOnlyDisabledSubscription", "read only") },
    "failed",
    "subscription-disabled",
    `cannot read ${ROUTES}: the subscription is disabled`,
  ],
  [
    "409, a subscription without networks",
    { status: 409, body: armError("MissingSubscriptionRegistration", "not registered") },
    "failed",
    "provider-not-registered",
    `cannot read ${ROUTES}: Microsoft.Network is not registered`,
  ],
  [
    "429 that asks for more time than there is",
    { status: 429, headers: { "retry-after": "600" } },
    "failed",
    "throttled",
    `cannot read ${ROUTES}: Azure throttles requests`,
  ],
  [
    "429 for ever",
    { status: 429, headers: { "retry-after": "1" } },
    "failed",
    "throttled",
    `cannot read ${ROUTES}: Azure throttles requests`,
  ],
  [
    "500 for ever",
    { status: 500, body: armError("InternalServerError", "no") },
    "failed",
    "azure-trouble",
    `cannot read ${ROUTES}: Azure failed after several attempts (HTTP 500)`,
  ],
  [
    "503 with a page of HTML",
    { status: 503, headers: { "content-type": "text/html" }, body: "<html>" },
    "failed",
    "azure-trouble",
    `cannot read ${ROUTES}: Azure failed after several attempts (HTTP 503)`,
  ],
  ...[403, 404, 502].map(
    (status) =>
      [
        `HTTP ${status} from a proxy`,
        { status, unnumbered: true, headers: { "content-type": "text/html" }, body: "<html>blocked</html>" },
        "failed",
        "network-proxy",
        `cannot read ${ROUTES}: a proxy answered in Azure's place (HTTP ${status})`,
      ] as const,
  ),
  [
    "an old Azure Stack",
    { status: 400, body: armError("NoRegisteredProviderFound", "no") },
    "failed",
    "api-version",
    "this Azure Resource Manager does not support the requested API version",
  ],
  [
    "a connection cut before the answer",
    { fault: "reset" },
    "failed",
    "network-cut",
    /^cannot reach 127\.0\.0\.1:\d+: the connection was cut$/,
  ],
  [
    "a connection cut in the answer",
    { fault: "reset-mid-body", body: { value: [ROW] } },
    "failed",
    "network-cut",
    /^cannot reach 127\.0\.0\.1:\d+: the answer was cut off$/,
  ],
  [
    "a connection cut in an answer that is packed with gzip",
    { fault: "reset-mid-body", body: { value: [ROW] }, gzip: true },
    "failed",
    "network-cut",
    /^cannot reach 127\.0\.0\.1:\d+: the answer was cut off$/,
  ],
  [
    "an answer that says gzip and is none",
    { headers: { "content-encoding": "gzip" }, body: { value: [ROW] } },
    "failed",
    "answer-unreadable",
    "Azure's answer cannot be read: it cannot be unpacked",
  ],
  [
    "an answer that is packed in another way",
    { headers: { "content-encoding": "br" }, body: { value: [ROW] } },
    "failed",
    "answer-unreadable",
    "Azure's answer cannot be read: it uses an encoding that was not requested",
  ],
  [
    "an answer without end",
    { fault: "endless", body: " ".repeat(65_536) },
    "failed",
    "answer-too-large",
    "Azure's answer is larger than 32 MiB",
  ],
  [
    "a small answer that unpacks to an enormous one",
    { gzip: true, body: " ".repeat(33 * 1024 * 1024) },
    "failed",
    "answer-too-large",
    "Azure's answer is larger than 32 MiB",
  ],
  [
    "a small answer that unpacks to lists without end",
    { gzip: true, body: "[".repeat(9 * 1024 * 1024) },
    "failed",
    "answer-too-large",
    "Azure's answer holds more than 2,000,000 values",
  ],
  ["malformed JSON", { body: '{"value": [' }, "failed", "answer-unreadable", "Azure's answer has an unexpected form"],
  [
    "HTML in place of JSON",
    { headers: { "content-type": "text/html" }, body: "<html>" },
    "failed",
    "answer-unreadable",
    "Azure's answer is not JSON",
  ],
  ["an empty body", { body: "" }, "failed", "answer-unreadable", "Azure's answer is empty"],
  ["a body of null", { body: "null" }, "failed", "answer-without-routes", "Azure's answer holds no list of routes"],
  ["a body without value", { body: {} }, "failed", "answer-without-routes", "Azure's answer holds no list of routes"],
  [
    "a value that is no list",
    { body: { value: 5 } },
    "failed",
    "answer-without-routes",
    "Azure's answer holds no list of routes",
  ],
  [
    "a page of several",
    { body: { value: [ROW], nextLink: "https://management.azure.com/next" } },
    "failed",
    "answer-in-pages",
    "Azure's answer is one page of several, so routes are missing",
  ],
  [
    "a row without a prefix",
    { body: { value: [{ ...ROW, addressPrefix: [] }] } },
    "failed",
    "answer-unreadable",
    /^Azure's answer cannot be read: .*row 1/,
  ],
  ["204", { status: 204 }, "failed", "answer-unreadable", "Azure's answer has an unexpected form"],
];

const seen: string[] = [];

/** What a user may ever see of an error: its text, its JSON, its debug text. */
function everything(error: AzureError): string {
  return [
    error.message,
    error.hint,
    error.detail,
    error.stack,
    JSON.stringify(error),
    inspect(error, { depth: 9, showHidden: true }),
  ].join("\n");
}

async function failure(operation: Operation, reply: Reply): Promise<AzureError> {
  arm.script(operation, reply);
  const session = liveSession(arm);
  const error = await rejection(session.effectiveRoutes(await session.findNic()));
  expect(error).toSatisfy(isAzureError);
  seen.push(everything(error as AzureError));
  return error as AzureError;
}

describe("faults of the first request", () => {
  for (const [fault, reply, exit, code, line] of FAULTS) {
    test(fault, async () => {
      const error = await failure("effectiveRouteTable", reply);
      const first = error.message.split("\n")[0] ?? "";
      expect({ exit: error.exit, code: error.code }).toEqual({ exit, code });
      if (typeof line === "string") expect(first).toBe(line);
      else expect(first).toMatch(line);
      expect(first.length).toBeLessThan(100);
      expect(error.hint).not.toBe("");
    });
  }
});

test("a deny assignment is named", async () => {
  const [, reply] = FAULTS.find(([fault]) => fault.endsWith("without its code")) ?? [];
  const error = await failure("effectiveRouteTable", reply ?? {});
  expect(error.message.split("\n")[1]).toBe("  its name: Locked by stack");
  expect(error.hint).toMatch(/^no role helps/);
});

test("a token of another tenant: both tenants are named", async () => {
  const [, reply] = FAULTS.find(([fault]) => fault.endsWith("both named")) ?? [];
  const error = await failure("effectiveRouteTable", reply ?? {});
  const [own, wanted] = ["a", "b"].map((letter) => `${letter.repeat(8)}-0000-0000-0000-000000000000`);
  expect(error.message.split("\n")[1]).toBe(`  signed in to ${own}, the subscription is in ${wanted}`);
  expect(error.hint).toContain(`az account get-access-token --tenant ${wanted} `);
});

describe("faults of a poll", () => {
  for (const [operation, location] of [
    ["operationResults", LATER.headers.location],
    ["other", "{url}/subscriptions/s/elsewhere/1"],
  ] as const) {
    test(`404 of ${operation}: the request was accepted, so the NIC is there`, async () => {
      arm.script("effectiveRouteTable", { ...LATER, headers: { location } });
      expect(await failure(operation, { status: 404, body: armError("NotFound", "no") })).toMatchObject({
        code: "operation-failed",
        message: `Azure accepted the request for ${ROUTES}, and then lost it (HTTP 404)`,
      });
    });
  }

  for (const status of ["Canceled", "Cancelled"]) {
    test(`an operation that is ${status}`, async () => {
      const headers = { "azure-asyncoperation": "{url}/subscriptions/s/operations/1" };
      arm.script("effectiveRouteTable", { ...LATER, headers });
      expect(await failure("other", { body: { status } })).toMatchObject({
        code: "operation-failed",
        message: `Azure cancelled its computation of ${ROUTES}`,
      });
    });
  }

  test("an operation that failed without a reason: the message ends there", async () => {
    arm.script("effectiveRouteTable", {
      ...LATER,
      headers: { "azure-asyncoperation": "{url}/subscriptions/s/operations/1" },
    });
    expect(await failure("other", { body: { status: "Failed" } })).toMatchObject({
      code: "operation-failed",
      message: `Azure could not compute ${ROUTES}`,
    });
  });

  test("a NIC without a running VM: its private endpoint or its VM is named; one that cannot be read keeps Azure's reason", async () => {
    const id = "/subscriptions/s/resourceGroups/rg-demo/providers/Microsoft.Network/networkInterfaces/vm-app197";
    arm.script("networkInterface", {
      body: { id, properties: { privateEndpoint: { id: "/x/privateEndpoints/pe1" } } },
    });
    const refused = { status: 400, body: NOT_RUNNING };
    expect(await failure("effectiveRouteTable", refused)).toMatchObject({
      code: "private-endpoint-nic",
      message: "vm-app197 is the NIC of the private endpoint pe1, which has no routes",
    });
    arm.script("networkInterface", { body: { id, properties: {} } });
    expect(await failure("effectiveRouteTable", refused)).toMatchObject({
      code: "vm-not-running",
      message: "vm-app197 is attached to no VM, so it has no effective routes",
    });
    const vm = (name: string) => ({
      id: `/subscriptions/s/resourceGroups/rg-vms/providers/Microsoft.Compute/virtualMachines/${name}`,
    });
    for (const [name, hint] of [
      ["vm-app", /^start the VM: az vm start -g rg-vms -n vm-app;/],
      ["$(reboot)", /^start the VM \(az vm start -g GROUP -n VM\)/],
    ] as const) {
      arm.script("networkInterface", { body: { id, properties: { virtualMachine: vm(name) } } });
      expect(await failure("effectiveRouteTable", refused)).toMatchObject({
        code: "vm-not-running",
        message: `cannot read ${ROUTES}: its NIC must be attached to a running VM`,
        hint: expect.stringMatching(hint),
      });
    }
    arm.script("networkInterface", { status: 403 });
    expect(await failure("effectiveRouteTable", refused)).toMatchObject({ code: "vm-not-running" });
  });

  test("a NIC without a VM is read anew with the next attempt: it may have one by then", async () => {
    const id = "/subscriptions/s/resourceGroups/rg-demo/providers/Microsoft.Network/networkInterfaces/vm-app197";
    const virtualMachine = { id: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/v" };
    arm.script("effectiveRouteTable", { status: 400, body: NOT_RUNNING });
    arm.script("networkInterface", { body: { id, properties: {} } }, { body: { id, properties: { virtualMachine } } });
    const session = liveSession(arm);
    const attempt = async () => rejection(session.effectiveRoutes(await session.findNic()));
    expect(await attempt()).toMatchObject({ message: expect.stringContaining("attached to no VM") });
    for (let more = 0; more < 2; more++)
      expect(await attempt()).toMatchObject({ hint: expect.stringContaining("-n v;") });
    expect(arm.seen.filter(({ operation }) => operation === "networkInterface")).toHaveLength(2);
  });

  for (const [fault, reply, exit, code] of FAULTS.filter(([fault, { status }]) => status !== 401 && fault !== "404")) {
    test(fault, async () => {
      arm.script("effectiveRouteTable", LATER);
      expect(await failure("operationResults", reply)).toMatchObject({ exit, code });
    });
  }

  test("a Location on another host is refused, and the token does not go there", async () => {
    arm.script("effectiveRouteTable", { ...LATER, headers: { location: elsewhere.location() } });
    expect(await failure("operationResults", {})).toMatchObject({ exit: "failed", code: "answer-elsewhere" });
    expect(elsewhere.seen).toEqual([]);
  });

  for (const header of ["azure-asyncoperation", "operation-location"]) {
    test(`${header} on another host is refused, and the token does not go there`, async () => {
      arm.script("effectiveRouteTable", { ...LATER, headers: { [header]: elsewhere.location() } });
      expect(await failure("operationResults", {})).toMatchObject({ exit: "failed", code: "answer-elsewhere" });
      expect(elsewhere.seen).toEqual([]);
    });
  }

  test("a nextLink on another host is refused, and the token does not go there", async () => {
    const nextLink = `${elsewhere.url}/subscriptions/s/providers/Microsoft.Network/networkInterfaces`;
    arm.script("networkInterfaces", { body: { value: [nicBody("rg-demo", "other")], nextLink } });
    const session = liveSession(arm, { target: { nic: "vm-app197" } });
    expect(await rejection(session.findNic())).toMatchObject({ exit: "failed", code: "answer-elsewhere" });
    expect(elsewhere.seen).toEqual([]);
  });

  test("a redirect to another host is not followed", async () => {
    arm.script("effectiveRouteTable", LATER);
    const error = await failure("operationResults", { status: 307, headers: { location: elsewhere.location() } });
    expect(error).toMatchObject({ exit: "failed", code: "answer-elsewhere" });
    expect(elsewhere.seen).toEqual([]);
  });

  for (const status of [300, 301, 302, 303, 307, 308]) {
    test(`a redirect to the same address (${status}) is not followed`, async () => {
      const error = await failure("effectiveRouteTable", { status, headers: { location: "{url}/again" } });
      expect(error.message).toBe(`cannot read ${ROUTES}: a redirect in place of an answer (HTTP ${status})`);
      expect(arm.seen).toHaveLength(1);
    });
  }

  for (const location of ["http://", "https://:443/x", "http://[::1", "https://a b/"]) {
    test(`a Location that is not a URL: ${location}`, async () => {
      const error = await failure("effectiveRouteTable", { ...LATER, headers: { location } });
      expect(error).toMatchObject({ exit: "failed", code: "answer-unreadable" });
      expect(error.message).toBe("Azure's answer names an address that cannot be read");
      expect(arm.seen).toHaveLength(1);
    });
  }

  test("a plain http address is refused by its name", () => {
    const policy = trustedAddressPolicy(armEndpoint(AZURE_CLOUDS.public, null));
    const request = { url: "http://management.azure.com/operationResults/1" } as Parameters<
      typeof policy.sendRequest
    >[0];
    const send = () => policy.sendRequest(request, () => Promise.reject(new Error("sent")));
    expect(send).toThrow("Azure's answer points to a plain http address, where the token must not go");
  });
});

describe("a list without end or of another shape", () => {
  const list = "/subscriptions/s/providers/Microsoft.Network/networkInterfaces";
  const page = (next: string, ...value: unknown[]) => ({ body: { value, nextLink: `${arm.url}${list}?page=${next}` } });
  const many = (count: number) => Array.from({ length: count }, (_, index) => nicBody("rg-demo", `nic${index}`));

  for (const [rule, pages, message, requests] of [
    ["a page that is its own successor", () => [page("1")], "Azure's list never ends: a page links to itself", 2],
    [
      "the same with an error of Azure's in it",
      () => [{ body: { ...page("1").body, ...(armError("Odd", "it is odd") as object) } }],
      "Azure's list never ends: a page links to itself",
      2,
    ],
    [
      "two pages that name each other",
      () => Array.from({ length: 20 }, (_, index) => page(`${index % 2}`)),
      "Azure's list never ends: a page links to itself",
      3,
    ],
    [
      "always another page",
      () => Array.from({ length: 1100 }, (_, index) => page(`${index}`)),
      "Azure's list has more than 1,000 pages",
      1000,
    ],
    [
      "large pages",
      () =>
        Array.from({ length: 12 }, (_, index) => ({
          ...page(`${index}`, { id: "x".repeat(8 * 2 ** 20) }),
          gzip: true,
        })),
      "Azure's list holds more than 64 MiB",
      8,
    ],
    [
      "many small items",
      () => Array.from({ length: 12 }, (_, index) => page(`${index}`, ...many(11_000))),
      "Azure's list holds more than 100,000 items",
      10,
    ],
  ] as const) {
    test(rule, { tags: ["slow"] }, async () => {
      arm.script("networkInterfaces", ...pages());
      const error = await rejection(liveSession(arm, { target: { nic: "vm-app197" } }).findNic());
      expect(error).toMatchObject({ exit: "failed", code: "answer-too-large", message });
      expect(arm.seen).toHaveLength(requests);
    });
  }

  const DENY = "the access is denied because of the deny assignment with name 'x'";
  for (const [rule, reply, code, message] of [
    [
      "a deny assignment",
      { status: 403, body: armError("AuthorizationFailed", DENY) },
      "not-allowed",
      "cannot read the list of NICs: a deny assignment blocks it (--auth token)\n  its name: x",
    ],
    [
      "another reason, on a later page",
      { status: 400, body: armError("Odd", "it is odd") },
      "azure-refused",
      "cannot read the list of NICs: Azure refused (HTTP 400)\n  Odd: it is odd",
    ],
    [
      "no reason",
      { status: 400, body: { error: { code: "Odd", message: 5 } } },
      "azure-refused",
      "cannot read the list of NICs: Azure refused (HTTP 400)\n  Odd: Pagination failed with unexpected statusCode 400",
    ],
    [
      "no JSON",
      { status: 418, headers: { "content-type": "text/plain" }, body: "{" },
      "azure-refused",
      "cannot read the list of NICs: Azure refused (HTTP 418)\n  Pagination failed with unexpected statusCode 418",
    ],
  ] as const) {
    test(`a list that is refused with ${rule}, in Azure's words`, async () => {
      arm.script("networkInterfaces", page("1"), reply);
      const error = await rejection(liveSession(arm, { target: { nic: "vm-app197" } }).findNic());
      expect(error).toMatchObject({ code, message });
    });
  }

  test("99 pages of a thousand NICs are read", { tags: ["slow"] }, async () => {
    const pages = Array.from({ length: 98 }, (_, index) => page(`${index}`, ...many(1000)));
    arm.script("networkInterfaces", ...pages, { body: { value: [nicBody("rg-demo", "vm-app197")] } });
    expect(await liveSession(arm, { target: { nic: "vm-app197" } }).findNic()).toMatchObject({
      id: { name: "vm-app197" },
    });
  });

  test("a list of Network Watchers without end", async () => {
    arm.script("networkInterface", { body: { ...nicBody("rg-demo", "vm-app197"), location: "westeurope" } });
    arm.script("networkWatchers", {
      body: { value: [], nextLink: `${arm.url}/subscriptions/s/providers/Microsoft.Network/networkWatchers` },
    });
    const error = await rejection(liveSession(arm).nextHops(TARGET, ["8.8.8.8"]));
    expect(error).toMatchObject({ code: "answer-too-large" });
  });

  for (const body of ["null", "5", [], {}, { value: 5 }, { value: [null] }, { value: [], nextLink: 5 }]) {
    test(`${JSON.stringify(body)} in place of a list`, async () => {
      arm.script("networkInterfaces", { body });
      const error = await rejection(liveSession(arm, { target: { nic: "vm-app197" } }).findNic());
      expect(error).toMatchObject({ exit: "failed", code: "answer-unreadable" });
    });
  }
});

describe("what the hints say", () => {
  const denied = { status: 403, body: armError("AuthorizationFailed", "no") };
  const missing = { status: 404, body: armError("ResourceNotFound", "no") };
  const throttled = (wait: string) => ({ status: 429, headers: { "retry-after": wait } });
  const watchers = {
    body: { value: [{ id: "/subscriptions/s/resourceGroups/g/networkWatchers/w", location: "westeurope" }] },
  };
  const nic = { ...nicBody("rg-demo", "vm-app197"), location: "westeurope" };

  for (const [rule, operation, reply, call, hint] of [
    [
      "403 on the routes: a role that has the action",
      "effectiveRouteTable",
      denied,
      async (session) => session.effectiveRoutes(await session.findNic()),
      /^ask for a role with that action on the resource group: 'Network Contributor' has it, Reader does not;/,
    ],
    [
      "403 on the list of NICs: Reader will do",
      "networkInterfaces",
      denied,
      (session) => session.findNic(),
      /^ask for the role Reader on the subscription \(or name the NIC's group with -g\), or/,
    ],
    [
      "403 on the list of Network Watchers: Reader will do",
      "networkWatchers",
      denied,
      (session) => session.nextHops(TARGET, ["8.8.8.8"]),
      /^ask for the role Reader on the subscription, or/,
    ],
    [
      "404 on the service tags: the Download Center has them, and no NIC is spoken of",
      "serviceTags",
      missing,
      (session) => session.serviceTags(),
      /^check --subscription and --cloud, or leave --from arm out/,
    ],
    [
      "404 on the list of NICs: the subscription",
      "networkInterfaces",
      missing,
      (session) => session.findNic(),
      /^check --subscription and --cloud$/,
    ],
    [
      "an API version that the cloud does not have: the newest that it has",
      "serviceTags",
      {
        status: 400,
        body: armError(
          "NoRegisteredProviderFound",
          "No provider for API version '2024-05-01'. The supported api-versions are '2018-11-01, 2020-11-01, 2025-01-01-preview'.",
        ),
      },
      (session) => session.serviceTags(),
      /^try: --api-version 2020-11-01; or export the routes with az/,
    ],
    [
      "an API version that the cloud does not have, and no list",
      "serviceTags",
      { status: 400, body: armError("InvalidApiVersionParameter", "no") },
      (session) => session.serviceTags(),
      /^give an older one with --api-version; or export the routes with az/,
    ],
    [
      "429 in seconds: how long to wait",
      "serviceTags",
      throttled("600"),
      (session) => session.serviceTags(),
      /^wait 600 s and run again$/,
    ],
    [
      "429 until a date: how long to wait",
      "serviceTags",
      throttled("Mon, 23 Nov 2026 00:20:00 GMT"),
      (session) => session.serviceTags(),
      /^wait 1200 s and run again$/,
    ],
  ] satisfies readonly [string, Operation, Reply, (session: LiveSession) => Promise<unknown>, RegExp][]) {
    test(rule, async () => {
      arm.script("networkInterface", { body: nic });
      arm.script("networkWatchers", watchers);
      arm.script(operation, reply);
      const target = { nic: "vm-app197", resourceGroup: operation === "networkInterfaces" ? null : "rg-demo" };
      const error = await rejection(call(liveSession(arm, { target })));
      expect(error).toMatchObject({ hint: expect.stringMatching(hint) });
      seen.push(everything(error as AzureError));
    });
  }

  test("403 names the action that is missing", async () => {
    const error = await failure("effectiveRouteTable", denied);
    expect(error.message).toContain("Microsoft.Network/networkInterfaces/effectiveRouteTable/action");
  });

  test("a missing NIC: similar names", async () => {
    arm.script("networkInterfaces", {
      body: { value: [nicBody("rg-demo", "vm-app198"), nicBody("rg-demo", "other")] },
    });
    const error = await failure("effectiveRouteTable", { status: 404, body: armError("ResourceNotFound", "no") });
    expect(error).toMatchObject({ code: "nic-not-found", hint: "did you mean: vm-app198" });
  });

  test("the NIC of that name in another group is offered", async () => {
    arm.script("networkInterfaces", { body: { value: [nicBody("rg-other", "VM-APP197")] } });
    const error = await failure("effectiveRouteTable", { status: 404, body: armError("ResourceGroupNotFound", "no") });
    expect(error.hint).toBe("did you mean: vm-app197 in group rg-other");
  });
});

const TARGET = {
  id: { subscriptionId: SUBSCRIPTION, resourceGroup: "rg-demo", name: "vm-app197" },
  subscription: { id: SUBSCRIPTION, name: null, tenantId: null, from: "--subscription" },
  nic: null,
} as const;

function nicBody(group: string, name: string): object {
  return {
    id: `/subscriptions/s/resourceGroups/${group}/providers/Microsoft.Network/networkInterfaces/${name}`,
    properties: {},
  };
}

describe("time", () => {
  for (const fault of ["silence", "drip"] as const) {
    test(`${fault}: ends at the time limit`, async () => {
      arm.script("effectiveRouteTable", { fault, body: { value: [ROW] } });
      const session = liveSession(arm, { timeoutMs: 150 });
      const error = await rejection(session.effectiveRoutes(await session.findNic()));
      expect(error).toMatchObject({ exit: "failed", code: "timeout" });
    });
  }

  for (const seconds of ["99999999", "9".repeat(400)]) {
    test(`a poll that is to wait ${seconds.slice(0, 8)}… seconds waits; it does not ask at once`, async () => {
      const later = { ...LATER, headers: { ...LATER.headers, "retry-after": seconds } };
      arm.script("effectiveRouteTable", { body: { value: [ROW] } }, later);
      const session = liveSession(arm, { pace: realPace() });
      const target = await session.findNic();
      await session.effectiveRoutes(target); // signs in and loads what the next call needs within its limit
      const error = await rejection(session.effectiveRoutes(target, 150));
      expect(error).toMatchObject({ exit: "failed", code: "timeout" });
      expect(arm.seen).toHaveLength(2);
    });
  }

  test("nothing listens at the endpoint", async () => {
    await elsewhere.close();
    const session = liveSession(elsewhere);
    const error = await rejection(session.effectiveRoutes(await session.findNic()));
    expect(error).toMatchObject({ exit: "failed", code: "network-refused" });
  });
});

describe.skipIf(!hasSharedData)("recorded refusals", () => {
  test("the recorded 400 for a NIC without a running VM", async () => {
    const [recorded] = JSON.parse(readShared("data/recordings/xplat.effectiveRouteTable.400.json"));
    const error = await failure("effectiveRouteTable", {
      status: recorded.response.status,
      body: recorded.response.body,
    });
    expect(error.code).toBe("vm-not-running");
  });
});

describe("tokens and subscription ids", () => {
  test("a subscription id is printed if the user named it", async () => {
    arm.script("effectiveRouteTable", { status: 400, body: armError("BadThing", `${SUBSCRIPTION} is bad`) });
    const session = liveSession(arm, { showSubscriptions: true });
    const error = await rejection(session.effectiveRoutes(await session.findNic()));
    expect(everything(error as AzureError)).toContain(`${SUBSCRIPTION} is bad`);
  });

  test("one that Azure repeats in its answer is hidden", async () => {
    const error = await failure("effectiveRouteTable", { status: 400, body: armError("Bad", `token ${TOKEN} is bad`) });
    expect(error.message).toContain("token [hidden] is bad");
  });

  test("one in an unreadable row is hidden", async () => {
    const error = await failure("effectiveRouteTable", { body: { value: [{ ...ROW, addressPrefix: [TOKEN] }] } });
    expect(error.code).toBe("answer-unreadable");
  });

  afterAll(() => {
    expect(seen.length).toBeGreaterThan(FAULTS.length);
    for (const text of seen) {
      expect(text).not.toContain(TOKEN);
      expect(text).not.toMatch(new RegExp(SUBSCRIPTION, "i"));
      expect(text).not.toMatch(/authorization: /i);
    }
  });
});
