import { expect, test } from "vitest";
import { azureFailure } from "../../../src/azure/failure/failure.ts";
import type { FailureContext } from "../../../src/azure/failure/rest-failure.ts";
import { Scrubber } from "../../../src/azure/failure/scrubber.ts";

const TOKEN = "correct-horse-battery-staple-42";

test("a token that only the sign-in knows is hidden in every part of what Azure said", () => {
  const scrubber = new Scrubber();
  scrubber.learn(TOKEN);
  const context: FailureContext = {
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
  const thrown = Object.assign(new Error(`message ${TOKEN}`), {
    statusCode: 418,
    code: `Code${TOKEN}`,
    response: { headers: new Headers({ "x-ms-request-id": `id-${[...TOKEN].join("\u00ad")}` }) },
  });
  const { message, detail } = azureFailure(thrown, context);
  expect(message).toContain("Code[hidden]: message [hidden]");
  expect(detail).toBe("HTTP 418, Code[hidden], request id id-[hidden]\nmessage [hidden]");
});
