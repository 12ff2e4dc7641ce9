import { describe, expect, it } from "vitest";
import { decodeCode, encodeCode } from "../../src/launch/code-file.ts";

const code = Uint8Array.from({ length: 101 }, (_, at) => (at * 37) & 255);
const bytes = Buffer.concat(encodeCode({ code, runs: 2 }));

describe("a file of compiled code", () => {
  it("comes back", () => {
    expect(decodeCode(bytes)).toEqual({ code: Buffer.from(code), runs: 2 });
  });

  it("begins where V8 need not copy it", () => {
    expect(bytes.indexOf(code) % 8).toBe(0);
  });

  it("with any one bit turned is refused", () => {
    for (let at = 0; at < bytes.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const damaged = Buffer.from(bytes);
        damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
        expect(decodeCode(damaged), `byte ${at} bit ${bit}`).toBeNull();
      }
    }
  });

  it("cut off anywhere, or never written from anywhere on, is refused", () => {
    for (let at = 0; at < bytes.length; at++) {
      expect(decodeCode(bytes.subarray(0, at)), `cut at ${at}`).toBeNull();
      const torn = Buffer.from(bytes);
      torn.fill(0, at);
      if (!torn.equals(bytes)) expect(decodeCode(torn), `zeros from ${at}`).toBeNull();
    }
  });
});
