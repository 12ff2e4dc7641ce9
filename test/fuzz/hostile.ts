/**
 * What people and broken programs put where something else belongs. An input of bytes is a string too, one character a byte, so what
 * is not ASCII has two spellings.
 */

const BOTH: readonly string[] = [
  "\0",
  "\u0001",
  "\u001b[31m",
  "\u001b]8;;https://example.com\u0007",
  "\u007f",
  "\r",
  "\n",
  "\r\n",
  "\t",
  " ",
  "    ",
  ",",
  ";",
  ":",
  ".",
  "/",
  "%",
  "-",
  "=",
  '"',
  '""',
  "'",
  "`",
  "\\",
  "\\u0000",
  "\\ud800",
  "\\udc00\\ud800",
  "\\u202e",
  "{",
  "}",
  "[",
  "]",
  "{}",
  "[]",
  "[[]]",
  "null",
  "true",
  "false",
  "NaN",
  "undefined",
  "__proto__",
  '"__proto__":',
  '"__proto__":{"a":1},',
  '"constructor":{"prototype":1},',
  '"toString":',
  '"length":',
  "0",
  "-0",
  "-1",
  "1.5",
  "1e308",
  "1e999",
  "-1e999",
  "1e-999",
  "4294967296",
  "9007199254740993",
  "18446744073709551616",
  "00",
  "0x10",
  "1_000",
  "010.0.0.1",
  "256.256.256.256",
  "::",
  ":::",
  "::ffff:10.0.0.1",
  "fe80::1%eth0",
  "/0",
  "/32",
  "/33",
  "/128",
  "/129",
  "/-1",
  "/08",
  "=cmd|' /C calc'!A0",
  "#",
  "//",
  "<html>",
  "../../etc/passwd",
  "C:\\",
];

const TEXT: readonly string[] = [
  "\uFEFF",
  "\uD800",
  "\uDC00",
  "\uDC00\uD800",
  "\u202E",
  "\u2028",
  "\u00A0",
  "\u0130",
  "ß",
  "ﬀ",
  "\u0661",
  "１",
  "😀",
  "é",
  "e\u0301",
];

const BYTES: readonly string[] = [
  "\xef\xbb\xbf",
  "\xff\xfe",
  "\xfe\xff",
  "\xed\xa0\x80", // a lone surrogate, which UTF-8 forbids
  "\xc0\x80", // NUL, spelled too long
  "\xf4\x90\x80\x80", // beyond Unicode
  "\xe2\x80\xae",
  "\xe2\x80\xa8",
  "\xc3",
  "\xff",
  "\x80",
  "\xf0\x9f\x98\x80",
  "PK\x03\x04",
  "\x1f\x8b",
];

/** How an input is written: as UTF-16 units, or one character a byte. */
export type Alphabet = "text" | "bytes";

/** Small pieces, each of them trouble somewhere. */
export function hostilePieces(alphabet: Alphabet): readonly string[] {
  return alphabet === "text" ? [...BOTH, ...TEXT] : [...BOTH, ...BYTES];
}

/** Large pieces: numbers without end, nesting without end, one long word. `size` is their length, about. */
export function largePieces(size: number): readonly string[] {
  return [
    "9".repeat(size),
    `0.${"0".repeat(size)}1`,
    "[".repeat(size),
    "]".repeat(size),
    `${"[".repeat(size / 2)}${"]".repeat(size / 2)}`,
    '{"a":'.repeat(size / 5),
    `${'{"a":'.repeat(size / 6)}1${"}".repeat(size / 6)}`,
    "(".repeat(size),
    "a".repeat(size),
    " ".repeat(size),
    "\n".repeat(size),
    '"'.repeat(size),
    ",".repeat(size),
    "1.".repeat(size / 2),
    ":0".repeat(size / 2),
    "\\".repeat(size),
    "a.".repeat(size / 2),
  ];
}
