import * as nodeFiles from "node:fs";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { type FileOperations, replaceFile } from "../../../src/store/files/replace-file.ts";
import { saveFile } from "../../../src/store/files/save-file.ts";
import { failure, failureText } from "../failure.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { openPipe } from "./named-pipe.ts";

const what = "the cache";

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** The real file operations with one that fails, `times` of them or always, and the files that are still open. */
function failing(
  step: "open" | "write" | "sync" | "close" | "rename",
  code: string,
  times = Number.POSITIVE_INFINITY,
): FileOperations & { readonly open: ReadonlySet<number> } {
  let left = times;
  const open = new Set<number>();
  const fail = (here: typeof step) => {
    if (step === here && left-- > 0) throw systemError(code);
  };
  return {
    ...nodeFiles,
    open,
    renameSync: (from, to) => {
      fail("rename");
      nodeFiles.renameSync(from, to);
    },
    openSync: (...parameters) => {
      fail("open");
      const descriptor = nodeFiles.openSync(...parameters);
      open.add(descriptor);
      return descriptor;
    },
    writeSync: (descriptor, bytes, at) => {
      fail("write");
      return nodeFiles.writeSync(descriptor, bytes, at, 1); // the system may take fewer bytes than it is given
    },
    fsyncSync: (descriptor) => {
      fail("sync");
      nodeFiles.fsyncSync(descriptor);
    },
    closeSync: (descriptor) => {
      nodeFiles.closeSync(descriptor);
      open.delete(descriptor);
      fail("close");
    },
  };
}

describe("a replaced file", () => {
  it("is the new content with the mode asked for, and nothing else is left", async () => {
    const directory = temporaryDirectory();
    const path = join(directory, "f");
    replaceFile(path, "old", { what });
    replaceFile(path, "new", { what });
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(readdirSync(directory)).toEqual(["f"]);
    if (process.platform !== "win32") expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it.skipIf(process.platform === "win32")(
    "takes the place of a symbolic link; what the link led to is untouched",
    async () => {
      const directory = temporaryDirectory();
      writeFileSync(join(directory, "victim"), "precious");
      symlinkSync("victim", join(directory, "f"));
      replaceFile(join(directory, "f"), "new", { what });
      expect(lstatSync(join(directory, "f")).isSymbolicLink()).toBe(false);
      expect(readFileSync(join(directory, "victim"), "utf8")).toBe("precious");
    },
  );
});

describe("a failed replacement leaves the old content, no litter and no open file", () => {
  const failed = (code: string, why: string, hint: string) => `${code}: cannot write the cache: ${why} | FILE; ${hint}`;
  const denied = (why: string) => failed("write-denied", why, "check who owns it, or choose another place");
  const full = (why: string, todo = "free some space") =>
    failed("write-disk-full", why, `${todo}; the old data is untouched`);
  const unknown = (system: string) => failed("write-failed", `system error ${system}`, "check the disk");
  const READ_ONLY = failed("write-read-only", "the file system is read-only", "name a writable place");

  it.each([
    ["open", "EROFS", READ_ONLY],
    ["open", "EACCES", denied("permission denied")],
    ["open", "ENOSPC", full("the disk is full")],
    ["open", "EMFILE", unknown("EMFILE")],
    ["write", "ENOSPC", full("the disk is full")],
    ["write", "EDQUOT", full("the disk quota is used up")],
    ["write", "EFBIG", full("the file size limit is reached", "raise the limit (ulimit -f)")],
    ["write", "EIO", unknown("EIO")],
    ["sync", "EIO", unknown("EIO")],
    ["sync", "ENOSPC", full("the disk is full")],
    ["close", "EDQUOT", full("the disk quota is used up")],
    ["rename", "EPERM", denied("the operation is not permitted")],
    ["rename", "EROFS", READ_ONLY],
  ] as const)("%s fails with %s", async (step, system, expected) => {
    const directory = temporaryDirectory();
    const path = join(directory, "f");
    writeFileSync(path, "old");
    const files = failing(step, system);
    const write = () => replaceFile(path, "new", { what, files, platform: "linux" });
    expect(await failureText(write, { [path]: "FILE" })).toBe(expected);
    expect(readFileSync(path, "utf8")).toBe("old");
    expect(readdirSync(directory)).toEqual(["f"]);
    expect(files.open.size).toBe(0);
  });

  it("says what was written, why it failed, and where", async () => {
    const path = join(temporaryDirectory(), "f");
    const cause = systemError("EIO");
    const files: FileOperations = {
      ...nodeFiles,
      openSync: () => {
        throw cause;
      },
    };
    expect(await failure(() => replaceFile(path, "new", { what, files }))).toMatchObject({
      code: "write-failed",
      message: `cannot write the cache: system error EIO\n  ${path}`,
      hint: "check the disk",
      cause,
    });
  });

  it("is the failure that is reported, though its leftover cannot be removed", async () => {
    const directory = temporaryDirectory();
    const files: FileOperations = {
      ...failing("rename", "EROFS"),
      rmSync: () => {
        throw systemError("EIO");
      },
    };
    expect((await failure(() => replaceFile(join(directory, "f"), "new", { what, files }))).code).toBe(
      "write-read-only",
    );
    expect(readdirSync(directory)).toEqual([expect.stringMatching(/^\.f\.[0-9a-f]{12}\.tmp$/)]);
  });

  it("a directory in the file's place stays", async () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, "f"));
    await failure(() => replaceFile(join(directory, "f"), "new", { what }));
    expect(readdirSync(directory)).toEqual(["f"]);
    expect(statSync(join(directory, "f")).isDirectory()).toBe(true);
  });
});

