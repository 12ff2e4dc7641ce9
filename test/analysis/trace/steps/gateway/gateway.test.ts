import { expect, test } from "vitest";
import { routeText } from "../../../../../src/analysis/trace/steps/gateway/learned.ts";
import { trace } from "../../../../../src/analysis/trace/walk.ts";
import { dataOf, gateway, hubAndSpokes, learned, question } from "../../lab.ts";

test.each([
  ["10.0.0.0/8 10.0.0.4 EBgp 0 65001-65002", "10.0.0.0/8 EBgp AS 65001 65002"],
  ["10.0.0.0/8 10.0.0.4 IBgp", "10.0.0.0/8 IBgp"],
])("a learned route in a few words: %s", (row, text) => {
  expect(routeText(learned("vpn", [row]).routes)).toBe(text);
});

test("a learned route whose origin is not known is called learned; of none there is no route", () => {
  const routes = learned("vpn", ["10.0.0.0/8 10.0.0.4 x 0 65001"]).routes.map((route) => ({ ...route, origin: null }));
  expect(routeText(routes)).toBe("10.0.0.0/8 learned AS 65001");
  expect(routeText([])).toBe("no route");
});

test("a route without an AS path leaves to a peer whose AS is not known", () => {
  const draft = hubAndSpokes();
  draft.gateways.push(gateway("vpn", "hub", ["10.0.0.4"]));
  const table = learned("vpn", ["0.0.0.0/0 10.0.0.9 EBgp"]);
  draft.gatewayTables.push({ ...table, routes: table.routes.map((route) => ({ ...route, asPath: null })) });
  const data = dataOf(draft);
  expect(trace(data, question(data, "gateway:vpn", "8.8.8.8")).trace.text).toBe("leaves by vpn to BGP peer 10.0.0.9");
});

test.each([
  ["168.63.129.16", ["168.63.129.16/32 10.0.0.9 EBgp 0 65001"], "leaves by vpn to BGP peer 10.0.0.9 AS 65001"],
  ["8.8.8.8", ["0.0.0.0/0 10.0.0.9 EBgp 0 65001"], "leaves by vpn to BGP peer 10.0.0.9 AS 65001"],
  ["10.1.0.4", ["10.0.0.0/8 10.0.0.9 EBgp 0 65001"], "delivered to web in spoke1"],
])("what a gateway has learned decides for %s, unless its networks have it", (to, rows, text) => {
  const draft = hubAndSpokes();
  draft.gateways.push(gateway("vpn", "hub", ["10.0.0.4"]));
  draft.gatewayTables.push(learned("vpn", rows));
  const data = dataOf(draft);
  expect(trace(data, question(data, "gateway:vpn", to)).trace.text).toBe(text);
});
