import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/text/user-error.ts";
import { minimise } from "./minimise.ts";
import { mutate } from "./mutate.ts";
import { Defect, holdRefusal, judge, signatureOf } from "./oracle.ts";
import { Random } from "./random.ts";
import { Campaign, type Target } from "./target.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Reads lists of numbers, but fails on an empty list inside another one. */
const planted: Target = {
  name: "planted",
  about: "a reader with a defect",
  alphabet: "text",
  words: ["[", "]"],
  largest: 10_000,
  seeds: () => ["[1, 2, [3, 4]]", "[[1], [2, [3]], 4]"],
  check: (text) => {
    try {
      const value: unknown = JSON.parse(text);
      if (Array.isArray(value) && value.some((list) => Array.isArray(list) && list.length === 0))
        throw new TypeError("x");
    } catch (error) {
      if (error instanceof SyntaxError) return "refused";
      throw error;
    }
    return "answered";
  },
};

async function firstDefect(
  campaign: Campaign,
  most: number,
): Promise<{ readonly input: string; readonly error: unknown }> {
  for (let index = 0; index < most; index++) {
    const input = campaign.input(index);
    try {
      await campaign.target.check(input);
    } catch (error) {
      return { input, error };
    }
  }
  throw new Error("nothing was found");
}

describe("a campaign", () => {
  it("finds a planted defect and minimises its input", async () => {
    const { input, error } = await firstDefect(await Campaign.of(planted, "1"), 5000);
    expect(error).toBeInstanceOf(TypeError);
    expect(await minimise(planted, input, signatureOf(error))).toBe("[[]]");
  });

  const inputs = async (target: Target, seed: string, count: number) => {
    const campaign = await Campaign.of(target, seed);
    return Array.from({ length: count }, (_, at) => campaign.input(at));
  };

  it("begins with the seeds, and gives the same inputs for the same seed", async () => {
    expect((await inputs(planted, "1", 2)).slice(0, 2)).toEqual(planted.seeds());
    expect(await inputs(planted, "1", 50)).toEqual(await inputs(planted, "1", 50));
    expect(await inputs(planted, "1", 50)).not.toEqual(await inputs(planted, "2", 50));
  });

  it("changes only the last character of the header", async () => {
    const made = await inputs({ ...planted, header: 2, seeds: () => ["h0[1]"] }, "1", 200);
    expect(new Set(made.map((input) => input[0]))).toEqual(new Set(["h"]));
    expect(new Set(made.map((input) => input[1])).size).toBeGreaterThan(50);
  });
});

describe("a mutation", () => {
  const mutants = (text: string, alphabet: "bytes" | "text") =>
    Array.from({ length: 3000 }, (_, at) =>
      mutate(text, new Random("mutants", at), { alphabet, words: ["word"], others: [text], largest: 5000 }),
    );

  it("of bytes yields bytes, of text yields text, and never exceeds the longest length", () => {
    expect(mutants("[1]", "bytes").every((text) => /^[\0-\xff]{0,5000}$/.test(text))).toBe(true);
    expect(mutants("[1]", "text").every((text) => text.length <= 5000)).toBe(true);
  });

  it.each([
    ["a field twice", /"a":.*,"a":1/s],
    ["__proto__ as a field", /"__proto__":/],
    ["a huge number", /9{300}|1e999/],
    ["deep nesting", /\[{1000}|(\{"a":){200}/],
    ["a lone surrogate", /\ud800/i],
    ["NUL", /\0/],
    ["a word of the language", /word/],
    ["half of the text", /^\{"a":1$/],
    ["nothing at all", /^$/],
  ])("makes %s", (_, pattern) => {
    expect(mutants('{"a":1,"b":[{"a":1}]}', "text").some((text) => pattern.test(text))).toBe(true);
  });
});

describe("the oracle", () => {
  const refusal = (message: string, hint = "do this") => new UserError("address-syntax", message, hint);

  it("accepts a declared rejection with a helpful message", () => {
    expect(() => holdRefusal(refusal("'x' is no address"), "UserError")).not.toThrow();
  });

  it.each([
    ["any other error", new RangeError("Maximum call stack size exceeded"), RangeError],
    ["a refusal of another reader", refusal("x"), UserError],
    ["something that is no error", "text", /text/],
  ])("passes on %s", (_, error, thrown) => {
    expect(() => holdRefusal(error, "PolicyError")).toThrow(thrown);
  });

  it.each([
    ["a first line of a hundred characters", refusal("x".repeat(100))],
    ["an empty message", refusal(" ")],
    ["no hint", refusal("x", "")],
    ["a hint without end", refusal("x", "x".repeat(3000))],
  ])("rejects %s", (_, error) => {
    expect(() => holdRefusal(error, "UserError")).toThrow(Defect);
  });

  it("rejects a wrong answer", async () => {
    const read = () => 1;
    const check = (answer: number) => {
      if (answer === 1) throw new Defect("wrong");
    };
    await expect(judge(["UserError"], read, check)).rejects.toThrow(Defect);
  });
});

describe("a long run is watched, and continues after a bad input", () => {
  const planted = fileURLToPath(new URL("./run-planted.ts", import.meta.url));

  it.each([
    ["that is never read to its end", "endless", "hangs: it was not read within 1.5 s"],
    [
      "that is never read to its end once it is made smaller",
      "endless-when-smaller",
      "hangs: it was not read within 1.5 s",
    ],
    ["that ends the thread", "deadly", "it ended without a word"],
  ])("%s", (_, target, told) => {
    const words = ["--import", "./test/fuzz/typescript.js", planted, target];
    const { stdout, stderr } = spawnSync(process.execPath, words, { cwd: ROOT, encoding: "utf8" });
    expect(stdout, stderr).not.toBe("");
    const { findings, ...counts } = JSON.parse(stdout);
    expect(counts).toEqual({ tried: 3, answered: 2, refused: 0 });
    expect(findings).toEqual([expect.objectContaining({ index: 1, input: "defect", told })]);
  });
});

describe("npm run fuzz", () => {
  const fuzz = (...args: readonly string[]) =>
    spawnSync(process.execPath, ["--import", "./test/fuzz/typescript.js", "test/fuzz/main.ts", ...args], {
      cwd: ROOT,
      encoding: "utf8",
    });

  it("reports the seed, the inputs of each target and their outcome", () => {
    const { status, stdout } = fuzz("--seconds", "1", "--seed", "7", "--target", "prefix,destination");
    expect(stdout).toMatch(
      /^seed 7, 1 s each\nprefix +\d+ inputs +\d+ answered +\d+ refused +0 defects\ndestination +\d+/,
    );
    expect(status).toBe(0);
  });

  it("reads one input again", () => {
    const { status, stdout } = fuzz("--target", "address", "--seed", "7", "--replay", "0");
    expect([status, stdout]).toEqual([0, "address, input 0 of seed 7: 8 characters\nanswered\n"]);
  });

  it.each([
    ["help", ["--help"], 0],
    ["no time", ["--seconds", "0"], 2],
  ])("%s: names every target", (_, args, code) => {
    const { status, stdout } = fuzz(...args);
    expect(stdout).toMatch(/--seconds N[\s\S]*\n {2}address[\s\S]*\n {2}built-program/);
    expect(status).toBe(code);
  });
});
