import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseCsv } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { formatsOf } from "../../src/output/formats/formats.ts";
import { run } from "../commands/run-in-process.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";

/** Sets the title, links elsewhere, clears the screen in 8 bits, reverses and isolates text, breaks lines, hides a word; and is a formula. */
const HOSTILE =
  "=cmd|x!A0\u001b]0;owned\u0007\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\\u009b2J\u202eelbisrever\u2066\u200b\r\nnext\u2028line\u0000";

const directory = temporaryDirectory();
const file = (name: string, content: unknown): string => {
  const path = join(directory, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
};
const row = (addressPrefix: string[], more: object) => ({
  source: "User",
  state: "Active",
  nextHopIpAddress: ["10.0.9.4"],
  nextHopType: "VirtualAppliance",
  name: HOSTILE,
  hostile: HOSTILE,
  addressPrefix,
  ...more,
});
const routes = file("routes.json", {
  value: [
    row(["0.0.0.0/0"], {}),
    row(["20.1.0.0/24"], { nextHopType: "VirtualNetworkServiceEndpoint", source: "Default" }),
  ],
});
const after = file("after.json", {
  value: [row(["0.0.0.0/0"], { nextHopIpAddress: ["10.0.9.5"], name: `${HOSTILE}2` })],
});
const tagFile = (name: string, addressPrefixes: string[]) =>
  file(name, {
    changeNumber: 1,
    cloud: `Public${HOSTILE}`,
    values: [
      { name: HOSTILE, id: HOSTILE, properties: { region: HOSTILE, systemService: HOSTILE, addressPrefixes } },
      { name: "Storage", id: "Storage", properties: { region: "", systemService: "AzureStorage", addressPrefixes } },
    ],
  });
const tags = tagFile("ServiceTags_Public_20251110.json", ["20.1.0.0/24"]);
const newer = tagFile("ServiceTags_Public_20251117.json", ["20.1.0.0/24", "20.2.0.0/24"]);

const policy = file("policy.json", {
  name: HOSTILE,
  rules: [{ id: "a", name: HOSTILE, to: "8.8.8.8", expect: { via: "10.0.9.9" } }],
});

const COMMANDS: readonly (readonly string[])[] = [
  ["routes", "--file", routes, "--tags", tags],
  ["routes", "--file", routes, "--tags", tags, "--expand"],
  ["whichroute", "--ip", "8.8.8.8", "20.1.0.1", "--file", routes, "--tags", tags],
  ["whichroute", "--ip", "20.0.0.0/8", "--file", routes, "--tags", tags],
  ["diff", routes, after, "--tags", tags],
  ["check", policy, routes, "--tags", tags],
  ["whatif", "--file", routes, "--add-route", "9.0.0.0/8=None", "--tags", tags],
  ["tags", "lookup", "20.1.0.1", "--tags", tags],
  ["tags", "list", "--tags", tags],
  ["tags", "show", "Storage", "--tags", tags],
  ["tags", "diff", tags, newer],
];

/** What may not reach a terminal; line breaks and tabs are the formats' own. */
const UNSAFE = /(?![\n\r\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

describe.each(COMMANDS)("%s %s %s", (...args) => {
  it.each(formatsOf(args[0]))("on a terminal as %s holds nothing that could steer it", async (format) => {
    const { code, out, err } = await run([...args, "-o", format, "--color", "never", "-v"], {
      tty: true,
      columns: 100,
    });
    expect([code, err.match(/unexpected/)], err).toEqual([args[0] === "check" ? 3 : 0, null]);
    expect(out === "").toBe(format === "none");
    expect(out + err).not.toMatch(UNSAFE);
    if (format !== "csv") expect(out).not.toMatch(/\r/);
    if (format !== "csv") return;
    const cells = (parseCsv(out) as string[][]).flat();
    expect(cells.filter((cell) => /^\s*[=+@]/.test(cell))).toEqual([]);
  });
});

it("a file whose name is hostile is named without it, in an error and under --debug", async () => {
  const { code, err } = await run(["routes", "--file", join(directory, HOSTILE.replaceAll("\0", "")), "--debug"], {
    tty: true,
    env: { NO_COLOR: "1" },
  });
  expect(code).toBe(2);
  expect(err).not.toMatch(UNSAFE);
});
