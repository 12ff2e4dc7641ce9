import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { keywordRanges } from "../../../src/analysis/destinations/keywords.ts";
import { readPolicy } from "../../../src/analysis/policy/read-policy.ts";
import { authSteps } from "../../../src/azure/sign-in/auth-methods.ts";
import { TOPICS } from "../../../src/commands/help/topic-list.ts";
import { addAzureAccess } from "../../../src/commands/shared/live-options.ts";
import { prefixesOf } from "../../../src/net/address-ranges.ts";
import { formatPrefix } from "../../../src/net/prefix.ts";
import { FORMATS, formatEntry } from "../../../src/output/formats/formats.ts";
import { SAMPLE_NAMES } from "../../../src/routes/samples.ts";
import { cacheDirectory } from "../../../src/store/files/cache-directory.ts";
import { run } from "../run-in-process.ts";

const topic = async (name: string) => (await run(["help", name])).out;

/** The rows of a table in a topic: the first cell and the rest. */
const rowsOf = (text: string, after: string) => {
  const [, rest = ""] = text.split(after);
  const [, table = ""] = rest.split("\n\n");
  return [...table.matchAll(/^ {2}(\S+) {2,}(.*)$/gm)].map(([, first = "", text = ""]) => [first, text] as const);
};

/** The command lines in a text that can be run here: they name a sample, and call nothing but the program. */
const runnable = (text: string) =>
  [...text.matchAll(/^ +vnet-explain (.*?)( \\\n +(.*))?$/gm)]
    .map(([, line = "", , rest = ""]) => `${line} ${rest}`.trim())
    .filter((line) => /sample[: ]/.test(line) && !/[|<>$]|--open|policy\.yaml/.test(line));

const words = (line: string) => (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ""));

describe("the help shows command lines that work", () => {
  const COMMANDS = [
    ["--help"],
    ["routes", "--help"],
    ["whichroute", "--help"],
    ["whatif", "--help"],
    ["diff", "--help"],
  ];

  it.each([...COMMANDS, ...TOPICS.map(([name]) => ["help", name])])("%s %s", async (...args) => {
    for (const line of runnable((await run(args)).out)) {
      const { code, out, err } = await run(words(line));
      expect(code, `${line}\n${err}`).toBe(0);
      expect(out).not.toBe("");
    }
  });

  it("some of them are tried", async () => {
    const texts = await Promise.all(COMMANDS.map(async (args) => (await run(args)).out));
    expect(texts.flatMap(runnable).length).toBeGreaterThan(3);
    expect(runnable(await topic("output")).length).toBe(1);
    expect(runnable(await topic("precedence")).length).toBe(1);
  });
});

describe("help sources", () => {
  it("names the samples, and every source that a word may be", async () => {
    const rows = rowsOf(await topic("sources"), "every command that needs one:");
    expect(rows.map(([first]) => first)).toEqual([
      "FILE",
      "DIR",
      "-",
      "nic:NAME",
      "vm:NAME",
      "gateway:NAME",
      "sample:NAME",
      "last",
    ]);
    expect(rows.find(([first]) => first === "sample:NAME")?.[1]).toMatch(new RegExp(`^${SAMPLE_NAMES.join(", ")}:`));
  });

  it("lists the options that the help of commands leaves out", async () => {
    const [sources, signIn] = [await topic("sources"), await topic("sign-in")];
    const own = (await run(["routes", "--help"])).out;
    for (const flag of [
      "--file",
      "--table",
      "--sample",
      "--nic",
      "--vm",
      "--private-ip",
      "--resource-group",
      "--tags",
    ]) {
      expect(sources).toContain(`${flag} <`);
      expect(own).not.toContain(`${flag} <`);
    }
    const access = addAzureAccess(new Command()).options.map(({ long }) => long ?? "");
    for (const flag of [...access, "--cloud"]) {
      expect(signIn).toContain(`${flag} <`);
      expect(own).not.toContain(`${flag} <`);
    }
    expect(own).toContain("vnet-explain help sources, help sign-in");
  });

  it("the help of commands that need no table does not name it", async () => {
    expect((await run(["tags", "lookup", "--help"])).out).not.toContain("help sources");
    expect((await run(["tags", "update", "--help"])).out).toContain("help sign-in");
    expect((await run(["tags", "lookup", "--help"])).out).toContain("--tags <file>");
  });
});

