import { describe, expect, test } from "vitest";
import { Throttled } from "../../../src/azure/arm/gate.ts";
import { azureFailure, failedOperation } from "../../../src/azure/failure/failure.ts";
import type { FailureContext } from "../../../src/azure/failure/rest-failure.ts";
import { Scrubber } from "../../../src/azure/failure/scrubber.ts";
import { UserError } from "../../../src/text/user-error.ts";

const TOKEN = "correct-horse-battery-staple-42";

function contextWith(scrubber = new Scrubber()): FailureContext {
  return {
    what: "the effective routes",
    action: "Microsoft.Network/networkInterfaces/effectiveRouteTable/action",
    role: "Network Contributor",
    on: "the NIC",
    notFound: "check the name",
    subscriptionFrom: "--subscription",
    servedBy: "cli",
    host: "management.azure.com",
    proxy: null,
    now: 0,
    scrubber,
  };
}

test("a token that only the sign-in knows is hidden in every part of Azure's response", () => {
  const scrubber = new Scrubber();
  scrubber.learn(TOKEN);
  const thrown = Object.assign(new Error(`message ${TOKEN}`), {
    statusCode: 418,
    code: `Code${TOKEN}`,
    response: { headers: new Headers({ "x-ms-request-id": `id-${[...TOKEN].join("\u00ad")}` }) },
  });
  const { message, detail } = azureFailure(thrown, contextWith(scrubber));
  expect(message).toContain("Code[hidden]: message [hidden]");
  expect(detail).toBe("HTTP 418, Code[hidden], request id id-[hidden]\nmessage [hidden]");
});

/** An error as the SDK throws it. */
function thrown(message: unknown, more: object = {}): Error {
  return Object.assign(new Error(), { message, ...more });
}

const answered = (status: number, headers: Readonly<Record<string, string>>, more: object = {}) =>
  thrown("it failed", { statusCode: status, response: { headers: new Headers(headers) }, ...more });

