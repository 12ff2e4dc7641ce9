import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { TOPIC_NAMES } from "../../src/commands/help/topic-list.ts";
import { COMMANDS } from "../../src/commands/registry.ts";
import { runBuilt } from "../built-program.ts";
import { run } from "./run-in-process.ts";

const HEADINGS = ["Commands:", ...COMMANDS.flatMap(({ group }) => group ?? [])];

const names = async (...group: string[]) => {
  const { out } = await run(["help", ...group]);
  const lists = out.split("\n\n").filter((part) => HEADINGS.some((heading) => part.startsWith(`${heading}\n`)));
  return lists.flatMap((list) => [...list.matchAll(/^ {2}(\S+)/gm)].map(([, name = ""]) => [...group, name]));
};

describe("a command line loads only the commands that it names", () => {
  afterEach(() => vi.restoreAllMocks());

  it.each([
    [["--help"], []],
    [["routes", "--help"], ["routes"]],
    [["-o", "json", "tags", "list", "--help"], ["tags"]],
    [["diff", "routes", "tags", "-o", "nonsense"], ["diff"]],
    [["help", "rules"], ["help"]],
    [
      ["help", "check"],
      ["check", "help"],
    ],
    [
      ["__complete", "--", "whatif", "-"],
      ["whatif", "__complete"],
    ],
  ])("%j: %j", async (args, loaded) => {
    const spies = COMMANDS.map((command) => [command.name, vi.spyOn(command, "load")] as const);
    await run(args);
    expect(spies.filter(([, load]) => load.mock.calls.length > 0).map(([name]) => name)).toEqual(loaded);
  });

  it("each has the same help as in the whole program", async () => {
    // `help trace` is the topic, which the help of the command names.
    const others = ["help", ...TOPIC_NAMES];
    const all = [...(await names()), ...(await names("tags"))].filter(([name = ""]) => !others.includes(name));
    expect(all.length).toBeGreaterThan(8);
    for (const words of all) {
      const [own, whole] = [await run([...words, "--help"]), await run(["help", ...words])];
      expect(own.out, words.join(" ")).toBe(whole.out);
      expect(own.out, words.join(" ")).toContain("Usage: ");
    }
  });

  it("the program's help lists all of them", async () => {
    const { out } = await run(["--help"]);
    for (const [name = ""] of await names()) expect(out).toMatch(new RegExp(`^ {2}${name} `, "m"));
  });
});

describe("the version", () => {
  it.each([[["--version"]], [["-V"]], [["-q", "--version"]]])("%j prints the version of the package", async (args) => {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    expect(await runBuilt(args)).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });
});

describe("--version", () => {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

  it.each([["--version"], ["-V"], ["routes --version"], ["--version -q"]])("%s prints one line", async (line) => {
    expect(await run(line.split(" "))).toEqual({ code: 0, out: `${version}\n`, err: "" });
  });

  it.each([["--version -v"], ["-v --version"], ["-vV"]])("%s says what the program runs on", async (line) => {
    const { code, out } = await run(line.split(" "));
    expect(code).toBe(0);
    const [program, node, platform, tags, cache] = out.split("\n").map((each) => each.split(/ {2,}/)[1]);
    expect([program, node, platform]).toEqual([version, process.version, `${process.platform} ${process.arch}`]);
    expect(tags).toMatch(/^none cached/);
    expect(cache).toMatch(/^\/dev\/null\/vnet-explain\/vnet-explain \(/);
  });

  it("an unknown format behind it is an error", async () => {
    expect((await run(["--version", "-o", "jsn"])).code).toBe(2);
  });
});
