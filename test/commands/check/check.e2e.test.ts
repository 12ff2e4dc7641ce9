import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SUBSCRIPTION, TOKEN } from "../../azure/live.ts";
import { type LoopbackArm, startLoopbackArm } from "../../azure/loopback-arm.ts";
import { runBuilt, scratchDirectory } from "../../built-program.ts";
import { hasSharedData, sharedPath } from "../../shared-data.ts";
import { tagText } from "../../store/tags/tag-text.ts";
import { run } from "../run-in-process.ts";

const scratch = scratchDirectory();
afterAll(() => scratch.remove());
const file = (name: string) => join(scratch.path, name);
const docs = (name: string) => fileURLToPath(new URL(`../../../docs/policies/${name}.yaml`, import.meta.url));
const BYPASS = docs("no-bypass");

const RULE = "- {to: 10.0.0.0/8, expect: {verdict: forward}}";
const FILES: Readonly<Record<string, string | Uint8Array>> = {
  "good.yaml": "rules:\n- {to: 10.0.0.0/16, expect: {next-hop: VnetLocal}}\n",
  "warns.yaml": "rules:\n- {severity: warning, to: 10.0.0.0/8, expect: {verdict: forward}}\n",
  "tagged.yaml": "rules:\n- {to: tag:Storage, expect: {verdict: drop}}\n",
  "utf16.json": Buffer.from('\ufeff{"rules":[{"to":"10.0.0.0/16","expect":{"next-hop":"VnetLocal"}}]}', "utf16le"),
  "empty.yaml": "",
  "blank.yaml": "\n  \n# nothing\n",
  "word.yaml": "hello",
  "cut.json": '{"rules": [\n{"to": "internet", "expect": {"ver',
  "typos.yaml": "rules:\n- too: internet\n  expect:\n    nxt-hop: Internet\n    verdict: dorp\n",
  "twins.yaml": `rules:\n- {id: a, to: 10.0.0.0/8, expect: {verdict: drop}}\n- {id: a, to: 10.0.0.0/8, expect: {verdict: drop}}\n`,
  "tag.yaml": "rules:\n- to: [tag:Storage, tag:Storrage]\n  expect: {verdict: drop}\n",
  "bomb.yaml": `a: &a [x, x]\n${[..."bcdefghij"].map((name, i) => `${name}: &${name} [${Array(9).fill(`*${"abcdefghi"[i]}`).join(", ")}]`).join("\n")}\nrules: *j\n`,
  "repeats.yaml": `rules:\n- &r {to: [${"10.0.0.0/8,".repeat(20_000)}], expect: {verdict: drop}}\n${"- *r\n".repeat(20_000)}`,
  "deep.yaml": "[".repeat(200_000),
  "large.yaml": `rules:\n${`${RULE}\n`.repeat(10 * 25_000)}`,
  "binary.yaml": Uint8Array.from({ length: 5000 }, (_, at) => (at * 151) % 256),
  "zeros.yaml": new Uint8Array(100),
  "packed.yaml": gzipSync("rules: []"),
  "latin1.yaml": Buffer.from("name: caf\u00e9\nrules: []\n", "latin1"),
  "documents.yaml": `rules:\n${RULE}\n---\nrules:\n${RULE}\n`,
  "proto.yaml": `__proto__: {rules: []}\nrules:\n- {to: 10.0.0.0/8, expect: {verdict: drop, __proto__: x}}\n`,
  "export.json": '{"value":[{"source":"Default"}]}',
  "spoke1.json": "",
};

beforeAll(() => {
  for (const [name, content] of Object.entries(FILES)) writeFileSync(file(name), content);
  mkdirSync(file("folder"));
  writeFileSync(file("tags.json"), tagText());
  const rows = (network: string, appliance: string) => ({
    value: [
      { source: "Default", state: "Active", addressPrefix: [network], nextHopType: "VnetLocal", nextHopIpAddress: [] },
      {
        source: "User",
        state: "Active",
        addressPrefix: ["10.0.0.0/8"],
        nextHopType: "VirtualAppliance",
        nextHopIpAddress: [appliance],
      },
    ],
  });
  writeFileSync(file("spoke1.json"), JSON.stringify(rows("10.1.0.0/16", "10.0.1.4")));
  writeFileSync(file("spoke2.json"), JSON.stringify(rows("10.2.0.0/16", "10.0.1.5")));
});

