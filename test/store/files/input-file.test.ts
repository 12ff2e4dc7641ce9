import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";
import { afterAll, describe, expect, it } from "vitest";
import {
  fileNotFound,
  readInput,
  readInputFile,
  streamInputFile,
  textIfUtf8,
} from "../../../src/store/files/input-file.ts";
import { UserError } from "../../../src/text/user-error.ts";
import { scratchDirectory } from "../../built-program.ts";
import { patchFiles, systemError } from "../patched-files.ts";

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
  const VALUES = "it holds more than 2,000,000 values";
  it.each<[what: string, text: string, file: string | null, fromStream?: string]>([
    [
      "more bytes than the limit",
      many(" ", 32.5),
      "it is 33 MB, and at most 32 MB are read",
      "it is more than 32 MB, and at most 32 MB are read",
    ],
    [
      "one byte more than the limit",
      `${many(" ", 32)} `,
      "it is 32 MB, and at most 32 MB are read",
      "it is more than 32 MB, and at most 32 MB are read",
    ],
    ["as many bytes as the limit", many(" ", 32), null],
    ["lists in lists", many("[", 9), VALUES],
    ["empty objects", many("{},", 9), VALUES],
    ["numbers", many("1,", 9), VALUES],
    ["commas", many(",", 31), VALUES],
    ["the same in UTF-16", many(",\0", 31), VALUES],
    ["lists in lists, but few enough for the memory", many("[", 8), null],
    [
      "ten times the routes that a gateway learns, indented",
      JSON.stringify(Array(50_000).fill(route("10.0.0.0/8")), null, 4),
      null,
    ],
  ])("%s", async (_, text, file, fromStream = file ?? "") => {
    const bytes = new TextEncoder().encode(text);
    const path = join(scratch.path, "input.json");
    writeFileSync(path, bytes);
    const shown = path.length > 50 ? `...${path.slice(-47)}` : path;
    for (const [reading, message] of [
      [readInputFile(path), `${shown}: ${file}`],
      [readInput(stream(bytes), "stdin"), `stdin: ${fromStream}`],
    ] as const) {
      if (file === null) expect((await reading).length).toBe(bytes.length);
      else {
        const hint = "give the export of one network interface, or one service tag file";
        const refused = { name: "UserError", exit: "usage", code: "file-too-large", message, hint };
        await expect(reading).rejects.toMatchObject(refused);
      }
    }
  });
});

