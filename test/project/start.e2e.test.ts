import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { nodesOf } from "./source-modules.ts";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));

/** The files of the built program that the measured starts read. */
const read = [
  "cli.cjs",
  ...readdirSync(join(dist, "program"))
    .filter((name) => /^(lookup|whichroute)-\w+\.cjs$/.test(name))
    .map((name) => `program/${name}`),
];

it("a start reads no regular expression whose Unicode classes V8 looks up", () => {
  const patterns = read.flatMap((file) =>
    [...nodesOf(readFileSync(join(dist, file), "utf8"), "file.cjs")].flatMap(({ regex }) =>
      regex === undefined ? [] : [(regex as { readonly pattern: string }).pattern],
    ),
  );
  expect(patterns.filter((pattern) => pattern.includes(String.raw`\p{`))).toEqual([]);
  expect(patterns.length).toBeGreaterThan(30);
});