describe("check of the bypass policy on the sample", () => {
  it("finds both endpoint rows as bypasses, each by its tag, and exits with 3", async () => {
    const { code, stdout, stderr } = await runBuilt(["check", BYPASS, "sample:udr-and-endpoint", "-o", "json"]);
    expect([code, stderr.split("\n")[0]]).toEqual([3, "policy violated: 1 error"]);
    const [result] = JSON.parse(stdout).results;
    expect(result).toMatchObject({ status: "violated", violating: { v4: "80", v6: "0" } });
    const winners = result.counterExamples.map(
      (each: { prefixes: string[]; explanation: { winner: { serviceTag: string; nextHopType: string } } }) => [
        ...each.prefixes,
        each.explanation.winner.nextHopType,
        each.explanation.winner.serviceTag,
      ],
    );
    expect(winners).toEqual([
      ["191.235.255.192/26", "VirtualNetworkServiceEndpoint", "Storage.NorthEurope"],
      ["191.239.203.0/28", "VirtualNetworkServiceEndpoint", "Storage.WestEurope"],
    ]);
  });

  it("prints the same as text, the verdict last", async () => {
    const { stdout } = await runBuilt(["check", BYPASS, "--sample", "udr-and-endpoint", "-q"]);
    const lines = stdout.split("\n").filter((line) => line.includes("internet-past-appliance"));
    const reason = (prefix: string) => `expected appliance not bypassed, got bypassed (${prefix})`;
    expect(lines).toEqual([
      `  x internet-past-appliance  191.235.255.192/26 (64 IPv4)  ${reason("191.235.255.192/26")}`,
      `  x internet-past-appliance  191.239.203.0/28 (16 IPv4)    ${reason("191.239.203.0/28")}`,
    ]);
    expect(stdout).toMatch(/\nfailed {2}violated: 1 error; holds: 1\n$/);
  });

  it("--expand explains each counterexample and lists every prefix", async () => {
    const row = (source: string, addressPrefix: readonly string[], nextHopType: string) => ({
      source,
      state: "Active",
      addressPrefix,
      nextHopType,
      nextHopIpAddress: [],
    });
    const many = Array.from({ length: 20 }, (_, at) => `30.${2 * at}.0.0/16`);
    const value = [
      row("User", ["0.0.0.0/0"], "VirtualAppliance"),
      ...[21, 22, 23, 24].map((at) => row("Default", [`${at}.0.0.0/24`], "Internet")),
      row("Default", many, "Internet"),
    ];
    const show = async (...args: readonly string[]) =>
      (await run(["check", BYPASS, "-", "-q", ...args], { stdin: JSON.stringify({ value }) })).out;
    const explained = (text: string) => text.match(/^ {4}\S+ {2}-> {2}/gm)?.length ?? 0;
    const [brief, whole] = [await show(), await show("--expand")];
    expect([explained(brief), explained(whole)]).toEqual([0, 5]);
    expect(brief).toMatch(/30\.2\.0\.0\/16 and 18 more \(1,311,744 IPv4\) .* got bypassed \(5 rows\)$/m);
    expect(brief.split("\n").filter((line) => line.startsWith("  x"))).toHaveLength(1);
    expect(whole).toMatch(/^ {2}ok private-past-appliance .* holds$/m);
    expect(whole).toContain("30.38.0.0/16");
  });

  it.skipIf(!hasSharedData)("works with the real tag file too", async () => {
    const tags = sharedPath("data/service-tags/ServiceTags_Public_20231106.json");
    const args = ["check", BYPASS, "--sample", "udr-and-endpoint", "--tags", tags, "-o", "tsv", "-q"];
    const { code, stdout } = await runBuilt(args);
    expect(code).toBe(3);
    const prefixes = stdout.split("\n").flatMap((line) => line.split("\t")[5] ?? []);
    expect(prefixes.filter((prefix) => prefix !== "-")).toEqual(["191.235.255.192/26", "191.239.203.0/28"]);
  });
});

