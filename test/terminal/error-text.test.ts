import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { NO_COLOURS } from "../../src/terminal/colour.ts";
import { errorText } from "../../src/terminal/error-text.ts";

const linesOf = (hint: string, columns: number | null) =>
  errorText({ code: "x", message: "failed", hint }, { colours: NO_COLOURS, columns }).trimEnd().split("\n").slice(1);

const COMMAND = "vnet-explain whichroute 10.0.0.1 10.0.0.2/31 --file 'my routes.json' -o json";

describe("a hint with a command line", () => {
  it("is one line where it fits, and off a terminal", () => {
    expect(linesOf(`did you mean: ${COMMAND}`, 120)).toEqual([`       did you mean: ${COMMAND}`]);
    expect(linesOf(`did you mean: ${COMMAND}`, null)).toEqual([`       did you mean: ${COMMAND}`]);
  });

  it.each([40, 60, 80, 90])("fits %i columns, and a shell reads it as one command", (columns) => {
    const [lead = "", ...lines] = linesOf(`did you mean: ${COMMAND}`, columns);
    expect(lead).toBe("       did you mean:");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    const script = lines.join("\n").replace("vnet-explain", "printf '%s|'");
    const { stdout } = spawnSync("sh", ["-c", script], { encoding: "utf8" });
    expect(stdout).toBe("whichroute|10.0.0.1|10.0.0.2/31|--file|my routes.json|-o|json|");
  });

  it("keeps a command whole that has its own backslash", () => {
    const hint = String.raw`did you mean: vnet-explain routes 'it'\''s "$x".json' --expand --output json --columns prefix`;
    expect(linesOf(hint, 40).join(" ")).toContain(String.raw`'it'\''s`);
    expect(linesOf(hint, 40).every((line) => !line.endsWith("\\"))).toBe(true);
  });

  it("breaks prose between words", () => {
    expect(linesOf("try again: vnet-explain tags update; check the proxy first", 50)).toEqual([
      "       try again: vnet-explain tags update; check",
      "       the proxy first",
    ]);
  });
});
