import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { runBuilt, scratchDirectory } from "../built-program.ts";
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

const ROUTES = {
  value: [
    {
      ...{ source: "Default", state: "Active", addressPrefix: ["0.0.0.0/0"], nextHopType: "Internet" },
      ...{ nextHopIpAddress: [], name: null, hasBgpOverride: false, disableBgpRoutePropagation: false },
    },
  ],
};

/** Prints the files that the program loaded, by their names without the hash, on the last line of stderr. */
const LISTED = `process.on("exit", () => process.stderr.write("\\n" + Object.keys(require.cache).join()))`;

it.each([
  ["--help", ["--help"], ["cli"]],
  ["whichroute --file", ["whichroute", "--ip", "10.0.0.1", "--file", "routes.json"], ["cli", "lookup", "whichroute"]],
])("%s reads the files of its own path alone, none of them for the bundler's functions", async (_, args, expected) => {
  const { path: cwd, remove } = scratchDirectory();
  onTestFinished(remove);
  writeFileSync(join(cwd, "routes.json"), JSON.stringify(ROUTES));
  writeFileSync(join(cwd, "listed.cjs"), LISTED);
  const { stderr } = await runBuilt(args, { cwd, env: { NODE_OPTIONS: `--require ${join(cwd, "listed.cjs")}` } });
  const loaded = (stderr.split("\n").at(-1) ?? "").split(",").filter((file) => file.startsWith(dist));
  const names = loaded.map((file) => basename(file).replace(/(-[\w-]{8})?\.cjs$/, ""));
  expect(names.filter((name) => name !== "compile-cache").sort()).toEqual(expected);
});