describe("a path that cannot be read is named, with what to do", () => {
  const all = async (path: string) => {
    for await (const _ of streamInputFile(path));
  };
  const there = (name: string) => join(scratch.path, name);
  const refused = { name: "UserError", exit: "usage" };

  it.each<[what: string, name: string, code: string, message: RegExp, hint: string, instead: readonly string[] | null]>(
    [
      ["a misspelt name", "rotues.json", "file-not-found", /json: no such file$/, "did you mean: ", ["routes.json"]],
      ["a missing file", "x", "file-not-found", /x: no such file$/, "check the path", null],
      ["a file below a file", "routes.json/x", "file-not-found", /x: no such file$/, "check the path", null],
      ["a directory", "folder", "file-is-directory", /folder: it is a directory$/, "give a file in it", null],
    ],
  )("%s", async (_, name, code, message, hint, instead) => {
    writeFileSync(there("routes.json"), "[]");
    mkdirSync(there("folder"), { recursive: true });
    const path = there(name);
    const near = instead?.map(there) ?? [];
    const correction = instead && { words: [path], instead: near };
    for (const reading of [readInputFile(path), all(path)]) {
      const error = await reading.catch((thrown) => thrown);
      expect(error).toMatchObject({ ...refused, code, hint: `${hint}${near}`, correction });
      expect(error.message).toMatch(message);
      expect(error.message).toMatch(/^(\.\.\.)?.{1,47}: /);
    }
  });

  // A worker thread cannot change its user.
  it.runIf(process.getuid?.() === 0 && isMainThread)("a file of somebody else", async () => {
    const path = there("secret.json");
    writeFileSync(path, "[]");
    chmodSync(path, 0o600);
    process.seteuid?.(65534);
    const reading = readInputFile(path).catch((thrown) => thrown);
    const error = await reading.finally(() => process.seteuid?.(0));
    const hint = "give yourself read permission, or pipe it in: ... | vnet-explain ... --file -";
    const code = "file-not-permitted";
    expect(error).toMatchObject({ ...refused, code, hint });
    expect(error.message).toMatch(/: no permission to read it$/);
  });

  async function* failing(thrown: unknown): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(1);
    throw thrown;
  }

  it.each([
    ["EACCES", "file-not-permitted", "no permission to read it"],
    ["EPERM", "file-not-permitted", "no permission to read it"],
    ["EISDIR", "file-is-directory", "it is a directory"],
    ["EIO", "file-unreadable", "it cannot be read (EIO)"],
    ["ENOENT", "file-not-found", "no such file"],
    ["ENOTDIR", "file-not-found", "no such file"],
  ])("what system error of it: %s", async (system, code, why) => {
    const cause = systemError(system);
    patchFiles({
      statSync: () => {
        throw cause;
      },
    });
    for (const reading of [readInputFile("x"), all("x")]) {
      await expect(reading).rejects.toMatchObject({ ...refused, code, message: `x: ${why}`, cause });
    }
  });

  it("a file within its limit, whole, and piece by piece", async () => {
    const path = there("whole.json");
    writeFileSync(path, "0123456789");
    expect(await readInputFile(path, 10)).toEqual(Buffer.from("0123456789"));
    const pieces: Uint8Array[] = [];
    for await (const piece of streamInputFile(path)) pieces.push(piece);
    expect(Buffer.concat(pieces)).toEqual(Buffer.from("0123456789"));
    await expect(readInputFile(path, 9)).rejects.toMatchObject({ ...refused, code: "file-too-large" });
  });

  it("an empty file and an empty stream have no bytes", async () => {
    const path = there("empty.json");
    writeFileSync(path, "");
    expect([await readInputFile(path), await readInput(stream(new Uint8Array()), "stdin")]).toEqual([
      Buffer.alloc(0),
      Buffer.alloc(0),
    ]);
  });

  it("a stream that fails for another reason", async () => {
    const reading = () => readInput(failing(systemError("EIO")), "stdin");
    await expect(reading()).rejects.toMatchObject({ ...refused, code: "file-unreadable" });
    await expect(reading()).rejects.toThrow("stdin: it cannot be read (EIO)");
  });

  it.runIf(existsSync("/proc/self/status"))(
    "a file of the kernel's, which says that it is empty, but is not",
    async () => {
      expect(new TextDecoder().decode(await readInputFile("/proc/self/status"))).toContain("Name:");
      await expect(readInputFile("/proc/self/status", 10)).rejects.toMatchObject({
        ...refused,
        code: "file-too-large",
        message: "/proc/self/status: it is more than 0 MB, and at most 0 MB are read",
        hint: "give the export of one network interface, or one service tag file",
      });
    },
  );

  it("a pipe that says how much waits in it, as on macOS: more may come", async () => {
    const path = there("pipe");
    writeFileSync(path, "0123456789");
    patchFiles({ statSync: (() => ({ size: 1, isDirectory: () => false, isFile: () => false })) as never });
    expect(await readInputFile(path, 10)).toEqual(Buffer.from("0123456789"));
    await expect(readInputFile(path, 9)).rejects.toMatchObject({ ...refused, code: "file-too-large" });
  });

  it.each([
    [50, "x".repeat(50)],
    [51, `...${"x".repeat(47)}`],
  ])("a name of %i characters, by its end where it is long", async (length, shown) => {
    const reading = readInput(failing(systemError("EIO")), "x".repeat(length));
    await expect(reading).rejects.toMatchObject({
      message: `${shown}: it cannot be read (EIO)`,
      hint: "copy the file elsewhere and give the copy, or check the path",
      cause: { message: "EIO" },
    });
  });

  it("a stream that fails without a code, by what it says; what is no error, and one for the user, as they are", async () => {
    const given = new UserError("x", "m", "h");
    const reading = (thrown: unknown) => readInput(failing(thrown), "stdin");
    await expect(reading(new Error("it broke"))).rejects.toThrow("stdin: it cannot be read (it broke)");
    await expect(reading(given)).rejects.toBe(given);
    await expect(reading("text")).rejects.toBe("text");
  });

  it("standard input, where a file is needed", async () => {
    const cause = systemError("ENOENT");
    expect(await fileNotFound("-", { cause })).toMatchObject({
      ...refused,
      code: "file-not-found",
      message: "-: no such file",
      hint: "standard input is not read here: save it in a file",
      correction: null,
      cause,
    });
  });
});

const utf8 = (text: string) => new TextEncoder().encode(text);

it.each([
  ["ASCII", utf8("a,b"), "a,b"],
  ["UTF-8", utf8("Zürich"), "Zürich"],
  ["nothing", utf8(""), ""],
  ["a view of other bytes", utf8("xay").subarray(1, 2), "a"],
  ["a byte order mark, which the reader removes", utf8("\uFEFFa"), "\uFEFFa"],
])("plain text becomes a text: %s", (_, bytes, expected) => {
  expect(textIfUtf8(bytes)).toBe(expected);
});

it.each([
  ["UTF-16", Uint8Array.of(0x61, 0, 0x62, 0)],
  ["a zero byte", Uint8Array.of(0x61, 0)],
  ["gzip", Uint8Array.of(0x1f, 0x8b, 8)],
  ["half a character", Uint8Array.of(0xc3)],
])("other bytes stay bytes, to be recognised: %s", (_, bytes) => {
  expect(textIfUtf8(bytes)).toBe(bytes);
});
