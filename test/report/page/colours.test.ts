import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const css = readFileSync(fileURLToPath(new URL("../../../src/report/page/style.css", import.meta.url)), "utf8");

/** The colours of a theme by their names. */
function coloursIn(block: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...block.matchAll(/--([a-z]+):\s*(#[\da-f]{3,6});/g)].map(([, name, value]) => [name, value]),
  );
}

const [light = "", dark = ""] = [...css.matchAll(/:root \{[^}]*\}/g)].map(([block]) => block);

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const TEXTS = ["ink", "dim", "link", "bad", "warn", "good"];
const MARKS = [
  "length",
  "local",
  "peer",
  "gateway",
  "internet",
  "appliance",
  "service",
  "private",
  "drop",
  "other",
  "focus",
];

describe.each([
  ["light", coloursIn(light)],
  ["dark", coloursIn(dark)],
] as const)("colours, %s", (_, colours) => {
  const ratios = (names: readonly string[]) =>
    names.flatMap((name) =>
      ["paper", "raised"].map(
        (ground) => [name, ground, contrast(colours[name] ?? "", colours[ground] ?? "")] as const,
      ),
    );

  it("contrast is measured as WCAG defines it", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
    expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  });

  it("texts have a contrast of at least 4.5 on both grounds", () => {
    expect(ratios(TEXTS).filter(([, , ratio]) => !(ratio >= 4.5))).toEqual([]);
  });

  it("marks and bars have a contrast of at least 3 on both grounds", () => {
    expect(ratios(MARKS).filter(([, , ratio]) => !(ratio >= 3))).toEqual([]);
  });

  it("every mark has one of these colours", () => {
    const used = [...css.matchAll(/--kind: var\(--(\w+)\)/g)].map(([, name]) => name ?? "");
    expect(used.length).toBeGreaterThan(6);
    expect(used.filter((name) => !MARKS.includes(name))).toEqual([]);
  });
});
