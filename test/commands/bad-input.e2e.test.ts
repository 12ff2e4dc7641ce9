import { mkdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runBuilt, scratchDirectory } from "../built-program.ts";

let folder: ReturnType<typeof scratchDirectory>;
const file = (name: string) => join(folder.path, name);

const good = {
  source: "Default",
  state: "Active",
  addressPrefix: ["10.0.0.0/8"],
  nextHopType: "VnetLocal",
  nextHopIpAddress: [],
};
const FILES: Readonly<Record<string, unknown>> = {
  "empty.json": "",
  "text.json": "hello",
  "truncated.json": '{"value":[{"source":"Def',
  "arm-error.json": { error: { code: "AuthorizationFailed", message: "no" } },
  "nsg.json": [{ name: "allow", priority: 100, direction: "Inbound", access: "Allow" }],
  "route-table.json": {
    name: "rt",
    properties: { routes: [{ name: "r", properties: { addressPrefix: "0.0.0.0/0", nextHopType: "Internet" } }] },
  },
  "no-prefix.json": { value: [{ ...good, addressPrefix: [] }] },
  "masked.json": { value: [{ ...good, addressPrefix: ["<PUBLIC_IP>/26"] }] },
  "no-tags.json": { value: [good] },
};

beforeAll(() => {
  folder = scratchDirectory();
  for (const [name, content] of Object.entries(FILES)) {
    writeFileSync(file(name), typeof content === "string" ? content : JSON.stringify(content));
  }
  mkdirSync(file("folder"));
  writeFileSync(file("huge.json"), "");
  truncateSync(file("huge.json"), 1e9);
});
afterAll(() => folder.remove());

const routesOf = (name: string) => ["routes", "--file", name];
const toward = (ip: string) => ["whichroute", "--ip", ip, "--sample", "udr"];

interface Bad {
  readonly name: string;
  readonly args: readonly string[];
  readonly says: RegExp;
  readonly code?: number;
}

const BAD: readonly Bad[] = [
  { name: "an empty file", args: routesOf("empty.json"), says: /empty/ },
  { name: "no JSON", args: routesOf("text.json"), says: /not a route table in any form/ },
  { name: "a truncated file", args: routesOf("truncated.json"), says: /cut off/ },
  { name: "an error that Azure answered", args: routesOf("arm-error.json"), says: /AuthorizationFailed/ },
  { name: "security rules", args: routesOf("nsg.json"), says: /security group/ },
  { name: "a route table resource", args: routesOf("route-table.json"), says: /route table resource/ },
  { name: "a row without prefixes", args: routesOf("no-prefix.json"), says: /row 1/ },
  { name: "a masked prefix", args: routesOf("masked.json"), says: /masked|mask/ },
  { name: "a folder without a table", args: routesOf("folder"), says: /folder of exported route tables/ },
  { name: "a file that is not there", args: routesOf("absent.json"), says: /absent\.json/ },
  { name: "a file of 1 GB", args: routesOf("huge.json"), says: /limit|large|MB|MiB/ },
  {
    name: "a file that is not a tag file",
    args: ["routes", "--sample", "udr", "--tags", "no-tags.json"],
    says: /effective routes/,
  },
  { name: "a leading zero", args: toward("010.1.1.1"), says: /leading zero/ },
  { name: "a partial address", args: toward("1.2.3"), says: /not a whole IPv4 address/ },
  { name: "a prefix length that is none", args: toward("1.2.3.4/33"), says: /prefix/ },
  { name: "a zone", args: toward("fe80::1%eth0"), says: /zone/ },
  { name: "one bad address among good ones", args: [...toward("1.1.1.1"), "--ip", "1.2.3"], says: /1\.2\.3/ },
  { name: "no source", args: ["routes"], says: /no route table given/ },
  { name: "two sources", args: ["routes", "--sample", "udr", "--file", "x"], says: /cannot be used with/ },
  { name: "an unknown sample", args: ["routes", "--sample", "uder"], says: /unknown sample/ },
  { name: "an unknown option", args: ["routes", "--expnd"], says: /unknown option[\s\S]*--expand/ },
  { name: "an unknown command", args: ["rotes"], says: /unknown command[\s\S]*routes/ },
  { name: "an unknown format", args: ["routes", "-o", "xml"], says: /invalid value .xml. for --output/ },
  { name: "a look-up without tags", args: ["tags", "lookup", "1.1.1.1"], says: /no service tags/, code: 5 },
  { name: "the status of no tags", args: ["tags", "status"], says: /no service tags/, code: 5 },
];

describe("bad input: exit code, message and hint, nothing on stdout, no stack", () => {
  it.each(BAD)("$name", async ({ args, says, code = 2 }) => {
    const paths = args.map((arg) => (/\.json$|^folder$/.test(arg) ? file(arg) : arg));
    const run = await runBuilt(
      [...paths, "-o", "json"].filter((_, i, all) => !(args.includes("-o") && i >= all.length - 2)),
    );
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code, stdout: "" });
    expect(run.stderr).toMatch(says);
    expect(run.stderr).toMatch(/^error: .{1,92}\n {7}\S/m);
    expect(run.stderr).not.toMatch(/\n {4}at /);
    const json = run.stderr.trim().split("\n").at(-1) ?? "";
    if (!args.includes("-o")) {
      expect(JSON.parse(json).error).toEqual({
        code: expect.stringMatching(/^[a-z-]+$/),
        message: expect.any(String),
        hint: expect.stringMatching(/./),
      });
    }
  });

  it("an endless stdin is refused at the limit", async () => {
    const run = await runBuilt(["routes", "-f", "-"], { stdin: new Uint8Array(300 * 1024 * 1024).fill(32) });
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 2, stdout: "" });
  });
});

describe("a reader that closes the pipe", () => {
  it("ends the program quietly", async () => {
    const { spawnSync } = await import("node:child_process");
    const program = join(import.meta.dirname, "../../bin/vnet-explain.js");
    const rows = Array.from({ length: 20_000 }, (_, i) => ({
      ...good,
      addressPrefix: [`10.${i >> 8}.${i & 255}.0/24`],
    }));
    writeFileSync(file("many.json"), JSON.stringify({ value: rows }));
    const command = `"${process.execPath}" "${program}" routes --file "${file("many.json")}" -o json | head -1`;
    const run = spawnSync("sh", ["-c", command], {
      encoding: "utf8",
      env: { PATH: process.env.PATH ?? "", VNET_EXPLAIN_CACHE: tmpdir() },
    });
    expect(run).toMatchObject({ status: 0, stderr: "" });
    rmSync(file("many.json"));
  });
});
