import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../../src/store/files/sha256.ts";
import { writeRouterTables } from "../../../src/store/snapshot/router-tables.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const nameOf = (text: string) => `${sha256(text)}.json`;

describe("the tables of routers that a run keeps", () => {
  it("lie in their folder, each once and named by its checksum, in the order in which they came", () => {
    const directory = temporaryDirectory();
    const texts = ["[2]", "[1]", "[2]"];
    const paths = [`hubs/${nameOf("[2]")}`, `hubs/${nameOf("[1]")}`];
    expect(writeRouterTables(directory, "hubs", texts)).toEqual(paths);
    expect(readdirSync(directory)).toEqual(["hubs"]);
    expect(readdirSync(join(directory, "hubs")).sort()).toEqual(["[1]", "[2]"].map(nameOf).sort());
    expect(paths.map((path) => readFileSync(join(directory, path), "utf8"))).toEqual(["[2]", "[1]"]);
  });

  it("take the place of those of an earlier run; other files, and those of other folders, stay", () => {
    const directory = temporaryDirectory();
    writeRouterTables(directory, "circuits", ["[0]"]);
    writeRouterTables(directory, "hubs", ["[1]", "[2]"]);
    const others = ["notes.txt", `x${nameOf("[1]")}`, `${nameOf("[1]")}x`];
    for (const name of others) writeFileSync(join(directory, "hubs", name), "");
    expect(writeRouterTables(directory, "hubs", ["[2]", "[3]"])).toEqual(
      ["[2]", "[3]"].map((text) => `hubs/${nameOf(text)}`),
    );
    expect(readdirSync(join(directory, "hubs")).sort()).toEqual([...others, ...["[2]", "[3]"].map(nameOf)].sort());
    expect(readdirSync(join(directory, "circuits"))).toEqual([nameOf("[0]")]);
    expect(writeRouterTables(directory, "hubs", [])).toEqual([]);
    expect(readdirSync(join(directory, "hubs")).sort()).toEqual([...others].sort());
  });

  it.skipIf(process.platform === "win32")("are closed to other users, folder and files", () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, "hubs"));
    chmodSync(join(directory, "hubs"), 0o755);
    writeRouterTables(directory, "hubs", ["[1]"]);
    const modes = ["hubs", `hubs/${nameOf("[1]")}`].map((path) => statSync(join(directory, path)).mode & 0o777);
    expect(modes).toEqual([0o700, 0o600]);
  });

  it("are not written behind a link, and a failure names what was written", () => {
    const [directory, elsewhere] = [temporaryDirectory(), temporaryDirectory()];
    symlinkSync(elsewhere, join(directory, "hubs"));
    expect(() => writeRouterTables(directory, "hubs", ["[1]"])).toThrow(
      expect.objectContaining({
        code: "snapshot-foreign-files",
        message: `${join(directory, "hubs")} is not a directory`,
      }),
    );
    expect(readdirSync(elsewhere)).toEqual([]);
    const path = join(directory, "gateways", nameOf("[1]"));
    mkdirSync(path, { recursive: true });
    const message = `cannot write the snapshot: there is a directory where the file should be\n  ${path}`;
    expect(() => writeRouterTables(directory, "gateways", ["[1]"])).toThrow(message);
    expect(existsSync(path)).toBe(true);
  });
});
