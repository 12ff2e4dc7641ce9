import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { claimable, claimDirectory, makeFolder } from "../../../src/store/snapshot/claim-directory.ts";
import { patchFiles, systemError } from "../patched-files.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { writeSnapshot } from "./snapshot-files.ts";

const empty = () => realpathSync(temporaryDirectory());
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
const shown = (path: string) => (path.length > 40 ? `...${path.slice(-37)}` : path);

describe("a directory that a run claims", () => {
  it("is made with those around it, and closed to other users", () => {
    const path = join(empty(), "new", "snapshot");
    expect(claimable(path)).toBeNull();
    expect(existsSync(path)).toBe(false);
    expect(claimDirectory(path)).toEqual({ path, isNew: true, manifest: null });
    if (process.platform !== "win32") expect(modeOf(path)).toBe("700");
    expect(claimDirectory(path)).toEqual({ path, isNew: false, manifest: null });
  });

  it.each([["run.lock"], [".run.lock.0123456789ab.tmp"], [".manifest.json.0123456789ab.tmp"]])(
    "may hold what a run leaves that is killed at its start: %s",
    (name) => {
      const path = empty();
      writeFileSync(join(path, name), "");
      expect(claimable(path)).toBeNull();
      expect(claimDirectory(path)).toEqual({ path, isNew: false, manifest: null });
      expect(readdirSync(path)).toEqual([name]);
    },
  );

  it("is not a file, nor behind a link to nowhere", () => {
    const around = empty();
    writeFileSync(join(around, "file"), "");
    symlinkSync("nowhere", join(around, "link"));
    for (const call of [claimDirectory, claimable]) {
      expect(() => call(join(around, "file"))).toThrow(expect.objectContaining({ code: "ENOTDIR" }));
      expect(() => call(join(around, "link"))).toThrow(expect.objectContaining({ code: "ENOENT" }));
    }
    expect(readdirSync(around)).toEqual(["file", "link"]);
  });

  it("is the one behind a link, with the manifest that it holds", () => {
    const around = empty();
    const path = join(around, "disk");
    mkdirSync(path);
    writeSnapshot(path, {});
    symlinkSync("disk", join(around, "link"));
    const { manifest } = claimDirectory(join(around, "link"));
    expect(manifest).toMatchObject({ cloud: "public", complete: true });
    expect(claimDirectory(join(around, "link"))).toEqual({ path, isNew: false, manifest });
    expect(claimable(join(around, "link"))).toEqual(manifest);
  });
});

describe("a directory that cannot be closed to other users", () => {
  const failing = (code: string) =>
    void patchFiles({
      chmodSync: () => {
        throw systemError(code);
      },
    });

  it.skipIf(process.platform === "win32")(
    "is taken where the file system has no modes, and nobody else may write",
    () => {
      const path = empty();
      failing("EPERM");
      expect(claimDirectory(path)).toEqual({ path, isNew: false, manifest: null });
    },
  );

  it.skipIf(process.platform === "win32")("is refused where others may write", () => {
    const path = empty();
    chmodSync(path, 0o777);
    failing("EPERM");
    expect(() => claimDirectory(path)).toThrow(
      expect.objectContaining({
        code: "snapshot-not-private",
        message: `cannot keep a snapshot: other users may write to ${path}`,
        hint: "name a directory of your own",
        exit: "failed",
      }),
    );
  });

  it.skipIf(process.platform === "win32")("is the system's failure where the disk fails", () => {
    const path = empty();
    failing("EIO");
    expect(() => claimDirectory(path)).toThrow(expect.objectContaining({ code: "EIO" }));
  });
});

describe("on Windows, where a directory has no modes", () => {
  const { platform } = process;
  beforeEach(() => void Object.defineProperty(process, "platform", { value: "win32" }));
  afterEach(() => void Object.defineProperty(process, "platform", { value: platform }));

  it("one is taken as it is", () => {
    const path = empty();
    for (const mode of [0o500, 0o777]) {
      chmodSync(path, mode);
      expect(claimable(path)).toBeNull();
      expect(claimDirectory(path)).toEqual({ path, isNew: false, manifest: null });
      if (platform !== "win32") expect(statSync(path).mode & 0o777).toBe(mode);
    }
  });
});

describe("a folder in a snapshot directory", () => {
  it("is made, or taken, and closed to other users", () => {
    const path = join(empty(), "bodies");
    for (const before of ["none", "open"]) {
      if (before === "open") chmodSync(path, 0o777);
      makeFolder(path);
      if (process.platform !== "win32") expect(modeOf(path)).toBe("700");
    }
  });

  it.skipIf(process.platform === "win32")("is closed to other users from the moment when it is made", () => {
    const path = join(empty(), "bodies");
    patchFiles({ chmodSync: () => {} });
    makeFolder(path);
    expect(modeOf(path)).toBe("700");
  });

  it("is refused where the disk fails, though it is there", () => {
    const path = empty();
    patchFiles({
      mkdirSync: () => {
        throw systemError("EIO");
      },
    });
    expect(() => makeFolder(path)).toThrow(expect.objectContaining({ code: "EIO" }));
  });

  it("is refused where a file is in its place, and where the directory is gone", () => {
    const path = join(empty(), "bodies");
    writeFileSync(path, "");
    expect(() => makeFolder(path)).toThrow(
      expect.objectContaining({
        code: "snapshot-foreign-files",
        message: `${path} is not a directory`,
        hint: "remove it and run again",
        exit: "failed",
      }),
    );
    expect(() => makeFolder(join(empty(), "gone", "bodies"))).toThrow(expect.objectContaining({ code: "ENOENT" }));
  });
});

describe("a directory is left alone, with what to do", () => {
  it.each<[what: string, make: (path: string) => void, refused: (path: string) => object]>([
    [
      "files of another kind",
      (path) => writeFileSync(join(path, "notes.txt"), ""),
      (path) => ({
        code: "snapshot-foreign-files",
        message: `${shown(path)} holds files that are not part of a snapshot`,
        hint: "name a new or empty directory: nothing was changed",
        exit: "usage",
      }),
    ],
    [
      "a snapshot that lost its manifest",
      (path) => {
        mkdirSync(join(path, "bodies"));
        writeFileSync(join(path, "journal.ndjson"), "");
      },
      (path) => ({
        code: "snapshot-foreign-files",
        message: `${shown(path)} lacks the manifest.json of its snapshot`,
        hint: "restore it, or name a new or empty directory: nothing was changed",
        exit: "usage",
      }),
    ],
    [
      "the wish to stay as it is",
      (path) => chmodSync(path, 0o500),
      (path) => ({
        code: "snapshot-read-only",
        message: `${shown(path)} is read-only`,
        hint: "choose another directory, or allow writing: chmod u+w DIR",
        exit: "failed",
      }),
    ],
  ])("that has %s", (_, make, refused) => {
    const path = empty();
    make(path);
    const before = [modeOf(path), readdirSync(path)];
    for (const call of [claimDirectory, claimable]) {
      expect(() => call(path)).toThrow(expect.objectContaining(refused(path)));
    }
    expect([modeOf(path), readdirSync(path)]).toEqual(before);
    chmodSync(path, 0o700);
  });
});
