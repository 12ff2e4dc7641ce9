import { readLines } from "../../../src/analysis/lines/batches.ts";
import { type LineOptions, lineChoice } from "../../../src/analysis/lines/choice.ts";
import { LONGEST_LINE } from "../../../src/analysis/lines/split.ts";
import { formatAddress, parseAddress } from "../../../src/net/address.ts";
import { AddressBatch } from "../../../src/net/address-batch.ts";
import type { UserError } from "../../../src/text/user-error.ts";
import { isRefused, linesAsText } from "../../analysis/lines/lines-as-text.ts";
import { asBytes, bytesOf } from "../corpus.ts";
import { hold, holdRefusal, holdWording, type Verdict } from "../oracle.ts";
import { Random } from "../random.ts";
import type { Target } from "../target.ts";
import { inChunks, oneChunk } from "./chunks.ts";

const CHOICES: readonly LineOptions[] = [
  {},
  { field: "2" },
  { field: "3", delimiter: "," },
  { column: "ip" },
  { column: "ip", delimiter: ";" },
];

const LINES: readonly string[] = [
  "10.0.0.1\n# a comment\n\n  10.0.0.2  # behind\r\n2001:db8::1\ntag:Storage\nbad\n",
  'time,ip,note\n1,10.0.0.1,"a, b"\n2,"10.0.0.2","two\nlines"\n3,10.0.0.3,""""\n4\n',
  "time;ip;note\r\n1;10.0.0.1;x\r\n2;10.0.0.2;y\r\n",
  "a 10.0.0.1 b\n\tc\t10.0.0.2\td\n",
  '"10.0.0.1"\n"10.0.0.2"',
  "ip\tport\n10.0.0.1\t443\n",
];

interface Read {
  readonly lines: readonly string[];
  readonly error: UserError | null;
}

async function read(chunks: AsyncIterable<Uint8Array>, options: LineOptions, longest = LONGEST_LINE): Promise<Read> {
  const lines: string[] = [];
  try {
    for await (const line of linesAsText(chunks, lineChoice(options), longest)) {
      if (isRefused(line)) holdWording(line.error, "a refused line");
      lines.push(JSON.stringify(line));
    }
    return { lines, error: null };
  } catch (error) {
    holdRefusal(error, "UserError");
    return { lines, error: error as UserError };
  }
}

/** The entries of the lines in order, as the stream of batches reads them: addresses in their usual spelling. */
async function readInBatches(chunks: AsyncIterable<Uint8Array>, options: LineOptions, longest?: number): Promise<Read> {
  const lines: string[] = [];
  try {
    for await (const contents of readLines(chunks, lineChoice(options), longest)) {
      for (const content of contents) {
        if (!(content instanceof AddressBatch)) lines.push(JSON.stringify(content));
        else for (let at = 0; at < content.count; at++) lines.push(formatAddress(content.address(at)));
      }
    }
    return { lines, error: null };
  } catch (error) {
    holdRefusal(error, "UserError");
    return { lines, error: error as UserError };
  }
}

/** The address of a line that a batch can hold. */
function inBatch(line: string): string {
  return formatAddress(parseAddress(JSON.parse(line).destination));
}

/** Number and content of each line, without comment, surrounding blanks and quotes. */
function plainLines(text: string): readonly string[] {
  return text.split("\n").flatMap((raw, at) => {
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    if (/^\s*(#|$)/.test(line)) return [];
    let comment = line.indexOf("#", 1);
    while (comment > 0 && !/\s/.test(line.charAt(comment - 1))) comment = line.indexOf("#", comment + 1);
    const said = (comment < 0 ? line : line.slice(0, comment)).trim();
    const quoted = said.length >= 2 && said.startsWith('"') && said.endsWith('"');
    return [JSON.stringify({ line: at + 1, destination: quoted ? said.slice(1, -1).trim() : said })];
  });
}

/** The longest line: short, so that some inputs exceed it. */
const LONGEST = 5000;

async function check(input: string): Promise<Verdict> {
  const bytes = bytesOf(input.slice(1));
  const random = new Random(input.slice(0, 1));
  const options = random.pick(CHOICES);
  const longest = random.once(2) ? LONGEST : undefined;
  const whole = await read(oneChunk(bytes), options, longest);
  const cut = await read(inChunks(bytes, random), options, longest);
  hold(whole.error?.code === cut.error?.code, () => `whole ${whole.error?.code}, in chunks ${cut.error?.code}`);
  hold(whole.lines.join("\n") === cut.lines.join("\n"), () => "in chunks it holds other lines");
  const batches = await readInBatches(inChunks(bytes, random), options, longest);
  hold(
    whole.error?.code === batches.error?.code,
    () => `as text ${whole.error?.code}, in batches ${batches.error?.code}`,
  );
  const expected = whole.lines.map((line, at) => (batches.lines[at]?.startsWith("{") === true ? line : inBatch(line)));
  hold(expected.join("\n") === batches.lines.join("\n"), () => "in batches it holds other lines");
  const text = new TextDecoder().decode(bytes);
  const plain =
    options.field === undefined &&
    options.column === undefined &&
    !/^(\0|.\0|\xff\xfe|\xfe\xff)/s.test(input.slice(1, 3));
  if (plain && whole.lines.every((line) => !line.includes("line-too-long"))) {
    hold(whole.lines.join("\n") === plainLines(text).join("\n"), () => "it holds other lines than by hand");
  }
  return whole.error === null ? "answered" : "refused";
}

export const addressLinesTarget: Target = {
  name: "address-lines",
  about:
    "lists of addresses in chunks of any size: the same lines as in one, in batches and as by hand, each read or refused in its place",
  alphabet: "bytes",
  words: ["\n", "\r\n", ",", ";", "\t", '"', '""', "#", " #", "ip", "10.0.0.1", "tag:Storage", "# ip\n"],
  largest: 200_000,
  header: 1,
  seeds: () => LINES.flatMap((lines) => CHOICES.map((_, at) => at + asBytes(lines))),
  check,
};
