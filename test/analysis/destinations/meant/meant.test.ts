import { describe, expect, it } from "vitest";
import { destinationError, readDestination } from "../../../../src/analysis/destinations/destination.ts";
import { meantBy, withMeaning } from "../../../../src/analysis/destinations/meant/meant.ts";
import { rangeOf, unionOf } from "../../../../src/net/address-ranges.ts";
import { UserError } from "../../../../src/text/user-error.ts";

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

  it.each([
    ["10.0.0.0/255.255.0.0", "has a netmask instead of a prefix length"],
    ["10.0.0.1-10.0.0.9", "is a range; give it as prefixes"],
    ["10.1.2.3 10.1.2.4", "is a list; separate destinations by blanks"],
    [",10.1.2.3", "has a stray comma"],
    ["10/8", "is not a whole prefix"],
    ["10.0.*.*", "has wildcards"],
    ["https://10.1.2.3", "is a URL, not an address"],
    ["https://foo.example", "is a URL, not an address"],
    ["10.1.2.3:443", "has a port or brackets"],
    ["[2001:db8::1]", "has a port or brackets"],
    ["Storage", "is not a valid destination"],
    ["'10.1.2.3'", "has quotes or punctuation around it"],
  ])("%j %s", (text, problem) => {
    const kind = text === "https://foo.example" ? "host" : "destinations";
    expect(meantBy(text)).toMatchObject({ problem, kind });
  });

  it.each([
    // netmasks
    ["10.0.0.0/255.255.0.0/8", null],
    ["10.0.0.0 / 255.255.0.0", "10.0.0.0/16"],
    ["x/255.255.0.0", null],
    ["fd00::/255.255.0.0", null],
    ["10.10/16", "10.10.0.0/16"],
    ["https://10.1.2.3 x", null],
    ["https://10.20.30", null],
    ["Storage/x", null],
    ["64:ff9b::10.0.0.1-9", null],
    // wildcards
    ["10.10.*", "10.10.0.0/16"],
    ["10.*", "10.0.0.0/8"],
    ["10.1.2.*", "10.1.2.0/24"],
    ["10.*.*.*.*", null],
    ["10.1.2.3.*", null],
    ["300.*", null],
    ["x10.*", null],
    ["10.*x", null],
    // ranges
    ["10.0.0.1...10.0.0.2", "10.0.0.1 10.0.0.2"],
    ["10.0.0.1..2", "10.0.0.1 10.0.0.2"],
    ["10.0.0.1—10.0.0.2", "10.0.0.1 10.0.0.2"],
    ["10.0.0.1-10.0.0.2-10.0.0.3", null],
    ["10.0.0.1-10.0.0.1", "10.0.0.1"],
    ["10.0.0.1-1234", null],
    ["10.0.0.1-300", null],
    ["10.0.0.1-x2", null],
    ["2001:db8::-1", null],
    ["0.0.0.1-255.255.255.254", /^0\.0\.0\.1 0\.0\.0\.2\/31 (\S+ ){58}255\.255\.255\.252\/31 255\.255\.255\.254$/],
    ["::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe", null],
    ["web-10.0.0.1", null],
    // lists
    ["10.1.2.3 ;, internet", "10.1.2.3 internet"],
    ["10.1.2.3,web", null],
    [",", null],
    // short prefixes
    ["10.1.2/24", "10.1.2.0/24"],
    ["10./8", "10.0.0.0/8"],
    ["10/33", null],
    ["x10/8", null],
    ["10/8x", null],
    ["300/8", null],
    // URLs
    ["HTTP://10.1.2.3?x", "10.1.2.3"],
    ["http://10.1.2.3#x", "10.1.2.3"],
    ["git+ssh://a:b@10.1.2.3/x", "10.1.2.3"],
    ["https://[2001:db8::1]:8443/x", "2001:db8::1"],
    ["https://10.1.2.3/a b", "10.1.2.3"],
    ["x https://10.1.2.3", null],
    ["1https://10.1.2.3", null],
    ["10.1.2.3/x", null],
    ["https://web/x", null],
    // ports
    ["10.1.2.3:", "10.1.2.3"],
    ["10.1.2.3:x", null],
    ["web:443", null],
    ["a.example:443:1", null],
    ["[a.example]", "host a.example"],
    // services
    ["Microsoft.Storage", "tag:Storage"],
    ["APIMANAGEMENT.WestEurope", "tag:APIMANAGEMENT.WestEurope"],
    ["service-tag:Foo", "tag:Foo"],
    ["tag= Foo", "tag:Foo"],
    ["tag=", null],
    ["my-tag:Foo", null],
    ["Foo", null],
    // host names
    ["https://a_b.example", "host a_b.example"],
    ["https://a.b.", "host a.b."],
    ["https://-a.example", null],
    ["https://a-.example", null],
    ["https://a..b", null],
    ["https://10.1.2", null],
    ["https://1.2.3.4.5", null],
    ["https://1a.2b", "host 1a.2b"],
    [`https://${"a".repeat(63)}.example`, `host ${"a".repeat(63)}.example`],
    [`https://${"a".repeat(64)}.example`, null],
    [`https://a.${"b".repeat(63)}`, `host a.${"b".repeat(63)}`],
    [`https://a.${"b".repeat(64)}`, null],
    [`https://${"a.".repeat(126)}b`, `host ${"a.".repeat(126)}b`],
    [`https://${"a.".repeat(126)}bc`, null],
    // lengths
    [`${" ".repeat(292)}10.0.0/8`, "10.0.0.0/8"],
    [`${" ".repeat(293)}10.0.0/8`, null],
  ])("at the borders of its spelling, %j: %s", (text, meant) => {
    const found = meantBy(text);
    const words = found === null ? null : `${found.kind === "host" ? "host " : ""}${found.words.join(" ")}`;
    if (meant instanceof RegExp) expect(words).toMatch(meant);
    else expect(words).toBe(meant);
  });

  it.each([
    [
      "https://foo.example/x",
      "'https://foo.example/x' is a URL, not an address; give one of its addresses: nslookup foo.example",
    ],
    ["10/8", "'10/8' is not a whole prefix; write 10.0.0.0/8"],
  ])("a rejection of %s has it as message and hint", (text, expected) => {
    const rejected = withMeaning(destinationError(text), text);
    expect(`${rejected?.message}; ${rejected?.hint}`).toBe(expected);
  });

  it("a rejection of what means nothing stays as it is", () => {
    const rejected = destinationError("web01");
    expect(withMeaning(rejected, "web01")).toBe(rejected);
  });

  it.each(["tag:Storage", "internet", "10.0.0.0/8"])("and none for %s, which only the command rejects", (text) => {
    const rejected = new UserError("destination-not-address", `'${text}' is not an address`, "give an address");
    expect(withMeaning(rejected, text)).toBe(rejected);
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
