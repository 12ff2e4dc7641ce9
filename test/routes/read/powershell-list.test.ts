import { expect, test } from "vitest";
import { FIT } from "../../../src/routes/read/form.ts";
import { powershellList } from "../../../src/routes/read/powershell-list.ts";

const properties = (count: number) => Array.from({ length: count }, (_, k) => `P${k} : x\n`).join("");

test.each<[text: string, fit: number]>([
  ["AddressPrefix : x", FIT.partial],
  ["NextHopType : x", FIT.partial],
  ["Source : here", FIT.none],
  ["Source : x\nState : x", FIT.none],
  ["PeeringState : x", FIT.partial],
  ["peeringState : x", FIT.none],
  ["AddressPrefix : x\nNextHopType : x\nSource : x\nState : x", FIT.full],
  ["AddressPrefix : x   ", FIT.partial],
  ["AddressPrefix :", FIT.partial],
  ["AddressPrefix :x", FIT.none],
  ["the AddressPrefix : x", FIT.none],
  ["hello", FIT.none],
])("%j fits a list of properties with the score %i", (text, fit) => {
  expect(powershellList.recognises(text)).toBe(fit);
});

test("a hundred properties are looked at", () => {
  expect(powershellList.recognises(`${properties(99)}AddressPrefix : x`)).toBe(FIT.partial);
  expect(powershellList.recognises(`${properties(100)}AddressPrefix : x`)).toBe(FIT.none);
});
