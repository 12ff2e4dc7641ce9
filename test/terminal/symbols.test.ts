import { describe, expect, it } from "vitest";
import { ASCII, symbolsFor } from "../../src/terminal/symbols.ts";

describe("symbols are Unicode where the reader shows it, else ASCII", () => {
  it.each([
    ["LANG is UTF-8", { LANG: "en_US.UTF-8" }, "linux", true],
    ["in another spelling", { LANG: "de_DE.utf8" }, "linux", true],
    ["LC_ALL comes before LANG", { LC_ALL: "C", LANG: "en_US.UTF-8" }, "linux", false],
    ["LC_CTYPE comes before LANG", { LC_CTYPE: "C.UTF-8", LANG: "C" }, "linux", true],
    ["LC_ALL comes before LC_CTYPE", { LC_ALL: "POSIX", LC_CTYPE: "C.UTF-8" }, "linux", false],
    ["an empty variable is not set", { LC_ALL: "", LANG: "en_US.UTF-8" }, "linux", true],
    ["Latin 1", { LANG: "de_DE.ISO-8859-1" }, "linux", false],
    ["nothing is set: the POSIX locale", {}, "linux", false],
    ["nothing is set on macOS", {}, "darwin", true],
    ["the console of the Linux kernel", { LANG: "en_US.UTF-8", TERM: "linux" }, "linux", false],
    ["Windows Terminal", { WT_SESSION: "1-2" }, "win32", true],
    ["Visual Studio Code on Windows", { TERM_PROGRAM: "vscode" }, "win32", true],
    ["the old console of Windows", {}, "win32", false],
    ["a locale counts on Windows too", { WT_SESSION: "1-2", LC_ALL: "C" }, "win32", false],
    ["Git Bash on Windows", { TERM: "xterm-256color" }, "win32", true],
  ])("%s", (_, env, platform, isUnicode) => {
    expect(symbolsFor(env, platform) === ASCII).toBe(!isUnicode);
  });

  it("every twin is ASCII", () => {
    for (const symbol of Object.values(ASCII)) expect(symbol).toMatch(/^[!-~]+$/);
  });

  it("every symbol takes no more columns than its twin", () => {
    for (const [name, symbol] of Object.entries(symbolsFor({ LANG: "C.UTF-8" }, "linux"))) {
      expect(ASCII[name as keyof typeof ASCII].length).toBeGreaterThanOrEqual(symbol.length);
    }
  });
});