describe("what the SDK throws becomes an error of this program", () => {
  const SHAPE = [
    "answer-unreadable",
    "Azure's answer has an unexpected form",
    "a proxy or --arm-endpoint may have answered instead; --debug shows more",
  ];
  const REACH = "cannot reach management.azure.com: ";
  const AGAIN = "run again; --debug shows more";
  const refused = (status: number, said = "it failed") => [
    "azure-refused",
    `cannot read the effective routes: Azure refused (HTTP ${status})\n  ${said}`,
    "see Azure's words above; --debug shows more",
  ];
  const operation = (said: string) => [
    "operation-failed",
    `Azure could not compute the effective routes${said}`,
    AGAIN,
  ];

  test.each<[rule: string, thrown: unknown, texts: readonly string[], detail: string | null]>([
    ["a refusal", thrown("no", { statusCode: 418, code: "Odd" }), refused(418, "Odd: no"), "HTTP 418, Odd\nno"],
    [
      "a refusal with a request id",
      answered(418, { "x-ms-request-id": "r1", "x-ms-correlation-request-id": "c1" }),
      refused(418),
      "HTTP 418, request id r1\nit failed",
    ],
    [
      "a refusal with a correlation id",
      answered(418, { "x-ms-correlation-request-id": "c1" }),
      refused(418),
      "HTTP 418, request id c1\nit failed",
    ],
    [
      "a refusal without an id: a proxy's",
      answered(418, {}),
      [
        "network-proxy",
        "cannot read the effective routes: a proxy answered in Azure's place (HTTP 418)",
        "check HTTPS_PROXY and NO_PROXY, and whether proxy and firewall allow management.azure.com",
      ],
      "HTTP 418\nit failed",
    ],
    [
      "a refusal whose message is no text",
      thrown({ a: 1 }, { statusCode: 418, code: 7, response: { headers: new Headers({ "x-ms-request-id": "r1" }) } }),
      refused(418, ""),
      "HTTP 418, request id r1",
    ],
    [
      "a redirect",
      answered(300, { "x-ms-request-id": "r1" }),
      [
        "answer-elsewhere",
        "cannot read the effective routes: a redirect in place of an answer (HTTP 300)",
        "check --arm-endpoint, and HTTPS_PROXY: a proxy or a portal may answer in Azure's place",
      ],
      "HTTP 300, request id r1\nit failed",
    ],
    [
      "Retry-After",
      answered(429, { "x-ms-request-id": "r1", "retry-after": "9" }),
      ["throttled", "cannot read the effective routes: Azure throttles requests", "wait 9 s and run again"],
      "HTTP 429, request id r1\nit failed",
    ],
    [
      "a status that is no number, as of no answer",
      thrown("odd", { statusCode: "418", code: "EPIPE" }),
      [
        "network-cut",
        `${REACH}the connection was cut`,
        "run again; if that does not help, check the proxy or firewall in between",
      ],
      "EPIPE\nodd",
    ],
    ["a success that cannot be read", thrown("odd", { statusCode: 299 }), SHAPE, "HTTP 299\nodd"],
    [
      "an answer that cannot be parsed",
      thrown("odd", { statusCode: 400, code: "PARSE_ERROR" }),
      SHAPE,
      "HTTP 400, PARSE_ERROR\nodd",
    ],
    ["a TypeError of the SDK", thrown("odd", { name: "TypeError" }), SHAPE, "odd"],
    ["a RestError without a code", thrown("odd", { name: "RestError" }), SHAPE, "odd"],
    [
      "a RestError of the connection",
      thrown("odd", { name: "RestError", code: "ECONNREFUSED" }),
      ["network-refused", `${REACH}no connection`, "check the network and the firewall, or set HTTPS_PROXY"],
      "ECONNREFUSED\nodd",
    ],
    [
      "an answer that was cut",
      thrown("odd", { code: "ANSWER_CUT" }),
      [
        "network-cut",
        `${REACH}the answer was cut off`,
        "run again; if that does not help, check the proxy or firewall in between",
      ],
      "ANSWER_CUT\nodd",
    ],
    [
      "an operation that failed",
      thrown("The long-running operation has failed. Odd. It is off."),
      operation("\n  Odd: It is off."),
      "The long-running operation has failed. Odd. It is off.",
    ],
    [
      "an operation that was given up",
      thrown("Operation was canceled"),
      ["operation-failed", "Azure cancelled its computation of the effective routes", "run again"],
      "Operation was canceled",
    ],
    ["what is no Error", "it rained", ["network-failed", `${REACH}it rained`, AGAIN], "it rained"],
    [
      "a request that was held back",
      new Throttled(3000),
      ["throttled", "cannot read the effective routes: Azure throttles requests", "wait 3 s and run again"],
      null,
    ],
  ])("%s", (_, error, texts, told) => {
    const { code, message, hint, detail } = azureFailure(error, contextWith());
    expect([code, message, hint]).toEqual(texts);
    expect(detail).toBe(told);
  });

  test("the detail has at most the first 2,000 characters of the response", () => {
    const { detail } = azureFailure(thrown("x".repeat(3000), { statusCode: 418 }), contextWith());
    expect(detail).toBe(`HTTP 418\n${"x".repeat(2000)}`);
  });

  test("a route table that cannot be read", () => {
    const { code, message, hint, detail } = azureFailure(
      new UserError("route-shape", `row 1: ${"x".repeat(60)}`, "hint", "failed"),
      contextWith(),
    );
    expect([code, message, hint, detail]).toEqual([
      "answer-unreadable",
      `Azure's answer cannot be read: row 1: ${"x".repeat(45)}...`,
      "run again; if that does not help, report it with --debug",
      `row 1: ${"x".repeat(60)}`,
    ]);
  });

  test("an error of this program stays as it is", () => {
    const own = azureFailure(thrown("odd"), contextWith());
    expect(azureFailure(own, contextWith())).toBe(own);
  });

  const poll = (action: string, method: string) =>
    azureFailure(answered(404, { "x-ms-request-id": "r1" }, { request: { method } }), { ...contextWith(), action })
      .code;
  test.each([
    ["a question for an action's result", "Microsoft.Network/x/action", "GET", "operation-failed"],
    ["the action itself", "Microsoft.Network/x/action", "POST", "not-found"],
    ["a question for a resource", "Microsoft.Network/x/read", "GET", "not-found"],
  ])("404: %s", (_, action, method, code) => {
    expect(poll(action, method)).toBe(code);
  });

  test.each([
    { response: null },
    { response: {} },
    { response: { headers: null } },
    { response: { headers: {} } },
    { response: { headers: { get: 5 } } },
    { response: { headers: { get: () => 5 } } },
    { response: 5 },
  ])("an answer of another shape has no headers: %j", (more) => {
    expect(azureFailure(thrown("no", { statusCode: 429, ...more }), contextWith())).toMatchObject({
      code: "network-proxy",
      detail: "HTTP 429\nno",
    });
  });
});

test.each([
  ["The long-running operation has failed. Code. A message. Of two\nlines", "Code", "A message. Of two\nlines"],
  ["The long-running operation has failed.Code.Message", "Code", "Message"],
  ["The long-running operation has failed", "", ""],
  ["The long-running operation has failed.  1 it is", "", "1 it is"],
])("the words for a failed operation hold Azure's code and message: %j", (text, code, message) => {
  expect(failedOperation(text)).toEqual({ code, message });
  expect(failedOperation(`x ${text}`)).toBeNull();
});