it.each<[what: string, data: string | Uint8Array | Iterable<Uint8Array>, content: string]>([
  ["a text", "n\u00e9w", "n\u00e9w"],
  ["bytes", Buffer.from("new"), "new"],
  ["pieces, one by one", [Buffer.from("ne"), Buffer.alloc(0), Buffer.from("w")], "new"],
  ["nothing", "", ""],
])("a file is replaced by %s", (_, data, content) => {
  const path = join(temporaryDirectory(), "f");
  replaceFile(path, data, { what });
  expect(readFileSync(path, "utf8")).toBe(content);
});

describe("a file that replaces another one like it", () => {
  const like = { uid: 12345, gid: 54321, mode: 0o104755 };
  /** What is done to the new file, whose owner and group are these. */
  const doneTo = (own: { readonly uid: number; readonly gid: number }, platform: NodeJS.Platform) => {
    const done: unknown[][] = [];
    const files: FileOperations = {
      ...nodeFiles,
      fstatSync: (() => own) as never,
      fchownSync: (_, ...owner) => void done.push(["owner", ...owner]),
      fchmodSync: (_, mode) => void done.push(["mode", mode]),
    };
    replaceFile(join(temporaryDirectory(), "f"), "new", { what, files, platform, like });
    return done;
  };

  const owner = ["owner", 12345, 54321];
  const mode = ["mode", 0o4755];
  it.each<[what: string, own: { uid: number; gid: number }, platform: NodeJS.Platform, done: unknown[][]]>([
    ["has its mode alone where owner and group are the same", { uid: 12345, gid: 54321 }, "linux", [mode]],
    ["is given to its owner, then has its mode", { uid: 1, gid: 54321 }, "linux", [owner, mode]],
    ["is given to its group, then has its mode", { uid: 12345, gid: 1 }, "darwin", [owner, mode]],
    ["stays as it is on Windows", { uid: 1, gid: 1 }, "win32", []],
  ])("%s", (_, own, platform, done) => {
    expect(doneTo(own, platform)).toEqual(done);
  });
});

