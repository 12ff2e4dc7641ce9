import type { Target } from "./target.ts";

function forEver(): never {
  for (;;);
}

const planted = (name: string, check: (text: string) => void): Target => ({
  name,
  about: "a reader with a defect",
  alphabet: "text",
  words: [],
  largest: 100,
  seeds: () => ["first", "defect", "third"],
  check: (text) => {
    check(text);
    return "answered";
  },
});

/** Targets that crash or hang a worker, to test that the run continues. */
const PLANTED: readonly Target[] = [
  planted("endless", (text) => {
    if (text === "defect") forEver();
  }),
  planted("endless-when-smaller", (text) => {
    if (text === "defect") throw new TypeError("x");
    if (text !== "first" && text !== "third") forEver();
  }),
  planted("deadly", (text) => {
    if (text === "defect") process.exit();
  }),
];

export function targetNamed(name: string): Target {
  const target = PLANTED.find((each) => each.name === name);
  if (target === undefined) throw new RangeError(`no target '${name}'`);
  return target;
}
