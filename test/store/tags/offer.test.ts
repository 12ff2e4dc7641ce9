import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { takeOffer } from "../../../src/store/tags/offer.ts";
import { patchFiles } from "../patched-files.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

describe("the download of a cloud's tags", () => {
  it("is offered once for each cloud and cache, which an empty file remembers", () => {
    const cache = temporaryDirectory();
    const offers = (["public", "public", "china", "public", "china"] as const).map((cloud) => takeOffer(cache, cloud));
    expect(offers).toEqual([true, false, true, false, false]);
    expect(takeOffer(temporaryDirectory(), "public")).toBe(true);
    expect(readdirSync(join(cache, "offers")).sort()).toEqual(["china", "public"]);
    const path = join(cache, "offers", "public");
    expect(readFileSync(path, "utf8")).toBe("");
    if (process.platform !== "win32") expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("is not offered where there is no cache, where it is a file, and where it is not the program's own", () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "file"), "");
    for (const cache of [null, join(directory, "file"), join(directory, "file", "below"), directory]) {
      expect(takeOffer(cache, "public")).toBe(false);
    }
    expect(readdirSync(directory)).toEqual(["file"]);
  });

  it.skipIf(process.platform === "win32")("is not offered where the place for offers is open to others", () => {
    const cache = temporaryDirectory();
    takeOffer(cache, "public");
    chmodSync(join(cache, "offers"), 0o777);
    expect(takeOffer(cache, "china")).toBe(false);
  });

  it("ends with any failure that is not the system's", () => {
    const cache = temporaryDirectory();
    takeOffer(cache, "public");
    patchFiles({
      writeFileSync: () => {
        throw new TypeError("a fault");
      },
    });
    expect(() => takeOffer(cache, "china")).toThrow(new TypeError("a fault"));
  });
});
