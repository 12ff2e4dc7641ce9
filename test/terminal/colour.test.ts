import { expect, it } from "vitest";
import { type ColourQuestion, coloursFor } from "../../src/terminal/colour.ts";

type Env = ColourQuestion["env"];

it.each([
  ["a terminal has colour", "auto", true, {}, true],
  ["a pipe has none", "auto", false, {}, false],
  ["a dumb terminal has none", "auto", true, { TERM: "dumb" }, false],
  ["NO_COLOR takes it away", "auto", true, { NO_COLOR: "1" }, false],
  ["an empty NO_COLOR does not", "auto", true, { NO_COLOR: "" }, true],
  ["FORCE_COLOR gives it to a pipe", "auto", false, { FORCE_COLOR: "1" }, true],
  ["also where it is empty, and over NO_COLOR", "auto", false, { FORCE_COLOR: "", NO_COLOR: "1" }, true],
  ["also as true", "auto", false, { FORCE_COLOR: "true" }, true],
  ["FORCE_COLOR=0 takes it away", "auto", true, { FORCE_COLOR: "0" }, false],
  ["and so does false", "auto", true, { FORCE_COLOR: "false" }, false],
  ["--color always has the last word", "always", false, { NO_COLOR: "1", FORCE_COLOR: "0", TERM: "dumb" }, true],
  ["and so has --color never", "never", true, { FORCE_COLOR: "1" }, false],
] as const satisfies readonly (readonly [string, ColourQuestion["mode"], boolean, Env, boolean])[])(
  "%s",
  async (_, mode, isTTY, env, coloured) => {
    expect((await coloursFor({ mode, isTTY, env })).red("x") !== "x").toBe(coloured);
  },
);