describe("what is checked", () => {
  const tablesOf = async (...args: readonly string[]) => {
    const { code, out, err } = await run(["check", file("good.yaml"), ...args, "-o", "json"]);
    return code === 0 || code === 3 ? JSON.parse(out).routeTables.map(({ table }: { table: string }) => table) : err;
  };

  it.each<[string, readonly string[], readonly string[]]>([
    ["a word", ["sample:udr"], ["sample:udr"]],
    ["an option", ["--sample", "udr"], ["sample:udr"]],
    ["several words", ["sample:udr", "sample:no-udr"], ["sample:udr", "sample:no-udr"]],
    ["an option several times", ["--sample", "udr", "--sample", "no-udr"], ["sample:udr", "sample:no-udr"]],
    ["options and words", ["sample:udr", "--sample", "no-udr"], ["sample:no-udr", "sample:udr"]],
  ])("tables named by %s", async (_, args, expected) => {
    expect(await tablesOf(...args)).toEqual(expected);
  });

  it("accepts several files after -f, as a shell expands them", async () => {
    const [one, two] = [file("spoke1.json"), file("spoke2.json")];
    expect(await tablesOf("-f", one, two)).toEqual([one, two]);
  });

  it.each([
    [["sample:udr", "--sample", "udr"], /sample:udr is given twice/],
    [["--sample", "udr", "--save", "x"], /--save/],
    [["sample:udr", "sample:no-udr", "--save", "x"], /--save works only with one table/],
    [["sample:udr", "--refresh"], /--refresh works only with tables from Azure/],
    [["--sample", "udr", "--refresh"], /--refresh/],
    [["-", "-f", "-"], /stdin can be only one input/],
    [["nic:"], /a name is missing/],
    [["sample:none"], /unknown sample/],
    [["/nonexistent.json"], /no such file/],
    [["last"], /no route table was fetched before/],
    [[], /no route table given/],
  ])("%j is refused", async (args, reason) => {
    const { code, out, err } = await run(["check", file("good.yaml"), ...args]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(reason);
  });

  it("uses VNET_EXPLAIN_FILE if no table is named", async () => {
    const env = { VNET_EXPLAIN_FILE: file("spoke1.json") };
    const { code, err } = await run(["check", file("warns.yaml"), "-o", "none"], { env });
    expect(code).toBe(0);
    expect(err).toMatch(/\(from VNET_EXPLAIN_FILE\)/);
  });

  it("reads a policy from stdin in UTF-16, as PowerShell writes it", async () => {
    const { code, out } = await run(["check", "-", "sample:udr", "-o", "tsv", "-q"], {
      stdin: FILES["utf16.json"] ?? "",
    });
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^rule-1\terror\tholds\tsample:udr\t/) });
  });
});

it("--query filters the report", async () => {
  const query = "results[?status=='violated'].rule.id";
  const { code, out } = await run(["check", BYPASS, "sample:udr-and-endpoint", "--query", query, "-o", "tsv"]);
  expect({ code, out }).toEqual({ code: 3, out: "internet-past-appliance\n" });
});

describe("the exit code", () => {
  it.each([
    ["0 where all holds", "good.yaml", ["sample:udr"], 0],
    ["3 where it does not", "good.yaml", [file("spoke1.json")], 3],
    ["0 where only warnings are violated", "warns.yaml", ["sample:udr"], 0],
    ["5 where tags are needed and missing", "tagged.yaml", [file("spoke1.json")], 5],
    ["3 with tags, where it does not hold", "tagged.yaml", [file("spoke1.json"), "--tags", file("tags.json")], 3],
    ["with the sample's own tags", "tagged.yaml", ["sample:udr"], 0],
  ])("%s", async (_, policy, args, code) => {
    const ended = await runBuilt(["check", file(policy), ...args, "-o", "none"]);
    expect(ended).toMatchObject({ code, stdout: "" });
  });

  it("is 3 if an error rule could not be judged, 0 if it is only a note", async () => {
    const symmetric = (severity: string) => ({ stdin: `rules:\n- {severity: ${severity}, symmetric: true}\n` });
    expect(await run(["check", "-", "sample:udr", "-q"], symmetric("error"))).toMatchObject({
      code: 3,
      out: expect.stringMatching(/! rule-1 .* not judged: a symmetric rule needs two tables, and one was given/),
      err: "",
    });
    expect((await run(["check", "-", "sample:udr"], symmetric("note"))).code).toBe(0);
  });
});

interface Bad {
  readonly name: string;
  readonly policy: string;
  readonly says: readonly (string | RegExp)[];
}

