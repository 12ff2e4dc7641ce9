import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runBuilt } from "../built-program.ts";
import { run } from "./run-in-process.ts";

const names = async (...group: string[]) => {
  const { out } = await run(["help", ...group]);
  const [, list = ""] = out.split("\nCommands:\n");
  return [...(list.split("\n\n")[0] ?? "").matchAll(/^ {2}(\S+)/gm)].map(([, name = ""]) => [...group, name]);
};

describe("a command line loads only the commands that it names", () => {
  it("each has the same help as in the whole program", async () => {
    const all = [...(await names()), ...(await names("tags"))].filter(([name]) => name !== "help");
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
