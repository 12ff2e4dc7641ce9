import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { recordSplitter } from "../../../src/analysis/lines/records.ts";
import { StepCounter } from "../../steps.ts";

const counter = new StepCounter();
beforeAll(() => counter.start());
afterAll(() => counter.stop());

it("an unclosed quote affects only its line, so each line is read about twice, whatever the longest record", async () => {
  // Open after each line, whether it was open before or not.
  const text = '"a"x,"\n'.repeat(4000);
  const split = (longest: number) => () => {
    const splitter = recordSplitter(",", longest);
    expect([...splitter.push(text), ...splitter.end()]).toHaveLength(4000);
  };
  const short = await counter.count(split(20));
  expect(await counter.count(split(2000))).toBeLessThan(2 * short);
});

/** `number:text` of every record; `?` after the number where a quote is open, `!` where the line is too long. */
function recordsOf(pieces: readonly string[], longest?: number, delimiters = ",;"): readonly string[] {
  const splitter = recordSplitter(delimiters, longest);
  const records = [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
  const marks = { "quote-open": "?", "too-long": "!" };
  return records.map(
    ({ number, text, problem }) => `${number}${problem === null ? "" : marks[problem]}:${text.replaceAll("\n", "|")}`,
  );
}

describe("records", () => {
  test.each<[string, string, readonly string[]]>([
    ["are lines", "a,b\nc,d", ["1:a,b", "2:c,d"]],
    ["are not blank lines and comments", "a\n\n \n# b\n  #c\nd\n", ["1:a", "6:d"]],
    ["hold line breaks in a cell", 'a,"b\n\n# c\nd",e\nf\n', ['1:a,"b||# c|d",e', "5:f"]],
    ["hold them in a first cell", '"a\nb"\nc', ['1:"a|b"', "3:c"]],
    ["hold them in one cell after another", 'a;"b\nc";"d\ne"\nf', ['1:a;"b|c";"d|e"', "4:f"]],
    ["hold doubled quotes", 'a,"b""\nc"""\nd', ['1:a,"b""|c"""', "3:d"]],
    ["are closed by a quote at the end of a line", 'a,"b"\nc', ['1:a,"b"', "2:c"]],
    ["are not opened by a quote within a cell", 'a,b"c\nd', ['1:a,b"c', "2:d"]],
    ["are not opened by a quote after another letter than a delimiter", 'a|"b\nc', ['1:a|"b', "2:c"]],
    ["are not opened by a quote in a comment", '#"a\nb\n #,"\nc', ["2:b", "4:c"]],
    ["with an unclosed quote are single lines", 'a,"b\nc\n\n# d\ne', ['1?:a,"b', "2:c", "5:e"]],
    ["with two unclosed quotes too", '"a\n"b"x,"\nc', ['1?:"a', '2?:"b"x,"', "3:c"]],
  ])("%s", (_, text, expected) => {
    expect(recordsOf([text])).toEqual(expected);
    expect(recordsOf([...text])).toEqual(expected);
  });

  test.each<[string, string, readonly string[]]>([
    ["of ten", '"23\n56\n89"\na', ['1:"23|56|89"', "4:a"]],
    ["of eleven", '"23\n56\n890"\na', ['1?:"23', "2:56", '3:890"', "4:a"]],
    ["with a line too long in it", '"2\n3456789012345\n5"\n', ['1?:"2', "2!:3456789012", '3:5"']],
    ["of eleven, of which the last ten are one too", '"\n"3\n56\n890"\na', ['1:"|"3', "3:56", '4:890"', "5:a"]],
    ["after a comment that is too long", "# 3456789012345\na", ["2:a"]],
    [
      "of eleven after a quote that is not closed",
      '"2\n3456789012345\n"23\n56\n890"\na',
      ['1?:"2', "2!:3456789012", '3?:"23', "4:56", '5:890"', "6:a"],
    ],
  ])("of ten characters at most: one %s", (_, text, expected) => {
    expect(recordsOf([text], 10)).toEqual(expected);
  });

  it.each<[number, (open: string) => readonly string[]]>([
    [17, (open) => [`1?:${open}`, `2?:${open}`, `3:${open}|${open}|"`, "6:b"]],
    [19, (open) => [`1?:${open}`, `2:${open}|${open}|${open}|"`, "6:b"]],
  ])("of %i characters at most have that length without lines whose quote is not closed", (longest, expected) => {
    // Open after each line, whether it was open before or not.
    const open = '"a","';
    expect(recordsOf([[open, open, open, open, '"', "b"].join("\n")], longest)).toEqual(expected(open));
  });

  it("are midway while a line or a quoted cell is open", () => {
    const splitter = recordSplitter(",");
    const midway = (piece: string) => {
      splitter.push(piece);
      return splitter.midway;
    };
    expect(["", "a\n", "b", '\n"c\n', 'd"\n', "\n"].map(midway)).toEqual([false, false, true, true, false, false]);
  });

  it("keep their numbers where lines were read elsewhere", () => {
    const splitter = recordSplitter(",");
    splitter.push("a\n");
    splitter.pass(2);
    expect(splitter.push("b\n")).toEqual([{ number: 4, text: "b", problem: null }]);
  });
});
