import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { type CommandOptions, command } from "./command.ts";
import type { Contender, Row } from "./row.ts";

/** The length of each file of the package, in bytes. */
function packageFiles(root: string): readonly number[] {
  const sizes = (folder: string): number[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map((each) => statSync(join(each.parentPath, each.name)).size);
  const single = ["package.json", "README.md", "CHANGELOG.md", "LICENSE"].map(
    (name) => statSync(join(root, name)).size,
  );
  return [...sizes(join(root, "bin")), ...sizes(join(root, "dist")), ...single];
}

const once = (name: string, value: number): Contender => ({ name, sample: async () => ({ value, cpu: null }) });

function installed(
  id: string,
  what: string,
  unit: "MB" | "files",
  reach: number,
  bound: number,
  of: (sizes: readonly number[]) => number,
): Row {
  return {
    id,
    what,
    unit,
    rounds: 1,
    limits: [{ of: null, reach, bound }],
    open: async ({ program }) => ({ contenders: [once("the package", of(packageFiles(dirname(dirname(program)))))] }),
  };
}

/** Packs a directory as npm publishes it; returns the path of the file. */
function packed(directory: string, into: string): string {
  const words = ["pack", "--ignore-scripts", "--silent", "--pack-destination", into];
  const name = execFileSync("npm", words, { cwd: directory, encoding: "utf8" }).trim();
  return join(into, name);
}

const FLOOR = "npx of a package that does nothing";

/** `npx` of a package file with an empty npm cache, as on a new machine, but without the download. */
function npx(name: string, scratch: string, file: string, word: string, expect: string): Contender {
  const cache = join(scratch, "npm");
  const options: CommandOptions = {
    env: { npm_config_cache: cache, npm_config_offline: "true", npm_config_update_notifier: "false" },
    expect,
    before: () => rmSync(cache, { recursive: true, force: true }),
  };
  return command(name, ["npx", "--yes", "--package", file, "--", word, "--version"], options);
}

const npxCold: Row = {
  id: "npx",
  what: "npx vnet-explain --version, npm's cache empty, the package's file at hand",
  unit: "ms",
  rounds: 5,
  limits: [],
  async open({ program, scratch }) {
    const nothing = join(scratch, "nothing");
    mkdirSync(nothing);
    writeFileSync(join(nothing, "package.json"), '{"name":"nothing","version":"1.0.0","bin":"nothing.js"}');
    writeFileSync(join(nothing, "nothing.js"), "#!/usr/bin/env node\nconsole.log('nothing');\n");
    const ours = packed(dirname(dirname(program)), scratch);
    return {
      contenders: [
        npx("npx vnet-explain", scratch, ours, "vnet-explain", packageJson.version),
        npx(FLOOR, scratch, packed(nothing, scratch), "nothing", "nothing"),
      ],
    };
  },
};

/** Rows about the size and installation of the package. */
export const packageRows: readonly Row[] = [
  installed("size", "installed size", "MB", 3, 3, (sizes) => sizes.reduce((sum, size) => sum + size, 0) / 2 ** 20),
  installed("files", "installed files", "files", 200, 250, (sizes) => sizes.length),
  npxCold,
];