describe("the directory of a replaced file", () => {
  /** The real operations; gives what was synced and which files are still open. */
  function watched(failingDirectory = false) {
    const synced: string[] = [];
    const open = new Map<number, string>();
    const files: FileOperations = {
      ...nodeFiles,
      openSync: (...parameters) => {
        const descriptor = nodeFiles.openSync(...parameters);
        open.set(descriptor, nodeFiles.fstatSync(descriptor).isDirectory() ? "directory" : "file");
        return descriptor;
      },
      closeSync: (descriptor) => {
        open.delete(descriptor);
        nodeFiles.closeSync(descriptor);
      },
      fsyncSync: (descriptor) => {
        const name = open.get(descriptor) ?? "closed";
        if (name === "directory" && failingDirectory) throw systemError("EINVAL");
        synced.push(name);
        nodeFiles.fsyncSync(descriptor);
      },
    };
    return { files, synced, open };
  }

  it.each<[platform: NodeJS.Platform, durable: boolean, synced: string[]]>([
    ["linux", true, ["file", "directory"]],
    ["darwin", true, ["file", "directory"]],
    ["win32", true, ["file"]],
    ["linux", false, []],
  ])("on %s, durable %s: %j are synced in this order, and closed", async (platform, durable, expected) => {
    const { files, synced, open } = watched();
    replaceFile(join(temporaryDirectory(), "f"), "new", { what, files, platform, durable });
    expect([synced, [...open.values()]]).toEqual([expected, []]);
  });

  it("need not be able to sync: the file is replaced, and all is closed", async () => {
    const path = join(temporaryDirectory(), "f");
    const { files, synced, open } = watched(true);
    replaceFile(path, "new", { what, files, platform: "linux" });
    expect([readFileSync(path, "utf8"), synced, [...open.values()]]).toEqual(["new", ["file"], []]);
  });
});

it.each(["linux", "darwin"] as const)("on %s, a target that cannot be replaced is not waited for", async (platform) => {
  const waits: number[] = [];
  const options = { what, files: failing("rename", "EBUSY", 1), platform, wait: (ms: number) => void waits.push(ms) };
  await failure(() => replaceFile(join(temporaryDirectory(), "f"), "new", options));
  expect(waits).toEqual([]);
});

describe("on Windows, a target that is held open for a moment", () => {
  it.each(["EPERM", "EACCES", "EBUSY"])("%s is tried again", async (code) => {
    const path = join(temporaryDirectory(), "f");
    replaceFile(path, "new", { what, files: failing("rename", code, 2), platform: "win32" });
    expect(readFileSync(path, "utf8")).toBe("new");
  });

  it.each<[times: number, content: string | null]>([
    [8, "new"],
    [9, null],
  ])(
    "is waited for a quarter of a second in all, each time twice as long: busy %i times, %j",
    async (times, content) => {
      const waits: number[] = [];
      const wait = (milliseconds: number) => void waits.push(milliseconds);
      const path = join(temporaryDirectory(), "f");
      const options = { what, files: failing("rename", "EBUSY", times), platform: "win32", wait } as const;
      const outcome = await (async () => replaceFile(path, "new", options))().then(
        () => readFileSync(path, "utf8"),
        () => null,
      );
      expect([outcome, waits]).toEqual([content, [1, 2, 4, 8, 16, 32, 64, 128]]);
    },
  );

  it("is waited for, where the caller does not wait itself", () => {
    const start = performance.now();
    const files = failing("rename", "EBUSY", 5);
    replaceFile(join(temporaryDirectory(), "f"), "new", { what, files, platform: "win32" });
    expect(performance.now() - start).toBeGreaterThan(1 + 2 + 4 + 8 + 16 - 1);
  });

  it("other failures are not", async () => {
    const path = join(temporaryDirectory(), "f");
    const files = failing("rename", "EROFS", 1);
    expect((await failure(() => replaceFile(path, "new", { what, files, platform: "win32" }))).code).toBe(
      "write-read-only",
    );
  });
});

