import { expect, test } from "vitest";
import { placesOf } from "../../../src/analysis/coverage/place.ts";
import { parseAddress } from "../../../src/net/address.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import { select } from "../../../src/selection/select.ts";
import { annotatedTable, row } from "../../selection/routes-for-tests.ts";
import { tagsOf } from "../../service-tags/tags-for-tests.ts";

const TAGS = tagsOf({ Storage: ["20.0.0.0/24"] });
const ENDPOINT = "Default 20.0.0.0/24 VirtualNetworkServiceEndpoint";

/** Where packets to an address end up, as `VERDICT TYPES ADDRESSES SERVICE`. */
function placeOf(address: string, rows: readonly string[], tags: typeof TAGS | null = null): string {
  const { table } = annotatedTable();
  const routes = rows.map(row);
  const annotated = annotateTable({ ...table, routes }, tags);
  const place = placesOf(annotated)(select(routes, parseAddress(address)));
  return [place.verdict, place.nextHopTypes.join("+"), place.nextHopIpAddresses.join("+"), place.service].join(" ");
}

test.each<[string, string, readonly string[], string]>([
  ["the Internet", "8.8.8.8", ["Default 0.0.0.0/0 Internet"], "forward Internet  "],
  ["an appliance", "8.8.8.8", ["User 0.0.0.0/0 VirtualAppliance 10.0.1.4"], "forward VirtualAppliance 10.0.1.4 "],
  [
    "two appliances, whose type is one",
    "8.8.8.8",
    ["User 0.0.0.0/0 VirtualAppliance 10.0.1.4", "User 0.0.0.0/0 VirtualAppliance 10.0.1.5"],
    "forward VirtualAppliance 10.0.1.4+10.0.1.5 ",
  ],
  ["nowhere", "8.8.8.8", [], "no-route   "],
  ["nowhere, by a user route", "8.8.8.8", ["User 0.0.0.0/0 None"], "drop None  "],
  ["an appliance that is unreachable", "8.8.8.8", ["User 0.0.0.0/0 None 10.0.1.4"], "drop None 10.0.1.4 "],
  ["the platform", "168.63.129.16", ["Default 0.0.0.0/0 Internet"], "platform   "],
  ["a service that nothing names", "20.0.0.1", [ENDPOINT], "forward VirtualNetworkServiceEndpoint  unnamed service"],
])("packets end up at %s", (_, address, rows, expected) => {
  expect(placeOf(address, rows)).toBe(expected);
});

test("a service is named by its tag, else by its endpoint; nothing else is a service", () => {
  expect(placeOf("20.0.0.1", [ENDPOINT], TAGS)).toBe("forward VirtualNetworkServiceEndpoint  Storage");
  expect(placeOf("20.0.0.1", ["Default 20.0.0.0/24 Internet"], TAGS)).toBe("forward Internet  ");
  expect(placeOf("20.0.1.1", [ENDPOINT.replace("0.0/24", "1.0/24")], TAGS)).toBe(
    "forward VirtualNetworkServiceEndpoint  unnamed service",
  );
});
