import { describe, expect, test } from "vitest";
import { lineSplitter } from "../../../src/analysis/lines/split.ts";
import { UserError } from "../../../src/text/user-error.ts";

/** `number:text` of every line; `!` after the number of one that is too long. */
function linesOf(pieces: readonly string[], longest?: number): readonly string[] {
  const splitter = lineSplitter(longest);
  return [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()].map(
    ({ number, text, problem }) => `${number}${problem === "too-long" ? "!" : ""}:${text}`,
  );
}

describe("lines", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ["end at LF", ["a\nb\n"], ["1:a", "2:b"]],
    ["end at CRLF", ["a\r\nb\r\n"], ["1:a", "2:b"]],
    ["lose one CR only", ["a\r\r\nb\r"], ["1:a\r", "2:b"]],
    ["may be blank", ["\n\na"], ["1:", "2:", "3:a"]],
    ["continue in the next piece", ["a", "b\nc", "", "d"], ["1:ab", "2:cd"]],
    ["are none in an empty text", ["", ""], []],
  ])("%s", (_, pieces, expected) => {
    expect(linesOf(pieces)).toEqual(expected);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ["at the limit", ["12345\n12345\r\n12345"], ["1:12345", "2:12345", "3:12345"]],
    ["one longer, which may end with a CR", ["123456\n"], ["1:123456"]],
    ["longer than that", ["1234567\nb"], ["1!:12345", "2:b"]],
    ["longer, and the last", ["a\n1234567"], ["1:a", "2!:12345"]],
    ["longer, in pieces", ["123456", "7", "8\nb\n"], ["1!:12345", "2:b"]],
    ["longer, in pieces without end", ["1234567", "8", "9"], ["1!:12345"]],
    ["longer, twice", ["1234567", "8\n1234567", "8\nc"], ["1!:12345", "2!:12345", "3:c"]],
  ])("of five characters at most: %s", (_, pieces, expected) => {
    expect(linesOf(pieces, 5)).toEqual(expected);
  });

  test("of more than 65,536 characters are too long by default, and 80 of these are kept", () => {
    expect(linesOf([`${"x".repeat(65_536)}\r\n${"y".repeat(65_538)}\n`])).toEqual([
      `1:${"x".repeat(65_536)}`,
      `2!:${"y".repeat(80)}`,
    ]);
  });

  test("keep their numbers where others were read elsewhere", () => {
    const splitter = lineSplitter();
    const before = splitter.push("a\n");
    splitter.pass(3);
    expect([...before, ...splitter.push("b\n")].map(({ number }) => number)).toEqual([1, 5]);
  });

  test("are midway where a line has begun, also one that is skipped", () => {
    const splitter = lineSplitter(5);
    const midway = (piece: string) => {
      splitter.push(piece);
      return splitter.midway;
    };
    expect(["", "a\n", "a", "b\n", "12345678", "9", "\n"].map(midway)).toEqual([
      false,
      false,
      true,
      false,
      true,
      true,
      false,
    ]);
  });
});

describe("a line without end", () => {
  const MEGABYTE = "x".repeat(1024 * 1024);

  test("stops the input after 33,554,432 characters more", () => {
    const splitter = lineSplitter();
    splitter.push(`a\n${MEGABYTE}`);
    for (let piece = 0; piece < 32; piece++) expect(splitter.push(MEGABYTE)).toEqual([]);
    expect(() => splitter.push("x")).toThrow(
      expect.objectContaining({
        code: "line-endless",
        message: "line 2 has more than 33,554,432 characters",
        hint: "write one destination per line",
      }),
    );
    expect(() => splitter.push("x")).toThrow(UserError);
  });

  test("is counted anew after each line break", () => {
    const splitter = lineSplitter();
    for (let line = 0; line < 3; line++) {
      for (let piece = 0; piece < 20; piece++) splitter.push(MEGABYTE);
      expect(splitter.push("\n")).toEqual([]);
    }
    expect(splitter.push("b\n")).toEqual([{ number: 4, text: "b", problem: null }]);
  });
});
