import { expect, it } from "vitest";
import { run } from "../run-in-process.ts";

const row = (source: string, prefix: string, nextHopType: string, more: object = {}) => ({
  source,
  state: "Active",
  addressPrefix: [prefix],
  nextHopType,
  nextHopIpAddress: [],
  ...more,
});

const TABLE = JSON.stringify([
  row("User", "20.0.0.0/24", "Internet", { name: "to-web" }),
  row("Default", "20.0.0.0/24", "VirtualNetworkServiceEndpoint"),
  row("Default", "0.0.0.0/0", "Internet", { state: "Invalid" }),
  row("User", "0.0.0.0/0", "VirtualAppliance", { name: "to-nva", nextHopIpAddress: ["10.0.9.4"] }),
  row("VirtualNetworkGateway", "10.8.0.0/16", "VirtualNetworkGateway", { nextHopIpAddress: ["10.0.0.4"] }),
  row("VirtualNetworkGateway", "10.8.0.0/16", "VirtualNetworkGateway", { nextHopIpAddress: ["10.0.0.5"] }),
]);

it.each([
  [
    "a contested choice, a shared route, the platform, no route",
    ["20.0.0.1", "10.8.0.1", "168.63.129.16", "2001:db8::1"],
  ],
])("reads like a proof: %s", async (_, addresses) => {
  const asked = ["whichroute", "--explain", "--ip", ...addresses, "-f", "-", "-q", "--color", "never"];
  expect((await run(asked, { stdin: TABLE })).out).toMatchSnapshot("in a pipe");
  expect((await run(asked, { stdin: TABLE, tty: true, columns: 72 })).out).toMatchSnapshot(
    "on a terminal of 72 columns",
  );
  expect((await run([...asked, "-v"], { stdin: TABLE })).out).toMatchSnapshot("with -v");
});
