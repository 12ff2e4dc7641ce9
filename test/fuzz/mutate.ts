import { type Alphabet, hostilePieces, largePieces } from "./hostile.ts";
import { mutateJson } from "./mutate-json.ts";
import type { Random } from "./random.ts";

/** The material of mutations. */
export interface Material {
  readonly alphabet: Alphabet;
  /** Words of the language that is read: a reader gets further with them than with noise. */
  readonly words: readonly string[];
  /** Other inputs, for splicing. */
  readonly others: readonly string[];
  /** The longest input, in characters. */
  readonly largest: number;
}

type Mutation = (text: string, random: Random, material: Material) => string;

const cut = (text: string, from: number, count: number, by = "") => text.slice(0, from) + by + text.slice(from + count);

/** A part of the text, mostly short. */
function run(text: string, random: Random): { readonly from: number; readonly count: number } {
  const from = random.below(text.length + 1);
  const most = random.once(4) ? text.length - from : Math.min(text.length - from, 16);
  return { from, count: random.below(most + 1) };
}

const flipBits: Mutation = (text, random, { alphabet }) => {
  let flipped = text;
  for (let left = random.few(8); left > 0 && text !== ""; left--) {
    const at = random.below(text.length);
    const bit = 1 << random.below(alphabet === "bytes" ? 8 : random.once(3) ? 16 : 7);
    flipped = cut(flipped, at, 1, String.fromCharCode(flipped.charCodeAt(at) ^ bit));
  }
  return flipped;
};

const truncate: Mutation = (text, random) =>
  random.once(4) ? text.slice(random.below(text.length + 1)) : text.slice(0, random.below(text.length + 1));

const remove: Mutation = (text, random) => {
  const { from, count } = run(text, random);
  return cut(text, from, count);
};

const repeat: Mutation = (text, random, { largest }) => {
  const { from, count } = run(text, random);
  const times = random.once(20) ? 1 + random.below(2000) : random.few(6);
  const room = count === 0 ? 0 : Math.max(0, Math.floor((largest - text.length) / count));
  return cut(text, from, 0, text.slice(from, from + count).repeat(Math.min(times, room)));
};

const move: Mutation = (text, random) => {
  const { from, count } = run(text, random);
  const rest = cut(text, from, count);
  return cut(rest, random.below(rest.length + 1), 0, text.slice(from, from + count));
};

const insertPiece: Mutation = (text, random, { alphabet, words }) => {
  const pieces = words.length > 0 && random.once(2) ? words : hostilePieces(alphabet);
  return cut(text, random.below(text.length + 1), random.once(2) ? 0 : random.below(8), random.pick(pieces));
};

/** Replaces a whole word or number. */
const replaceToken: Mutation = (text, random, { alphabet, words }) => {
  const near = random.below(text.length + 1);
  const window = text.slice(near, near + 400);
  const tokens = [...window.matchAll(/[\w.:/-]+/g)];
  if (tokens.length === 0) return text;
  const token = random.pick(tokens);
  const pieces = words.length > 0 && random.once(2) ? words : hostilePieces(alphabet);
  return cut(text, near + token.index, token[0].length, random.pick(pieces));
};

const insertLarge: Mutation = (text, random, { largest }) => {
  const room = largest - text.length;
  if (room < 64) return text;
  const size = Math.min(room, random.once(40) ? largest : 64 + random.below(20_000));
  return cut(text, random.below(text.length + 1), random.below(4), random.pick(largePieces(size)));
};

const splice: Mutation = (text, random, { others, largest }) => {
  if (others.length === 0) return text;
  const other = random.pick(others);
  const head = text.slice(0, random.below(text.length + 1));
  return head + other.slice(random.below(other.length + 1)).slice(0, Math.max(0, largest - head.length));
};

/** Reorders lines, repeats or drops one, or changes the line breaks. */
const shuffleLines: Mutation = (text, random) => {
  const lines = text.split("\n");
  const at = random.below(lines.length);
  const [line = ""] = lines.splice(at, random.once(2) ? 1 : 0);
  lines.splice(random.below(lines.length + 1), 0, random.once(3) ? "" : line);
  return lines.join(random.pick(["\n", "\n", "\r\n", "\r"]));
};

/** The text in UTF-16, as `>` writes it in Windows PowerShell 5. */
const widen: Mutation = (text, random, { alphabet, largest }) => {
  if (alphabet === "text" || 2 * text.length > largest) return text;
  const little = random.once(2);
  const wide = [...text].map((char) => (little ? `${char}\0` : `\0${char}`)).join("");
  return random.once(3) ? wide : (little ? "\xff\xfe" : "\xfe\xff") + wide;
};

const MUTATIONS: readonly Mutation[] = [
  flipBits,
  flipBits,
  truncate,
  remove,
  repeat,
  move,
  insertPiece,
  insertPiece,
  replaceToken,
  replaceToken,
  insertLarge,
  splice,
  shuffleLines,
  widen,
  mutateJson,
  mutateJson,
  mutateJson,
];

/** The text with one or a few changes, never longer than the material allows. */
export function mutate(text: string, random: Random, material: Material): string {
  let mutant = text;
  for (let left = random.few(6); left > 0; left--) mutant = random.pick(MUTATIONS)(mutant, random, material);
  return mutant.slice(0, material.largest);
}
