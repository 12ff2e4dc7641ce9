import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Scrubber } from "../../src/azure/scrubber.ts";

const TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl";

describe("what looks like a credential is hidden", () => {
  it.each([
    ["a token alone", TOKEN, "[hidden]"],
    ["a token among words", `the token ${TOKEN}, which is bad`, "the token [hidden], which is bad"],
    ["a token behind a dash", `x-${TOKEN}`, "x-[hidden]"],
    ["a token without a signature", "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0 end", "[hidden] end"],
    ["two tokens", `${TOKEN} ${TOKEN}`, "[hidden] [hidden]"],
    ["a bearer header", "Authorization: Bearer abc.def", "Authorization: [hidden]"],
    ["a field that holds one", '{"access_token":"abc"}', '{"access_token":"[hidden]"}'],
    ["no token: words and names", "keys eyes.example 10.0.0.1 ey.abc", "keys eyes.example 10.0.0.1 ey.abc"],
  ])("%s", (_, text, expected) => {
    expect(new Scrubber().scrub(text)).toBe(expected);
  });

  it("tokens are found wherever this plain pattern finds them, and nowhere else", () => {
    const pattern = /\bey[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(\.[A-Za-z0-9_-]*)?/g;
    const pieces = fc.constantFrom("ey", "eyJhbGciOi", "abcd", "-", "_", ".", "..", " ", "e", "y", "Z9");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join("");
        expect(new Scrubber().scrub(text)).toBe(text.replace(pattern, "[hidden]"));
      }),
      { numRuns: 20_000 },
    );
  });

  it("an answer of megabytes is read once: taking up the search at every 'ey' anew would take hours", () => {
    const text = "ey0000000-".repeat(400_000);
    expect(new Scrubber().scrub(text)).toBe(text);
  });
});
