import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { run } from "../../commands/run-in-process.ts";
import { hasSharedData, sharedPath } from "../../shared-data.ts";

const WIDTHS = [40, 60, 80, 120, 200];
const UTF8 = { LANG: "C.UTF-8" };

const shown = async (args: readonly string[], columns: number, env: Readonly<Record<string, string>> = UTF8) => {
  const { out, err } = await run([...args, "--color", "never"], { tty: true, columns, env });
  return err + out;
};

/** The words of a text that must never be broken: prefixes, addresses, names, options, URLs. */
const words = (text: string) => text.split(/\s+/).filter((word) => /[\d./-]/.test(word) && word.length > 2);

const SAMPLE = ["--sample", "udr-and-endpoint"];
const COMMANDS: readonly (readonly string[])[] = [
  ["whichroute", "--ip", "191.239.203.0", ...SAMPLE],
  ["whichroute", "--ip", "8.8.8.8", ...SAMPLE],
  ["whichroute", "--ip", "10.1.2.3", "--sample", "no-udr"],
  ["whichroute", "--ip", "8.8.8.8", "191.239.203.0", "2603:1020:206:1::7", "10.0.0.0/8", ...SAMPLE],
  ["whichroute", "--ip", "internet", ...SAMPLE],
  ["diff", "sample:no-udr", "sample:udr-and-endpoint"],
  ["whatif", "--sample", "udr", "--add-endpoint", "Microsoft.Storage", "--region", "westeurope"],
  ["check", "docs/policies/no-bypass.yaml", ...SAMPLE],
];

describe.each(WIDTHS)("at %i columns", (width) => {
  it.each(COMMANDS.map((args) => [args.join(" "), args] as const))(
    "%s fits, and no word is broken",
    async (_, args) => {
      const text = await shown(args, width);
      for (const line of text.split("\n")) {
        if (line.trim().includes(" ")) expect(line.length, line).toBeLessThanOrEqual(width);
      }
      const whole = words((await run([...args, "--color", "never"], { env: UTF8 })).out);
      const known = new Set(whole.flatMap((word) => [word, `${word}:`, word.replace(/:$/, "")]));
      const short = /^(Appliance|ServiceEndpoint|VNetGateway|Gateway)/;
      for (const word of words(text)) if (!short.test(word)) expect(known, word).toContain(word);
    },
  );
});

it("the sample's answer fits 15 lines of 80 columns, notes on stderr included", async () => {
  const text = await shown(["whichroute", "--ip", "191.239.203.0", ...SAMPLE], 80);
  expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(15);
  expect(text).toMatch(/^191\.239\.203\.0 {2}→ {2}service endpoint Microsoft\.Storage \(Storage\.WestEurope\)\n/);
});

it("without UTF-8 every symbol is ASCII", async () => {
  for (const args of COMMANDS) expect(await shown(args, 80, { LANG: "C" })).toMatch(/^[\n -~]*$/);
});

describe.skipIf(!hasSharedData)("answers from captured tables", () => {
  const folder = sharedPath("data/captures");
  const files = hasSharedData ? readdirSync(folder).filter((name) => /^(hub|nva|onprem|spoke).*json$/.test(name)) : [];

  it.each(files)("%s: fit 40 and 80 columns", async (name) => {
    for (const width of [40, 80]) {
      for (const ip of ["10.1.0.4", "8.8.8.8", "192.168.7.7", "private"]) {
        const text = await shown(["whichroute", "--ip", ip, "--explain", "-f", `${folder}/${name}`, "-q"], width);
        expect(text).toMatch(/ {2}→ {2}/);
        for (const line of text.split("\n")) {
          if (line.trim().includes(" ")) expect(line.length, line).toBeLessThanOrEqual(width);
        }
      }
    }
  });
});