describe("help sign-in", () => {
  it("lists the ways to sign in, in the order in which they are tried, and those that are asked for", async () => {
    const text = await topic("sign-in");
    const tried = rowsOf(text, "in this order:").map(([first]) => first);
    expect(tried).toEqual(authSteps(null, {}).map(({ method }) => method));
    const asked = rowsOf(text, "Only when asked for").map(([first]) => first);
    const auth = addAzureAccess(new Command()).options.find(({ long }) => long === "--auth");
    expect([...tried, ...asked].sort()).toEqual([...(auth?.argChoices ?? [])].sort());
  });

  it("a managed identity that the environment announces comes before the Azure CLI", async () => {
    expect(await topic("sign-in")).toContain("before cli where the");
    const methods = authSteps(null, { IDENTITY_ENDPOINT: "http://127.0.0.1", IDENTITY_HEADER: "x" });
    expect(methods.map(({ method }) => method).slice(-2)).toEqual(["managed-identity", "cli"]);
  });
});

describe("help precedence agrees with whichroute", () => {
  const row = (source: string, prefix: string, nextHopType: string, more: object = {}) => ({
    source,
    state: "Active",
    addressPrefix: [prefix],
    nextHopType,
    nextHopIpAddress: [],
    ...more,
  });
  const bgp = (prefix: string) => row("VirtualNetworkGateway", prefix, "VirtualNetworkGateway");
  const internet = row("Default", "0.0.0.0/0", "Internet");

  it.each<[claim: string, address: string, rows: readonly object[], answer: object]>([
    [
      "Only rows with state Active",
      "10.0.0.1",
      [row("User", "10.0.0.0/8", "None", { state: "Invalid" }), internet],
      { verdict: "forward", winner: { nextHopType: "Internet" } },
    ],
    [
      "The longest prefix",
      "10.0.0.1",
      [row("User", "10.0.0.0/8", "None"), row("Default", "10.0.0.0/16", "VnetLocal")],
      { winner: { addressPrefix: "10.0.0.0/16" } },
    ],
    [
      "user route, then BGP",
      "10.0.0.1",
      [bgp("10.0.0.0/8"), row("User", "10.0.0.0/8", "Internet")],
      { winner: { source: "User" } },
    ],
    ["then system route", "8.8.8.8", [internet, bgp("0.0.0.0/0")], { winner: { source: "VirtualNetworkGateway" } }],
    [
      "share the traffic",
      "8.8.8.8",
      [bgp("0.0.0.0/0"), { ...bgp("0.0.0.0/0"), nextHopIpAddress: ["10.0.0.9"] }],
      { rule: { id: "equal-cost" } },
    ],
    ["the packet is dropped", "9.9.9.9", [bgp("10.0.0.0/8")], { verdict: "no-route" }],
    ["168.63.129.16 and 169.254.169.254", "168.63.129.16", [row("User", "0.0.0.0/0", "None")], { verdict: "platform" }],
    [
      "win over BGP routes, even longer ones",
      "10.0.0.1",
      [row("Default", "10.0.0.0/8", "VnetLocal"), bgp("10.0.0.0/24")],
      { winner: { source: "Default" } },
    ],
    [
      "field tests",
      "20.0.0.1",
      [row("User", "20.0.0.0/8", "VirtualAppliance"), row("Default", "20.0.0.0/8", "VirtualNetworkServiceEndpoint")],
      { certainty: "contested" },
    ],
    ["Next hop None drops", "8.8.8.8", [row("User", "0.0.0.0/0", "None")], { verdict: "drop" }],
  ])("%s", async (claim, address, rows, answer) => {
    expect((await topic("precedence")).replace(/\s+/g, " ")).toContain(claim);
    const { out } = await run(["whichroute", address, "-f", "-", "-o", "json"], {
      stdin: JSON.stringify({ value: rows }),
    });
    expect(JSON.parse(out).explanations[0]).toMatchObject(answer);
  });
});

