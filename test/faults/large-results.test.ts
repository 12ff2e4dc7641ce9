import { closeSync, openSync, readSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatsOf } from "../../src/output/formats/formats.ts";
import { MOST_ROWS } from "../../src/routes/read/read-rows.ts";
import { runBuilt, scratchDirectory } from "../built-program.ts";

const ROWS = MOST_ROWS;

const SMALL_HEAP = { NODE_OPTIONS: "--max-old-space-size=256" };

const scratch = scratchDirectory();
afterAll(() => scratch.remove());
const TABLE = join(scratch.path, "routes.json");
const OUTPUT = join(scratch.path, "output");

beforeAll(() => {
  const rows = Array.from({ length: ROWS }, (_, at) => ({
    source: at % 3 === 0 ? "VirtualNetworkGateway" : "User",
    state: "Active",
    name: `route-${at}`,
    addressPrefix: [`${10 + (at >> 16)}.${(at >> 8) & 255}.${at & 255}.0/24`],
    nextHopType: at % 3 === 0 ? "VirtualNetworkGateway" : "VirtualAppliance",
    nextHopIpAddress: ["10.0.0.4"],
  }));
  writeFileSync(TABLE, JSON.stringify({ value: rows }));
});

/** The size and the last characters of a file. */
function endOf(path: string): { readonly size: number; readonly end: string } {
  const { size } = statSync(path);
  const bytes = Buffer.alloc(Math.min(size, 2000));
  const descriptor = openSync(path, "r");
  readSync(descriptor, bytes, 0, bytes.length, size - bytes.length);
  closeSync(descriptor);
  return { size, end: bytes.toString() };
}

const LAST = `${10 + ((ROWS - 1) >> 16)}.${((ROWS - 1) >> 8) & 255}.${(ROWS - 1) & 255}.0/24`;

/** The first word of the shell's command line is the file that takes the output. */
const TO_FILE = ["sh", "-c", `exec "$@" > "$0"`, OUTPUT];

describe("with a heap of 256 MB, a table with the most rows allowed is answered", () => {
  it.each(formatsOf("routes"))(
    "routes -o %s",
    async (format) => {
      const { code, stderr } = await runBuilt(["routes", "--file", TABLE, "-q", "-o", format], {
        env: SMALL_HEAP,
        through: TO_FILE,
      });
      expect([code, stderr]).toEqual([0, ""]);
      const { size, end } = endOf(OUTPUT);
      if (format === "none") expect(size).toBe(0);
      else expect(end).toContain(format === "html" ? "</html>" : LAST); // a page compresses a long table
    },
    600_000,
  );

  it.each(["table", "json", "tsv", "yaml"])(
    "whichroute -o %s",
    async (format) => {
      const words = ["whichroute", "--ip", "10.1.2.3", LAST, "200.0.0.1", "--file", TABLE, "-q", "-o", format];
      const { code, stderr } = await runBuilt(words, { env: SMALL_HEAP, through: TO_FILE });
      expect([code, stderr]).toEqual([0, ""]);
      expect(endOf(OUTPUT).end).toContain("200.0.0.1");
    },
    600_000,
  );
});