describe("a file that the user named", () => {
  it.skipIf(process.platform === "win32")("is written through a symbolic link", async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "real"), "old");
    symlinkSync("real", join(directory, "link"));
    await saveFile(join(directory, "link"), "new", "the answer");
    expect(readFileSync(join(directory, "real"), "utf8")).toBe("new");
    expect(lstatSync(join(directory, "link")).isSymbolicLink()).toBe(true);
  });

  it.skipIf(process.platform === "win32")("is created where a symbolic link leads to a missing file", async () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, "real"));
    symlinkSync("real/file", join(directory, "link"));
    await saveFile(join(directory, "link"), "new", "the answer");
    expect(readFileSync(join(directory, "real", "file"), "utf8")).toBe("new");
    expect(lstatSync(join(directory, "link")).isSymbolicLink()).toBe(true);
  });

  it.skipIf(process.platform === "win32").each([0o666, 0o640, 0o4755])(
    "keeps its mode %o, whatever the umask",
    async (mode) => {
      const path = join(temporaryDirectory(), "f");
      writeFileSync(path, "old");
      chmodSync(path, mode);
      await saveFile(path, "new", "the answer");
      expect([readFileSync(path, "utf8"), statSync(path).mode & 0o7777]).toEqual(["new", mode]);
    },
  );

  it.runIf(process.getuid?.() === 0)("keeps its owner and group", async () => {
    const path = join(temporaryDirectory(), "f");
    writeFileSync(path, "old");
    chownSync(path, 12345, 54321);
    await saveFile(path, "new", "the answer");
    expect(statSync(path)).toMatchObject({ uid: 12345, gid: 54321 });
  });

  // A worker thread cannot change its user.
  it.runIf(process.getuid?.() === 0 && isMainThread)("stays as it is where its owner cannot be kept", async () => {
    const directory = temporaryDirectory();
    chownSync(directory, 65534, 65534);
    const path = join(directory, "f");
    writeFileSync(path, "old");
    process.seteuid?.(65534);
    const error = await failure(saveFile(path, "new", "the answer")).finally(() => process.seteuid?.(0));
    expect(error.code).toBe("write-denied");
    expect([readFileSync(path, "utf8"), readdirSync(directory)]).toEqual(["old", ["f"]]);
  });

  it("is written without what a killed write of it left, and beside what others left", async () => {
    const directory = temporaryDirectory();
    const [own, young, other] = [".f.0123456789ab.tmp", ".f.0123456789ac.tmp", ".g.0123456789ab.tmp"] as const;
    for (const name of [own, young, other, ".f.tmp"]) writeFileSync(join(directory, name), "half");
    for (const name of [own, other, ".f.tmp"]) utimesSync(join(directory, name), 1, 1);
    for (const run of [1, 2]) await saveFile(join(directory, "f"), `${run}`, "the answer");
    expect(readdirSync(directory).sort()).toEqual([young, ".f.tmp", other, "f"].sort());
    utimesSync(join(directory, young), 1, 1);
    await saveFile(join(directory, "f"), "3", "the answer");
    expect(readdirSync(directory)).not.toContain(young);
  });

  it.skipIf(process.platform === "win32")("that is a pipe or a device is written to, not replaced", async () => {
    const path = join(temporaryDirectory(), "pipe");
    const reader = openPipe(path);
    await saveFile(path, "new", "the answer");
    expect(statSync(path).isFIFO()).toBe(true);
    expect(readFileSync(reader, "utf8")).toBe("new");
  });

  it("is created where none exists", async () => {
    const path = join(temporaryDirectory(), "f");
    await saveFile(path, "new", "the answer");
    expect(readFileSync(path, "utf8")).toBe("new");
  });

  it("cannot be a directory, or lie in one that is missing or is a file", async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "file"), "");
    for (const path of [directory, join(directory, "none", "f"), join(directory, "file", "f")]) {
      expect((await failure(saveFile(path, "new", "the answer"))).code).toBe("write-not-a-directory");
    }
    expect(existsSync(join(directory, "none"))).toBe(false);
  });
});
