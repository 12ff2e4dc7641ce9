import { describe, expect, test } from "vitest";
import { decodeText } from "../../../src/routes/read/decode-text.ts";
import { UserError } from "../../../src/text/user-error.ts";

const TEXT = '[{"name":"rötger","n":"東"}]\r\n';
const utf16le = (text: string) => new Uint8Array(Buffer.from(text, "utf16le"));
const utf16be = (text: string) => new Uint8Array(Buffer.from(text, "utf16le").swap16());
const utf8 = (text: string) => new Uint8Array(Buffer.from(text, "utf8"));

describe("text in any encoding is decoded", () => {
  test.each([
    ["UTF-8", utf8(TEXT)],
    ["UTF-8 with a byte order mark", utf8(`\uFEFF${TEXT}`)],
    ["UTF-16LE with a byte order mark, as PowerShell 5 writes", utf16le(`\uFEFF${TEXT}`)],
    ["UTF-16BE with a byte order mark", utf16be(`\uFEFF${TEXT}`)],
    ["UTF-16LE without a byte order mark", utf16le(TEXT)],
    ["UTF-16BE without a byte order mark", utf16be(TEXT)],
  ])("%s", (_, bytes) => {
    expect(decodeText(bytes)).toBe(TEXT);
  });

  test.each(["", "P", "PK", "PKI,10.0.0.0/8", "PK\tA", "PREFIX", "pK", "\u001fx"])(
    "'%s', though short or near a packed file's start",
    (text) => {
      expect(decodeText(utf8(text))).toBe(text);
    },
  );
});

describe("bytes that are not text are refused", () => {
  test.each([
    ["Latin-1", Uint8Array.from([0x5b, 0x22, 0xe9, 0x22, 0x5d]), "text-encoding"],
    ["UTF-16 cut within a character", utf16le(TEXT).subarray(0, 21), "text-encoding"],
    ["zero bytes in the middle", utf8('["a\0b"]'), "text-binary"],
    ["UTF-32", Uint8Array.from([0xff, 0xfe, 0, 0, 0x5b, 0, 0, 0]), "text-binary"],
    ["a zip or Excel file", Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]), "text-binary"],
    ["a gzip file", Uint8Array.from([0x1f, 0x8b, 8, 0]), "text-binary"],
  ])("%s", (_, bytes, code) => {
    let thrown: unknown;
    try {
      decodeText(bytes);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(UserError);
    expect(thrown).toMatchObject({ code, hint: expect.stringMatching(/./) });
  });
});
