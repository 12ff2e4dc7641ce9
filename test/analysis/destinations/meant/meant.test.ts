import { describe, expect, it } from "vitest";
import { readDestination } from "../../../../src/analysis/destinations/destination.ts";
import { meantBy, withMeaning } from "../../../../src/analysis/destinations/meant/meant.ts";
import { rangeOf, unionOf } from "../../../../src/net/address-ranges.ts";

describe("what a text that is not a destination probably means", () => {
  it.each([
    ["10.0.0.0/255.255.0.0", "10.0.0.0/16"],
    ["10.0.3.7 255.255.0.0", "10.0.0.0/16"],
    ["10.0.0.0/255.0.255.0", null],
    ["10.0.0.1-10.0.0.9", "10.0.0.1 10.0.0.2/31 10.0.0.4/30 10.0.0.8/31"],
    ["10.0.0.1 – 10.0.0.2", "10.0.0.1 10.0.0.2"],
    ["10.0.0.0-255", "10.0.0.0/24"],
    ["10.0.0.0 to 10.0.1.255", "10.0.0.0/23"],
    ["2001:db8::-2001:db8::1", "2001:db8::/127"],
    ["10.0.0.9-10.0.0.1", null],
    ["10.0.0.1-2001:db8::1", null],
    ["10.1.2.3,10.1.2.4", "10.1.2.3 10.1.2.4"],
    ["10.1.2.3; internet 10.0.0.0/8", "10.1.2.3 internet 10.0.0.0/8"],
    ["10.1.2.3,", "10.1.2.3"],
    ["10.1.2.3,r.json", null],
    ["10.1.2.3.", "10.1.2.3"],
    ["“10.1.2.3”", "10.1.2.3"],
    ["'10.0.0.0/8'", "10.0.0.0/8"],
    ["(internet)", "internet"],
    ["[2001:db8::1]", "2001:db8::1"],
    ["[2001:db8::1]:443", "2001:db8::1"],
    ["10.1.2.3:443", "10.1.2.3"],
    ["https://10.1.2.3:8443/x?y#z", "10.1.2.3"],
    ["https://me@foo.blob.core.windows.net/x", "host foo.blob.core.windows.net"],
    ["foo.blob.core.windows.net/x", "host foo.blob.core.windows.net"],
    ["foo.blob.core.windows.net:443", "host foo.blob.core.windows.net"],
    ["https://", null],
    ["10/8", "10.0.0.0/8"],
    ["10.1/16", "10.1.0.0/16"],
    ["10.1/8", null],
    ["10.0.*.*", "10.0.0.0/16"],
    ["10.0.*", "10.0.0.0/16"],
    ["Storage", "tag:Storage"],
    ["storage.westeurope", "tag:storage.westeurope"],
    ["Microsoft.KeyVault", "tag:AzureKeyVault"],
    ["AzureCloud", "tag:AzureCloud"],
    ["tag=Foo", "tag:Foo"],
    ["ServiceTag:Foo", "tag:Foo"],
    ["web01", null],
    ["r.json", null],
    ["10.0.0.0/33", null],
    ["", null],
    ["...", null],
    [`${"1".repeat(400)}`, null],
  ])("%j: %j", (text, meant) => {
    const found = meantBy(text);
    expect(found === null ? null : `${found.kind === "host" ? "host " : ""}${found.words.join(" ")}`).toBe(meant);
  });

  it("is always a destination, and of a range exactly its addresses", () => {
    const words = meantBy("10.0.0.3-10.9.200.77")?.words ?? [];
    const ranges = words.map((word) => readDestination(word)).map((each) => "prefix" in each && rangeOf(each.prefix));
    expect(unionOf(ranges.filter((each) => each !== false))).toEqual([
      { family: 4, first: 0x0a000003n, last: 0x0a09c84dn },
    ]);
  });

  it("becomes the hint and the correction of the rejection, which keeps its code", () => {
    const rejection = () => readDestination("10.0.0.1-10.0.0.2");
    let error: unknown;
    try {
      rejection();
    } catch (thrown) {
      error = withMeaning(thrown, "10.0.0.1-10.0.0.2");
    }
    expect(error).toMatchObject({
      code: "address-syntax",
      message: "'10.0.0.1-10.0.0.2' is a range; give it as prefixes",
      hint: "write 10.0.0.1 10.0.0.2",
      correction: { words: ["10.0.0.1-10.0.0.2"], instead: ["10.0.0.1", "10.0.0.2"] },
    });
    expect(withMeaning(new RangeError("x"), "10.0.0.1-10.0.0.2")).toBeInstanceOf(RangeError);
  });
});
