import { expect, test } from "vitest";
import { isAddressError } from "../../src/net/address-error.ts";
import { parsePrefix } from "../../src/net/prefix.ts";
import { scannedPrefix } from "../../src/net/read-prefix.ts";
import { UserError } from "../../src/text/user-error.ts";

test.each(["10.0.0.0/8", "0.0.0.0/0", "255.255.255.255/32", "::/0", "2001:db8::/32", "::1/128", "fc00::/7"])(
  "%s is the same prefix as parsePrefix reads",
  (text) => {
    expect(scannedPrefix(text)).toEqual(parsePrefix(text));
  },
);

test.each([
  ...[
    "",
    "/",
    "0.0.0.0/",
    "::/",
    "10.0.0.0",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.0/08",
    "10.0.0.0/8 ",
    " 10.0.0.0/8",
    "10.0.0.0/8x",
  ],
  ...["10.0.0.1/8", "10.0.0.0/1000", "010.0.0.0/8", "::/129", "::1/127", "2001:db8::1/64", "::ffff:10.0.0.0/104"],
  ...[`10.0.0.0/${"8".repeat(60)}`, `${"0:".repeat(40)}/8`, "é/8"],
])("%j is left to parsePrefix", (text) => {
  expect(scannedPrefix(text)).toBeNull();
});

test.each([
  [new UserError("prefix-length", "m", "h"), true],
  [new UserError("address-zone", "m", "h"), true],
  [new UserError("file-missing", "m", "h"), false],
  [new Error("prefix-length"), false],
  [null, false],
])("whether an error rejects an address: %s", (error, expected) => {
  expect(isAddressError(error)).toBe(expected);
});
