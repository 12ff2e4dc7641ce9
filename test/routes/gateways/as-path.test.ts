import { expect, test } from "vitest";
import { asNumber, parseAsPath } from "../../../src/routes/gateways/as-path.ts";

test.each<[string, readonly number[] | null, string | null]>([
  ["", [], null],
  ["65000", [65000], null],
  ["65000-65003", [65000, 65003], null],
  ["12076-12076", [12076, 12076], null],
  ["65515 I", [65515], "Igp"],
  ["65515 I\n                    ", [65515], "Igp"],
  ["65515 65520 65520 e", [65515, 65520, 65520], "Egp"],
  ["65001 16550 ?", [65001, 16550], "Incomplete"],
  ["I", [], "Igp"],
  ["65000, 65001", [65000, 65001], null],
  ["4200000001-65000", [4200000001, 65000], null],
  ["4294967295", [4294967295], null],
  ["1.10", [65546], null],
  ["4294967296", null, null],
  ["1.65536", null, null],
  ["65000 x", null, null],
])("'%s'", (text, numbers, origin) => {
  expect(parseAsPath(text)).toEqual(numbers === null ? null : { numbers, origin });
});

test.each<[string, number | null]>([
  ["0", 0],
  ["65000", 65000],
  ["4294967295", 4294967295],
  ["00000000001", null],
  ["0x10", null],
  ["1e3", null],
  ["-5", null],
  ["1.10", 65546],
  ["65535.65535", 4294967295],
  ["65536.0", null],
  ["0.65536", null],
  ["x1.10", null],
  ["1.10x", null],
  ["1.2.3", null],
  ["000001.1", null],
  ["1.000001", null],
  ["1.", null],
  ["", null],
])("the AS number in '%s' is %s", (text, number) => {
  expect(asNumber(text)).toBe(number);
});
