import type { Material } from "./mutate.ts";
import type { Random } from "./random.ts";

/** Larger texts stay unchanged: parsing and writing them costs more than it finds. */
const LARGEST = 300_000;

/**
 * Changes a value, a name or a field in a JSON text, so that it passes the JSON parser and tests the reader of the
 * values. Keys may occur twice. Other texts are returned unchanged.
 */
export function mutateJson(text: string, random: Random, material: Material): string {
  if (text.length > LARGEST || !/^\s*[[{]/.test(text)) return text;
  try {
    return mutateValue(text, JSON.parse(text), random, material);
  } catch (error) {
    // Not JSON, or nested too deeply to be written again.
    if (error instanceof SyntaxError || error instanceof RangeError) return text;
    throw error;
  }
}

function mutateValue(text: string, value: unknown, random: Random, { words, others }: Material): string {
  const places = placesIn(value);
  if (places.length === 0) return text;
  const { holder, key } = random.pick(places);
  const fields = holder as Record<string, unknown>;
  switch (random.below(6)) {
    case 0:
      delete fields[key];
      break;
    case 1: // the same value under another name
      define(fields, random.pick([...words, ...NAMES]), fields[key]);
      break;
    case 2: // the value of another place
      define(fields, key, structuredClone(valueAt(random.pick(places))));
      break;
    case 3:
      return JSON.stringify(value).replace(`${JSON.stringify(key)}:`, (found) => `${found}${strange(random)},${found}`);
    case 4:
      if (others.length > 0 && random.once(4)) {
        define(fields, key, random.pick(others));
        break;
      }
      define(fields, key, random.pick(words.length > 0 ? words : NAMES));
      break;
    default:
      return replacedValue(value, holder, key, strange(random));
  }
  return JSON.stringify(value, null, random.pick([0, 0, 1, 4]));
}

const NAMES: readonly string[] = [
  "__proto__",
  "constructor",
  "toString",
  "length",
  "",
  "value",
  "Value",
  "a b",
  "\u0000",
];

/** Values as text, since JSON.stringify would not write all of them. */
function strange(random: Random): string {
  const depth = random.pick([10, 40, 1000, 20_000]);
  return random.pick([
    "null",
    "true",
    "0",
    "-1",
    "1e999",
    "1e-999",
    "9007199254740993",
    "9".repeat(random.pick([20, 400, 10_000])),
    '""',
    '" "',
    '"\\u0000"',
    '"\\ud800"',
    '"\\u001b[2J\\u202e"',
    '"__proto__"',
    `"${"x".repeat(random.pick([100, 10_000]))}"`,
    `"${"10.0.0.0/8 ".repeat(random.pick([2, 1000]))}"`,
    "[]",
    "{}",
    "[null]",
    "[[]]",
    '[""]',
    "[1,2]",
    '{"value":[],"Count":0}',
    '{"__proto__":[]}',
    '{"length":9}',
    `${"[".repeat(depth)}${"]".repeat(depth)}`,
    `${'{"a":'.repeat(depth)}0${"}".repeat(depth)}`,
  ]);
}

interface Place {
  readonly holder: object;
  readonly key: string;
}

const valueAt = ({ holder, key }: Place): unknown => (holder as Record<string, unknown>)[key];

/** Assigning to `__proto__` makes no field, and the length of a list accepts only some values. */
function define(holder: object, key: string, value: unknown): void {
  if (key === "length" && Array.isArray(holder)) return;
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Every field and element, without recursion, since the JSON may be nested to any depth. */
function placesIn(value: unknown): readonly Place[] {
  const places: Place[] = [];
  const open: unknown[] = [value];
  for (let holder = open.pop(); holder !== undefined; holder = open.pop()) {
    if (typeof holder !== "object" || holder === null) continue;
    for (const key of Object.keys(holder)) {
      places.push({ holder, key });
      const inner = valueAt({ holder, key });
      if (typeof inner === "object") open.push(inner);
    }
    if (places.length > 20_000) break;
  }
  return places;
}

function replacedValue(value: unknown, holder: object, key: string, text: string): string {
  const mark = "mark-of-the-place";
  define(holder, key, mark);
  return JSON.stringify(value).replace(`"${mark}"`, () => text);
}