describe("help data", () => {
  it("says where the folder is", async () => {
    const text = await topic("data");
    expect(cacheDirectory({}, "linux", () => "/home/me")).toBe("/home/me/.cache/vnet-explain");
    expect(text).toContain("XDG_CACHE_HOME or ~/.cache (Linux)");
    expect(cacheDirectory({}, "darwin", () => "/home/me")).toBe("/home/me/Library/Caches/vnet-explain");
    expect(text).toContain("~/Library/Caches/vnet-explain (macOS)");
    expect(cacheDirectory({ LOCALAPPDATA: "C:\\L" }, "win32")).toBe("C:\\L\\vnet-explain\\Cache");
    expect(text).toContain("%LOCALAPPDATA%\\vnet-explain\\Cache (Windows)");
    expect(cacheDirectory({ VNET_EXPLAIN_CACHE: "/x" }, "linux")).toBe("/x/vnet-explain");
  });
});

describe("help destinations", () => {
  it("names the prefixes of private", async () => {
    const prefixes = prefixesOf(keywordRanges("private")).map(formatPrefix);
    const [, listed = ""] = /^ {2}private +(.*)$/m.exec(await topic("destinations")) ?? [];
    expect(listed.split(/, | and /).sort()).toEqual([...prefixes].sort());
  });

  it("answers each of its examples", async () => {
    const rows = rowsOf(`\n\n${(await topic("destinations")).replace(":\n", ":\n\n")}`, "--ip:");
    const examples = rows.flatMap(([first]) =>
      /^[\d:]|^tag:|^internet|^private/.test(first) ? [first.replace(",", "")] : [],
    );
    expect(examples.length).toBeGreaterThan(3);
    const { code, err } = await run(["whichroute", ...examples, "sample:udr-and-endpoint", "-o", "none"]);
    expect(code, err).toBe(0);
  });
});

describe("help output", () => {
  it.each([40, 60, 80, 120])("at %s columns each format begins a line with its own text", async (columns) => {
    const { out } = await run(["help", "output"], { columns });
    for (const format of FORMATS) {
      const names = [format, ...(formatEntry(format).aliases ?? [])].join(", ");
      const [first = ""] = formatEntry(format).about.split(/\W/);
      expect(out).toMatch(new RegExp(`^  ${names}\\s+${first}\\b`, "m"));
    }
  });

  it("shows the error that -o json prints", async () => {
    const [, fields = ""] = /\{"error":\{([^}]*)\}\}/.exec(await topic("output")) ?? [];
    const { err } = await run(["routes", "sample:nonsense", "-o", "json"]);
    expect(Object.keys(JSON.parse(err.trim().split("\n").at(-1) ?? "").error)).toEqual(
      fields.replaceAll('"', "").split(","),
    );
  });
});

describe("the rules in the comments of a policy to start from", () => {
  const root = fileURLToPath(new URL("../../../docs/policies/", import.meta.url));
  const textOf = (name: string) => readFileSync(join(root, `${name}.yaml`), "utf8");

  it.each([
    ["internet-through-firewall", /^( *)# (except:|via:)/gm, ["except", "via"]],
    ["symmetric-next-hops", /^( *)# (symmetric:| {2}spoke)/gm, ["symmetric"]],
  ] as const)("%s: the keys are valid where they stand", (name, comment, keys) => {
    // What a comment replaces is left out.
    const text = textOf(name)
      .replace(comment, "$1$2")
      .replace(/^ *symmetric: true\n/m, "");
    expect(readPolicy(text, name).rules).toHaveLength(1);
    const [rule] = parse(text).rules;
    for (const key of keys) expect({ ...rule, ...rule.expect }).toHaveProperty(key);
  });
});
