import { expect, test } from "vitest";
import { formatPrefix } from "../../../src/net/prefix.ts";
import { noteScopes } from "../../../src/selection/notes/note-scopes.ts";
import { row } from "../routes-for-tests.ts";

test("notes differ between private addresses, those of the Internet, and each appliance's own", () => {
  const [inside, outside, ...appliances] = noteScopes(
    [
      "User 0.0.0.0/0 VirtualAppliance 10.0.9.4 10.0.9.5",
      "User 10.0.0.0/8 None 10.0.9.5",
      "User ::/0 VirtualAppliance fd00::4 fw",
      "VirtualNetworkGateway 10.8.0.0/16 VirtualNetworkGateway 10.0.0.254",
    ].map(row),
  ).map((prefixes) => prefixes.map(formatPrefix));
  expect(inside).toEqual(["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]);
  expect(outside?.slice(0, 3)).toEqual(["1.0.0.0/8", "2.0.0.0/7", "4.0.0.0/6"]);
  expect(appliances).toEqual([["10.0.9.4/32"], ["10.0.9.5/32"], ["fd00::4/128"]]);
});
