import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exportFolder } from "../../../src/store/files/export-folder.ts";
import { patchFiles, systemError } from "../patched-files.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { namedPipe } from "./named-pipe.ts";

/** A folder with these files, whose text is their name. */
function folderOf(...names: readonly string[]): string {
  const folder = temporaryDirectory();
  for (const name of names) writeFileSync(join(folder, name), name);
  return folder;
}

const readAll = async (folder: string) => {
  const { files, others } = exportFolder(folder);
  const found: unknown[] = [];
  for await (const file of files)
    found.push("bytes" in file ? [file.name, String(file.bytes)] : [file.name, file.error.code]);
  return { found, others };
};

describe("the files of a folder", () => {
  it("are read in alphabetical order, without hidden ones", async () => {
    expect(await readAll(folderOf("b.json", "a.json", ".hidden", "c"))).toEqual({
      found: [
        ["a.json", "a.json"],
        ["b.json", "b.json"],
        ["c", "c"],
      ],
      others: 0,
    });
  });

  it.skipIf(process.platform === "win32")(
    "folders and pipes are counted, not read; a broken link is an error",
    async () => {
      const folder = folderOf("a.json");
      mkdirSync(join(folder, "folder"));
      namedPipe(join(folder, "pipe"), join(folder, "a.json"));
      symlinkSync(join(folder, "nowhere"), join(folder, "link"));
      expect(await readAll(folder)).toEqual({
        found: [
          ["a.json", "a.json"],
          ["link", "file-not-found"],
        ],
        others: 2,
      });
    },
  );

  it("are read by their whole paths", async () => {
    const folder = folderOf("a.json");
    for await (const file of exportFolder(folder).files) {
      expect(file).toEqual({ name: "a.json", path: join(folder, "a.json"), bytes: Buffer.from("a.json") });
    }
    expect.assertions(1);
  });

  it("are sorted, in whatever order the system names them", async () => {
    const folder = folderOf("b.json", "a.json");
    patchFiles({ readdirSync: (() => ["b.json", ".b", "a.json"]) as never });
    expect((await readAll(folder)).found.flat()).toEqual(["a.json", "a.json", "b.json", "b.json"]);
  });

  it("may be 20,000", () => {
    patchFiles({ readdirSync: (() => Array(20_000).fill("gone")) as never });
    expect(exportFolder(temporaryDirectory()).others).toBe(0);
  });

  it("of an empty folder are none", async () => {
    expect(await readAll(folderOf())).toEqual({ found: [], others: 0 });
  });
});

describe("a folder that cannot be read", () => {
  it.each([
    ["missing", "missing: no such directory", "check the path"],
    ["a.json", "a.json: it is a file, not a directory", "give a file without --snapshot"],
  ])("%s", (name, end, hint) => {
    const path = join(folderOf("a.json"), name);
    const shown = path.length > 50 ? `...${path.slice(-47)}` : path;
    const message = `${shown}${end.slice(name.length)}`;
    expect(() => exportFolder(path)).toThrow(
      expect.objectContaining({ code: "folder-unreadable", exit: "usage", message, hint }),
    );
  });

  it.each([
    [50, "x".repeat(50)],
    [51, `...${"x".repeat(47)}`],
  ])("is named by its end where its name has more than 50 characters: %i", (length, shown) => {
    const cause = systemError("EIO");
    patchFiles({
      readdirSync: () => {
        throw cause;
      },
    });
    expect(() => exportFolder("x".repeat(length))).toThrow(
      expect.objectContaining({
        code: "folder-unreadable",
        message: `${shown}: it cannot be read (EIO)`,
        hint: "check the path and its permissions",
        exit: "usage",
        cause,
      }),
    );
  });

  it("for a fault of the program ends with that", () => {
    const fault = new TypeError("a fault");
    patchFiles({
      readdirSync: () => {
        throw fault;
      },
    });
    expect(() => exportFolder("x")).toThrow(fault);
  });

  it("with more than 20,000 files", () => {
    patchFiles({ readdirSync: (() => Array.from({ length: 20_001 }, (_, number) => `${number}`)) as never });
    expect(() => exportFolder("folder")).toThrow(
      expect.objectContaining({
        code: "folder-too-large",
        message: "folder: it has more than 20,000 files",
        exit: "usage",
        hint: "give a folder that holds only exports of route tables, or take a snapshot: vnet-explain snapshot DIR",
      }),
    );
  });
});