const BAD: readonly Bad[] = [
  { name: "an empty file", policy: "empty.yaml", says: ["empty.yaml:1: the policy is empty"] },
  { name: "only comments", policy: "blank.yaml", says: ["blank.yaml:1: the policy is empty"] },
  { name: "a word", policy: "word.yaml", says: ["word.yaml:1: the policy is not a mapping"] },
  { name: "JSON that is cut off", policy: "cut.json", says: ["cut.json:2: Missing closing"] },
  {
    name: "misspelt keys and values, each with its line",
    policy: "typos.yaml",
    says: [
      "typos.yaml:2: unknown key 'too' in a rule; did you mean: to",
      "typos.yaml:4: unknown key 'nxt-hop' in expect; did you mean: next-hop",
      "typos.yaml:5: unknown verdict 'dorp'; did you mean: drop",
    ],
  },
  { name: "an id twice", policy: "twins.yaml", says: ["twins.yaml:3: the id a is already used by the rule in line 2"] },
  {
    name: "an unknown tag",
    policy: "tag.yaml",
    says: ["service tag 'Storrage'", "did you mean: Storage"],
  },
  { name: "aliases of aliases", policy: "bomb.yaml", says: ["bomb.yaml:1: unknown key 'a' in the policy"] },
  { name: "one list in many rules", policy: "repeats.yaml", says: ["repeats.yaml:2: the policy has too many values"] },
  { name: "endless nesting", policy: "deep.yaml", says: ["deep.yaml:1: nesting is too deep"] },
  {
    name: "10 MB",
    policy: "large.yaml",
    says: [/large\.yaml: it is 1\d MB, and at most 1 MB are read/, "help policies"],
  },
  {
    name: "binary",
    policy: "binary.yaml",
    says: ["binary.yaml:1: it is not valid UTF-", "give a policy as YAML or JSON"],
  },
  { name: "zeros", policy: "zeros.yaml", says: [/zeros\.yaml:1: it holds zero bytes/] },
  { name: "a packed file", policy: "packed.yaml", says: ["packed.yaml:1: it is a zip, Excel or gzip file"] },
  { name: "another encoding", policy: "latin1.yaml", says: ["latin1.yaml:1: it is not valid UTF-8 text"] },
  { name: "several documents", policy: "documents.yaml", says: ["documents.yaml:3: a second document starts here"] },
  {
    name: "keys that JavaScript knows",
    policy: "proto.yaml",
    says: ["proto.yaml:1: unknown key '__proto__' in the policy", "proto.yaml:3: unknown key '__proto__' in expect"],
  },
  { name: "an export of routes", policy: "export.json", says: ["export.json:1: unknown key 'value' in the policy"] },
  { name: "a directory", policy: "folder", says: ["it is a directory"] },
  { name: "nothing there", policy: "absent.yaml", says: ["no such file"] },
];

