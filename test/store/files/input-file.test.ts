import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readInput, readInputFile } from "../../../src/store/files/input-file.ts";
import { scratchDirectory } from "../../built-program.ts";

const scratch = scratchDirectory();
afterAll(() => scratch.remove());

const MEGABYTE = 1024 * 1024;

async function* stream(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += 65_536) yield bytes.subarray(from, from + 65_536);
}

const route = (prefix: string) => ({
  name: "a-route-of-the-table",
  disableBgpRoutePropagation: false,
  source: "VirtualNetworkGateway",
  state: "Active",
  addressPrefix: [prefix],
  nextHopIpAddress: ["10.0.0.4"],
  nextHopType: "VirtualNetworkGateway",
});

describe("what would fill the memory is refused before it is parsed, from a file and from a stream", () => {
  const many = (piece: string, megabytes: number) => piece.repeat((megabytes * MEGABYTE) / piece.length);
  it.each<[what: string, text: string, refused: RegExp | null]>([
    ["more bytes than the limit", many(" ", 32.5), /more than 32 MB|it is 33 MB, and at most 32 MB are read/],
    ["as many bytes as the limit", many(" ", 32), null],
    ["lists in lists", many("[", 9), /more than 2,000,000 values/],
    ["empty objects", many("{},", 9), /more than 2,000,000 values/],
    ["numbers", many("1,", 9), /more than 2,000,000 values/],
    ["commas", many(",", 31), /more than 2,000,000 values/],
    ["the same in UTF-16", many(",\0", 31), /more than 2,000,000 values/],
    ["lists in lists, but few enough for the memory", many("[", 8), null],
    [
      "ten times the routes that a gateway learns, indented",
      JSON.stringify(Array(50_000).fill(route("10.0.0.0/8")), null, 4),
      null,
    ],
  ])("%s", async (_, text, refused) => {
    const bytes = new TextEncoder().encode(text);
    const path = join(scratch.path, "input.json");
    writeFileSync(path, bytes);
    for (const reading of [readInputFile(path), readInput(stream(bytes), "stdin")]) {
      if (refused === null) expect((await reading).length).toBe(bytes.length);
      else {
        const error = await reading.catch((thrown) => thrown);
        expect(error).toMatchObject({ name: "UserError", exit: "usage", code: "file-too-large" });
        expect(error.message).toMatch(refused);
        expect(error.message).toMatch(/^.{1,91}$/);
        expect(error.hint).toMatch(/export of one network interface/);
      }
    }
  });
});
