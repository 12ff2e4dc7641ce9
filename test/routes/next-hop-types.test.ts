import { expect, test } from "vitest";
import { armName, isBeginningOfName, NEXT_HOP_NAMES, NEXT_HOP_TYPES } from "../../src/routes/next-hop-types.ts";

test.each(NEXT_HOP_NAMES)("$raw is found by each of its names", ({ raw, portal, networkWatcher }) => {
  const names = [raw, portal, networkWatcher ?? raw];
  expect(names.flatMap((name) => [armName(name), armName(name.toUpperCase()), armName(` ${name}-`)])).toEqual(
    Array(9).fill(raw),
  );
});

test.each([
  ["Global VNet peering", "VNetGlobalPeering"],
  ["Virtual network global peering", "VNetGlobalPeering"],
  ["Service endpoint", "VirtualNetworkServiceEndpoint"],
  ["User-defined", "User"],
  ["active", "Active"],
  ["INVALID", "Invalid"],
  ["default", "Default"],
  ["user", "User"],
  ["", ""],
  ["Quantum tunnel", "Quantum tunnel"],
])("'%s' is %s", (text, expected) => {
  expect(armName(text)).toBe(expected);
});

test.each<[text: string, is: boolean]>([
  ["VirtualNetworkGa", true],
  ["VirtualNetwork", true],
  ["Virtual network", false],
  ["virtual NETWORK", false],
  ["Virtual net", true],
  ["VNetPeering", false],
  ["Service end", true],
  ["ServiceEndpoint", false],
  ["Defau", true],
  ["Default", false],
  ["Use", true],
  ["user", false],
  ["UserDef", true],
  ["Activ", true],
  ["active", false],
  ["Inval", true],
  ["Invalid", false],
  ["tunnel", false],
])("'%s' is only the beginning of a name: %s", (text, is) => {
  expect(isBeginningOfName(text)).toBe(is);
});

test("no name means two types", () => {
  const names = NEXT_HOP_NAMES.flatMap(({ raw, portal, networkWatcher }) => [raw, portal, networkWatcher ?? raw]);
  for (const name of names) expect(NEXT_HOP_TYPES).toContain(armName(name));
  expect(new Set(names.map(armName)).size).toBe(NEXT_HOP_TYPES.length);
});
