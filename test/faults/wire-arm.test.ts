import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AzureError, isAzureError } from "../../src/azure/failure/azure-error.ts";
import { liveSession } from "../azure/live.ts";
import { answerBytes, eachOf, FRAMINGS, sendBroken, WIRE_FAULTS, type WireFault } from "./broken-wire.ts";
import { some } from "./length.ts";

const ROUTES = {
  value: [{ source: "Default", state: "Active", addressPrefix: ["10.0.0.0/16"], nextHopType: "VnetLocal" }],
};
const BODY = Buffer.from(JSON.stringify(ROUTES));
const PACKED = gzipSync(BODY);
const ACCEPTED = (url: string) =>
  Buffer.from(
    `HTTP/1.1 202 Accepted\r\nLocation: ${url}/subscriptions/s/operationResults/1\r\nContent-Length: 4\r\n\r\nnull`,
  );

/** Breaks the responses to the requests with these numbers, counted from 1. */
interface Break {
  readonly answer: Uint8Array;
  readonly at: number;
  readonly fault: WireFault;
  readonly requests: (count: number) => boolean;
}

let server: Server;
let url = "";
/** The fault for the requests about each NIC, by its name, and how many requests there were. */
const plans = new Map<string, { readonly broken: Break; readonly whole: Uint8Array; count: number }>();

beforeEach(async () => {
  server = createServer((request) => {
    request.resume();
    const plan = plans.get(/networkInterfaces\/([^/]+)\/effectiveRouteTable/.exec(request.url ?? "")?.[1] ?? "");
    if (plan === undefined) return request.socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    const { broken, whole } = plan;
    if (broken.requests(++plan.count)) sendBroken(request.socket, broken.answer, broken.at, broken.fault);
    else request.socket.end(whole);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  plans.clear();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** The routes returned, or the code of the error, which must be a UserError. */
async function outcome(nic: string, broken: Break, whole: Uint8Array): Promise<string> {
  plans.set(nic, { broken, whole, count: 0 });
  const timeoutMs = broken.fault === "stall" ? 100 : 10_000;
  const session = liveSession({ url }, { target: { nic, resourceGroup: "rg-demo" }, timeoutMs });
  try {
    const { body } = await session.effectiveRoutes(await session.findNic());
    expect(JSON.parse(body)).toEqual(ROUTES);
    return "routes";
  } catch (error) {
    expect(error).toSatisfy(isAzureError);
    const { exit, code, message, hint } = error as AzureError;
    expect([exit, message.split("\n")[0]?.length]).toEqual(["failed", expect.toSatisfy((length) => length < 100)]);
    expect(hint).not.toBe("");
    return code;
  }
}

const offsets = (answer: Uint8Array) =>
  some(
    Array.from({ length: answer.length + 1 }, (_, at) => at),
    (at) => at === answer.length,
    24,
  );

describe.each(FRAMINGS)("an answer of Azure, framed by %s", (framing) => {
  const answer = answerBytes(framing, BODY, PACKED);

  it.each(WIRE_FAULTS)("%s at any byte, for every request: an error or the whole table", async (fault) => {
    const seen = new Map<string, number>();
    await eachOf(offsets(answer), 16, async (at) => {
      const result = await outcome(`n${at}`, { answer, at, fault, requests: () => true }, answer);
      if (result === "routes") expect(at, `${fault} at ${at}`).toBe(answer.length);
      if (at === answer.length && fault === "cut") expect(result).toBe("routes");
      seen.set(result, (seen.get(result) ?? 0) + 1);
    });
    console.log(`Azure, ${framing}, ${fault}: ${JSON.stringify(Object.fromEntries(seen))}`);
  });
});

// A response that ends with the connection may look complete when it is cut. It is rejected, not requested again.
describe.each(FRAMINGS.filter((framing) => framing !== "until close"))(
  "an answer of Azure, framed by %s",
  (framing) => {
    const answer = answerBytes(framing, BODY, PACKED);

    it.each(["cut", "reset"] as const)(
      "%s at any byte, for the first request only: requested again, and read",
      async (fault) => {
        await eachOf(offsets(answer), 16, async (at) => {
          const result = await outcome(`n${at}`, { answer, at, fault, requests: (count) => count === 1 }, answer);
          expect(result, `${fault} at ${at}`).toBe("routes");
        });
      },
    );
  },
);

it("a 202 that breaks at any byte is requested again or an error, never an empty table", async () => {
  const accepted = ACCEPTED(url);
  const whole = answerBytes("length", BODY, PACKED);
  for (const fault of ["cut", "reset", "garbage"] as const) {
    await eachOf(offsets(accepted), 16, async (at) => {
      const result = await outcome(`n${at}`, { answer: accepted, at, fault, requests: (count) => count === 1 }, whole);
      expect(result).not.toBe("answer-without-routes");
    });
  }
});