describe("a bad policy: exit code 2, every problem with its line, nothing on stdout, no stack", () => {
  it.each(BAD)("$name", async ({ policy, says }) => {
    const { code, stdout, stderr } = await runBuilt(["check", file(policy), "sample:udr", "-o", "json"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    const [first = ""] = stderr.split("\n");
    expect(first).toMatch(/^error: .{1,92}$/);
    expect(stderr).not.toMatch(/\n {4}at /);
    // Long lines are broken between words.
    const unbroken = stderr.replace(/\n {7}/g, " ");
    for (const text of says) {
      if (typeof text === "string") expect(unbroken).toContain(text);
      else expect(unbroken).toMatch(text);
    }
    const { error } = JSON.parse(stderr.trim().split("\n").at(-1) ?? "");
    expect(error).toEqual({
      code: expect.stringMatching(/^[a-z-]+$/),
      message: expect.any(String),
      hint: expect.stringMatching(/./),
    });
  });
});

describe("the built program reads several NICs from Azure", () => {
  const NIC = (name: string, group = "rg-demo") =>
    `/subscriptions/${SUBSCRIPTION}/resourceGroups/${group}/providers/Microsoft.Network/networkInterfaces/${name}`;
  const ROUTES = {
    value: [
      {
        source: "Default",
        state: "Active",
        addressPrefix: ["10.0.0.0/16"],
        nextHopType: "VnetLocal",
        nextHopIpAddress: [],
      },
    ],
  };
  let arm: LoopbackArm;
  beforeEach(async () => {
    arm = await startLoopbackArm({ token: TOKEN });
  });
  afterEach(() => arm.close());

  const live = (...args: string[]) =>
    runBuilt(["check", file("good.yaml"), ...args, "--arm-endpoint", arm.url], {
      env: {
        AZURE_ACCESS_TOKEN: TOKEN,
        AZURE_SUBSCRIPTION_ID: SUBSCRIPTION,
        AZURE_CONFIG_DIR: scratch.path,
        VNET_EXPLAIN_CACHE: file("cache"),
      },
    });

  it("each once, by name, or by id if two have the same name", async () => {
    arm.script("effectiveRouteTable", { body: ROUTES });
    const names = async (...args: string[]) => {
      const { code, stdout, stderr } = await live(...args, "-o", "json");
      expect(code, stderr).toBe(0);
      return JSON.parse(stdout).results.map(({ tables }: { tables: string[] }) => tables[0]);
    };
    expect(await names("--nic", NIC("vm1"), "--nic", NIC("vm2"), `nic:${NIC("vm3")}`)).toEqual([
      "nic:vm1",
      "nic:vm2",
      "nic:vm3",
    ]);
    expect(arm.seen.filter(({ operation }) => operation === "effectiveRouteTable")).toHaveLength(3);
    expect(await names(`nic:${NIC("vm1")}`, `nic:${NIC("vm1", "other")}`, "sample:udr")).toEqual([
      `nic:${NIC("vm1")}`,
      `nic:${NIC("vm1", "other")}`,
      "sample:udr",
    ]);
    expect(await names("last", `nic:${NIC("vm2")}`)).toEqual(["last", "nic:vm2"]);
  });

  it("one that cannot be read is an error: nothing on stdout, and no further NIC is read", async () => {
    arm.script("effectiveRouteTable", { status: 403, body: { error: { code: "AuthorizationFailed", message: "no" } } });
    const nics = Array.from({ length: 20 }, (_, at) => `nic:${NIC(`vm${at}`)}`);
    expect(await live(...nics)).toMatchObject({ code: 4, stdout: "" });
    expect(arm.seen.filter(({ operation }) => operation === "effectiveRouteTable").length).toBeLessThanOrEqual(8);
  });

  it("a bad policy and missing tags are reported before any call to Azure", async () => {
    expect((await live(`nic:${NIC("vm1")}`, "--tags", "/nonexistent.json")).code).toBe(2);
    expect(arm.seen).toEqual([]);
  });
});

const hasScript = spawnSync("script", ["--version"]).status === 0;

describe.skipIf(!hasScript)(`in a real terminal${hasScript ? "" : " (script is not installed)"}`, () => {
  const program = fileURLToPath(new URL("../../../bin/vnet-explain.js", import.meta.url));
  const env = { PATH: process.env.PATH ?? "", TERM: "xterm", VNET_EXPLAIN_CACHE: file("cache") };
  const line = `"${process.execPath}" "${program}" check "${BYPASS}" sample:udr-and-endpoint -q`;
  const onTerminal = (columns: number) =>
    spawnSync("script", ["-qec", `stty cols ${columns}; ${line}`, "/dev/null"], { encoding: "utf8", env });

  // biome-ignore lint/suspicious/noControlCharactersInRegex: this removes colours
  const colourless = (text: string) => text.replaceAll("\r\n", "\n").replace(/\u001b\[\d+m/g, "");

  it("output is coloured, but not in a pipe; data and exit code are the same", () => {
    const { stdout, status } = onTerminal(400);
    const piped = spawnSync("sh", ["-c", `${line} 2>&1 | cat`], { encoding: "utf8", env }).stdout;
    expect(status).toBe(3);
    expect(stdout).toContain("\u001b[31m");
    expect(piped).not.toContain("\u001b");
    expect(colourless(stdout)).toBe(piped);
  });

  it("explanations wrap at the terminal's width, but never inside prefixes", () => {
    const text = colourless(onTerminal(80).stdout);
    const notes = text.split("\n").filter((each) => each.startsWith(" ".repeat(6)) && !each.includes("https://"));
    expect(notes.length).toBeGreaterThan(2);
    for (const each of notes) expect(each.length).toBeLessThanOrEqual(80);
    expect(text).toContain("191.235.255.192/26");
  });
});
