import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type InProcess, run } from "../run-in-process.ts";

const ASK = ["whichroute", "--sample", "udr-and-endpoint", "--ip", "-", "-q"];

/** Lines of every kind: addresses with different answers, sets, invalid lines, and lines without content. */
const line = fc.oneof(
  { weight: 4, arbitrary: fc.ipV4() },
  { weight: 2, arbitrary: fc.ipV6() },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "191.239.203.0",
      "191.239.203.16",
      "191.235.255.193",
      "10.0.0.4",
      "168.63.129.16",
      "::ffff:10.0.0.4",
      "2001:DB8::1",
      "fd00::1",
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "",
      "# x",
      " 10.0.0.4",
      "10.0.0.4 # x",
      '"10.0.0.4"',
      "010.0.0.4",
      "10.0.0",
      "10.0.0.4x",
      "10.0.0.0/8",
      "10.0.0.1/8",
      "tag:Storage",
      "größer",
      "::1%eth0",
    ),
  },
);
const lines = fc.array(fc.tuple(line, fc.constantFrom("\n", "\n", "\r\n")), { maxLength: 30 });

/** The bytes of the text in pieces that end at the given places. */
function piecesOf(text: string, cuts: readonly number[]): Uint8Array[] {
  const bytes = new TextEncoder().encode(text);
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, at) => bytes.slice(ends[at - 1] ?? 0, end));
}

/** The answer to each line alone: such a line is read as text, and its answer is made without the cache of answers. */
async function oneByOne(all: readonly string[], args: readonly string[]): Promise<InProcess> {
  const answers = await Promise.all(all.map((text) => run([...ASK, ...args], { stdin: text })));
  return {
    code: Math.max(0, ...answers.map(({ code }) => code)),
    out: answers.map(({ out }) => out).join(""),
    err: answers.map(({ err }) => err).join(""),
  };
}

describe("the answers to a stream do not depend on how it is split into pieces", { tags: ["slow"] }, () => {
  it.each([
    ["", (text: string) => text, []],
    ["a field", (text: string) => `a;${text};b`, ["--field", "2", "--delimiter", ";"]],
    ["a field at blanks", (text: string) => `a ${text.replaceAll(" ", "")} b`, ["--field", "2"]],
  ])("%s", async (_, laidOut, args) => {
    await fc.assert(
      fc.asyncProperty(lines, fc.array(fc.nat(), { maxLength: 8 }), async (given, cuts) => {
        const all = given.map(([text, end]) => `${laidOut(text)}${end}`);
        const stream = await run([...ASK, ...args, "-o", "tsv"], { stdin: piecesOf(all.join(""), cuts) });
        const { code, out } = await oneByOne(all, [...args, "-o", "tsv"]);
        expect({ code: stream.code, out: stream.out }).toEqual({ code, out });
      }),
      { numRuns: 60 },
    );
  });

  it.each([["tag=Storage"], ["verdict=forward"], ["next-hop!=VnetLocal"]])(
    "with --expect %s: each answer that does not meet it is reported",
    async (expected) => {
      const args = ["-o", "ndjson", "--expect", expected];
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.constantFrom("191.239.203.0", "10.0.0.4", "1.1.1.1", "fd00::1"), { minLength: 1 }),
          async (given) => {
            const all = given.map((text) => `${text}\n`);
            const stream = await run([...ASK, ...args], { stdin: all.join("") });
            const { code, out, err } = await oneByOne(all, args);
            const told = (text: string) => text.split("\n").filter((each) => /: expected /.test(each));
            expect({ code: stream.code, out: stream.out }).toEqual({ code, out });
            expect(told(stream.err)).toEqual(told(err));
            const failed = told(err).length;
            if (failed > 0 && all.length > 1)
              expect(stream.err).toContain(`${failed} of ${all.length} answers are not`);
          },
        ),
        { numRuns: 30 },
      );
    },
  );

  it("the last line needs no line break, and invalid bytes affect only their line", async () => {
    const bytes = [..."1.1.1.1\n\u00ff\n10.0.0.4\n\u00c3"].map((char) => char.charCodeAt(0));
    const { code, out } = await run([...ASK, "-o", "tsv"], {
      stdin: Uint8Array.from([...bytes, ..."\n10.0.0.5".split("").map((char) => char.charCodeAt(0))]),
    });
    expect(code).toBe(2);
    expect(out.split("\n").map((row) => row.split("\t")[0])).toEqual([
      "1.1.1.1",
      "\ufffd",
      "10.0.0.4",
      "\ufffd",
      "10.0.0.5",
      "",
    ]);
  });
});
