import { describe, expect, test } from "vitest";
import { isNearby } from "../../src/azure/http-client.ts";

describe("hosts that no proxy is asked for", () => {
  for (const [host, nearby] of [
    ["169.254.169.254", true],
    ["169.254.130.1", true],
    ["127.0.0.1", true],
    ["localhost", true],
    ["[::1]", true],
    ["[fe80::1]", true],
    ["[febf::a]", true],
    ["[fec0::1]", false],
    ["10.0.0.4", false],
    ["169.255.0.1", false],
    ["169.254.169.254.example.com", false],
    ["localhost.example.com", false],
    ["management.azure.com", false],
  ] as const) {
    test(`${host}: ${nearby ? "never" : "as the variables say"}`, () => expect(isNearby(host)).toBe(nearby));
  }
});
