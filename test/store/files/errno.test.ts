import { describe, expect, it } from "vitest";
import { whyUnreadable } from "../../../src/store/files/errno.ts";

type Readable = Parameters<typeof whyUnreadable>[1];

const DENIED = "no permission to read it";

describe("why something cannot be read, and what to do", () => {
  it.each<[code: string, what: Readable, why: string, hint: string]>([
    ...["EACCES", "EPERM"].flatMap((code): [string, Readable, string, string][] => [
      [code, "file", DENIED, "give yourself read permission, or pipe it in: ... | vnet-explain ... --file -"],
      [code, "folder", DENIED, "give yourself permission to read the folder and enter it"],
      [code, "snapshot", DENIED, "give yourself permission to read the directory and enter it"],
      [code, "part", DENIED, "give yourself read permission, or read a copy"],
    ]),
    ["EISDIR", "file", "it is a directory", "give a file in it"],
    ["ENOENT", "file", "no such file", "check the path"],
    ["ENOENT", "folder", "no such directory", "check the path"],
    ["ENOENT", "snapshot", "no such directory", "check the path"],
    ["ENOTDIR", "snapshot", "it cannot be read (ENOTDIR)", "check the path"],
    ["ENOTDIR", "file", "no such file", "check the path"],
    ["ENOTDIR", "folder", "it is a file, not a directory", "give a file without --snapshot"],
    ["ENOTDIR", "part", "it cannot be read (ENOTDIR)", "check the path and the disk"],
    ["EIO", "file", "it cannot be read (EIO)", "copy the file elsewhere and give the copy, or check the path"],
    ["EIO", "folder", "it cannot be read (EIO)", "check the path and its permissions"],
    ["EIO", "part", "it cannot be read (EIO)", "check the path and the disk"],
  ])("%s of a %s: %s", (code, what, why, hint) => {
    expect(whyUnreadable(code, what)).toEqual([why, hint]);
  });
});
