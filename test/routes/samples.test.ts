import { describe, expect, test } from "vitest";
import { formatPrefix } from "../../src/net/prefix.ts";
import { SAMPLE_NAMES, sampleRouteTable } from "../../src/routes/samples.ts";

const lines = (name: (typeof SAMPLE_NAMES)[number]) =>
  sampleRouteTable(name).routes.map((route) =>
    [
      route.source,
      route.state,
      route.addressPrefix.map(formatPrefix).join(),
      route.nextHopType,
      ...route.nextHopIpAddress,
      ...(route.name === null ? [] : [route.name]),
    ].join(" "),
  );

describe("the embedded tables are the article's test setups", () => {
  test("no-udr: the network and the default route", () => {
    expect(lines("no-udr")).toEqual(["Default Active 10.0.0.0/16 VnetLocal", "Default Active 0.0.0.0/0 Internet"]);
  });

  test("udr: to-nva is listed as None with its address, the system default is Invalid", () => {
    expect(lines("udr")).toEqual([
      "Default Active 10.0.0.0/16 VnetLocal",
      "Default Invalid 0.0.0.0/0 Internet",
      "User Active 0.0.0.0/0 None 10.10.10.10 to-nva",
    ]);
  });

  test("udr-and-endpoint: two service endpoint rows more", () => {
    expect(lines("udr-and-endpoint")).toEqual([
      ...lines("udr"),
      "Default Active 191.235.255.192/26 VirtualNetworkServiceEndpoint",
      "Default Active 191.239.203.0/28 VirtualNetworkServiceEndpoint",
    ]);
  });

  test.each(SAMPLE_NAMES)("no route of %s stops the routes of gateways", (name) => {
    const stopping = sampleRouteTable(name).routes.filter((route) => route.disableBgpRoutePropagation !== false);
    expect(stopping).toEqual([]);
  });

  test.each(SAMPLE_NAMES)("%s says that it is a sample", (name) => {
    expect(sampleRouteTable(name).origin).toMatchObject({ kind: "sample", name, format: "arm", fetchedAt: null });
  });

  test("the endpoint sample says that its rows are an excerpt, and how much is left out", () => {
    expect(sampleRouteTable("udr-and-endpoint").origin.note).toMatch(/excerpt.*68 and 78 more/);
  });
});
