import { describe, expect, it } from "vitest";
import { hasSharedData, sharedPath } from "../shared-data.ts";
import { run } from "./run-in-process.ts";

const SAMPLE = ["--sample", "udr-and-endpoint"];
const ESCAPE = "\u001b";

const table = (...rows: readonly object[]) => JSON.stringify({ value: rows });
const row = (more: object) => ({
  source: "User",
  state: "Active",
  addressPrefix: ["0.0.0.0/0"],
  nextHopType: "VirtualAppliance",
  nextHopIpAddress: ["10.0.9.4"],
  ...more,
});

describe("prints the same data on a terminal and off it", () => {
  it.each([
    ["routes", ...SAMPLE],
    ["routes", ...SAMPLE, "--expand"],
    ["whichroute", "--ip", "191.239.203.0", ...SAMPLE],
    ["whichroute", "--ip", "1.1.1.1", "2001:db8::1", ...SAMPLE],
  ])("%s %s %s %s %s", async (...args) => {
    const off = await run(args);
    const on = await run(args, { tty: true, columns: 300 });
    expect([off.code, on.code]).toEqual([0, 0]);
    expect(off.out).not.toContain(ESCAPE);
    expect(on.out).toContain(ESCAPE);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this removes colours
    expect(on.out.replace(/\u001b\[\d+m/g, "")).toBe(off.out);
    const json = await run([...args, "-o", "json"], { tty: true });
    expect(json.out).toBe((await run([...args, "-o", "json"])).out);
    expect(Object.keys(JSON.parse(json.out))[0]).toBe("schemaVersion");
  });

  it.each([
    [{ NO_COLOR: "1" }, [], false],
    [{ FORCE_COLOR: "1" }, [], true],
    [{ NO_COLOR: "1" }, ["--color", "always"], true],
    [{}, ["--color", "never"], false],
    [{ TERM: "dumb" }, [], false],
  ])("with %j and %j colour on a terminal is %s", async (env, args, coloured) => {
    const { out } = await run(["routes", ...SAMPLE, ...args], { tty: true, env: env as Record<string, string> });
    expect(out.includes(ESCAPE)).toBe(coloured);
  });

  it("an address, a prefix or a name is never cut on a narrow terminal", async () => {
    const { out } = await run(["routes", ...SAMPLE], { tty: true, columns: 40 });
    for (const text of ["191.235.255.192/26", "10.10.10.10", "VnetLocal", "Storage.NorthEurope"]) {
      expect(out).toContain(text);
    }
  });
});

describe("the article's story", () => {
  it("the endpoint's /28 wins over to-nva, whose unreachable appliance never sees the traffic", async () => {
    const { out } = await run(["whichroute", "--ip", "191.239.203.0", ...SAMPLE]);
    for (const part of [
      /^191\.239\.203\.0 {2}-> {2}service endpoint Microsoft\.Storage \(Storage\.WestEurope\)$/m,
      /^ {2}ok 191\.239\.203\.0\/28 .* longest prefix$/m,
      /^ {2}x {2}0\.0\.0\.0\/0 .*to-nva +\/0 is shorter than \/28$/m,
      /logs never show this traffic/,
      /unreachable 10\.10\.10\.10/,
      /^ {2}data {2}sample udr-and-endpoint; service tags of 2023-11-06$/m,
    ]) {
      expect(out).toMatch(part);
    }
  });

  it.each([
    ["no-udr", "1.1.1.1", "forward", "Internet"],
    ["udr", "1.1.1.1", "drop", "None"],
    ["udr", "191.239.203.0", "drop", "None"],
    ["udr-and-endpoint", "191.235.255.193", "forward", "VirtualNetworkServiceEndpoint"],
    ["udr-and-endpoint", "10.0.5.5", "forward", "VnetLocal"],
  ])("in %s, %s: %s to %s", async (sample, ip, verdict, nextHopType) => {
    const { out } = await run(["whichroute", "--ip", ip, "--sample", sample, "-o", "json"]);
    expect(JSON.parse(out).explanations[0]).toMatchObject({ verdict, winner: { nextHopType } });
  });
});

describe("routes", () => {
  const rows = table(
    row({ addressPrefix: ["10.1.0.0/16", "10.0.0.0/16"], name: "both" }),
    row({ source: "Default", nextHopType: "None", addressPrefix: ["192.168.0.0/16"], nextHopIpAddress: [] }),
    row({ source: "Default", nextHopType: "None", addressPrefix: ["10.0.0.0/8"], nextHopIpAddress: [] }),
    row({ name: "all" }),
  );
  it.each([
    ["0.0.0.0/0 comes first and default None rows fold", [], ["all", "both"], /2 prefixes +None/],
    ["--expand unfolds them", ["--expand"], ["all", "both"], /10\.0\.0\.0\/8 +None/],
    ["--source", ["--source", "user"], ["all", "both"], /all/],
    ["--next-hop in the portal's word", ["--next-hop", "virtual appliance"], ["all", "both"], /all/],
    ["--contains an address", ["--contains", "192.168.3.4", "--source", "Default"], [], /192\.168\.0\.0\/16/],
    ["--contains shows the prefix that holds it", ["--contains", "10.1.3.4"], ["all", "both"], /10\.1\.0\.0\/16 \+1/],
    ["a filter unfolds them", ["--next-hop", "None"], [], /10\.0\.0\.0\/8 +None[\s\S]*192\.168\.0\.0\/16 +None/],
    ["--state that no row has", ["--state", "Invalid"], [], /^/],
  ])("%s", async (_, args, names, pattern) => {
    const { code, out } = await run(["routes", "-f", "-", ...args], { stdin: rows });
    expect(code).toBe(0);
    expect(["all", "both"].filter((name) => new RegExp(`\\b${name}\\b`).test(out))).toEqual(names);
    expect(out).toMatch(pattern);
  });

  it("a user route on a tag shows the tag, and how many prefixes it holds", async () => {
    const stdin = table(row({ addressPrefix: ["10.1.0.0/16", "10.0.0.0/16"], destinationServiceTags: ["Storage"] }));
    expect((await run(["routes", "-f", "-"], { stdin })).out).toMatch(/Storage {2}2 prefixes/);
  });

  it.each([
    ["VirtualNetworkServiceEndpoint", /^no service tags, so services are not named: .*tags update/],
    ["Internet", /^$/],
  ])("rows to %s: a note if service tags are missing", async (nextHopType, note) => {
    const stdin = table(row({ source: "Default", nextHopType, nextHopIpAddress: [] }));
    expect((await run(["routes", "-f", "-"], { stdin })).err).toMatch(note);
  });

  it("an empty table prints a note", async () => {
    const { code, out, err } = await run(["routes", "-f", "-"], { stdin: table() });
    expect({ code, lines: out.split("\n").length - 1 }).toEqual({ code: 0, lines: 1 });
    expect(err).toMatch(/the route table is empty/);
  });

  it("a row of 5,000 prefixes folds to one line and unfolds to 5,000", async () => {
    const addressPrefix = Array.from({ length: 5000 }, (_, i) => `77.${i >> 8}.${i & 255}.0/24`);
    const stdin = table(row({ addressPrefix }));
    expect((await run(["routes", "-f", "-"], { stdin })).out.trim().split("\n")).toHaveLength(2);
    expect((await run(["routes", "-f", "-", "--expand"], { stdin })).out.trim().split("\n")).toHaveLength(5001);
  });
});

describe("on a narrow terminal", () => {
  const wideName = table(
    row({ name: "日本語ルート", addressPrefix: ["10.0.0.0/8"] }),
    row({ name: "to-nva", addressPrefix: ["10.1.0.0/16"] }),
  );

  it("whichroute wraps reasons, aligns wide characters and leaves no trailing blanks", async () => {
    const options = { stdin: wideName, tty: true, columns: 80, env: { NO_COLOR: "1" } };
    const { out } = await run(["whichroute", "--ip", "10.1.0.4", "-f", "-", "-q"], options);
    expect(out).toContain("  ok 10.1.0.0/16  Appliance 10.0.9.4  User to-nva        longest prefix\n");
    expect(out).toContain("  x  10.0.0.0/8   Appliance 10.0.9.4  User 日本語ルート  /8 is shorter than /16\n");
    expect(out).not.toMatch(/ $/m);
  });

  it("empty columns are dropped only if the table does not fit", async () => {
    const heading = async (columns: number, stdin: string) => {
      const { out } = await run(["routes", "-f", "-", "-q", "--color", "never"], { stdin, tty: true, columns });
      return out.split("\n")[0] ?? "";
    };
    const whole = await heading(1000, wideName);
    expect(whole).toMatch(/ENDPOINT$/);
    expect(await heading(whole.length, wideName)).toBe(whole);
    expect(await heading(whole.length - 1, wideName)).toMatch(/NEXT HOP IP +NAME$/);
  });

  it("a table without rows has a heading", async () => {
    const { out } = await run(["routes", "-f", "-", "-q"], {
      stdin: table(),
      tty: true,
      columns: 40,
      env: { NO_COLOR: "1" },
    });
    expect(out).toBe("PREFIX  NEXT HOP  SOURCE\n");
  });

  it("wide keeps every column", async () => {
    const options = { stdin: wideName, tty: true, columns: 80, env: { NO_COLOR: "1" } };
    const { out } = await run(["routes", "-f", "-", "-o", "wide", "-q"], options);
    expect(out).toMatch(/DESTINATION SERVICE TAGS .*HAS BGP OVERRIDE$/m);
  });
});

describe("text from outside cannot steer a terminal", () => {
  const name = `a${ESCAPE}[2Jb\u0007c\u202Ed\u009be`;
  it.each([["routes"], ["whichroute", "--ip", "8.8.8.8"]])("%s", async (...args) => {
    const { out, err } = await run([...args, "-f", "-"], { stdin: table(row({ name, nextHopType: name })) });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this finds control characters
    expect(out + err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});

describe.skipIf(!hasSharedData)("with real tags", () => {
  const TAGS = ["--tags", sharedPath("data/service-tags/ServiceTags_Public_20231106.json")];

  it.each([
    ["Storge", /no service tag has service 'Storge'\n +did you mean: Storage/],
    ["AzureStorge", /did you mean: AzureStorage/],
    ["atlantis", /no service tag has service 'atlantis'\n +vnet-explain tags list shows/],
  ])("tags list --service %s is refused with near names", async (service, message) => {
    const { code, out, err } = await run(["tags", "list", "--service", service, ...TAGS]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(message);
  });

  it("tags lookup lists every tag, most specific first", async () => {
    const { code, out } = await run(["tags", "lookup", "191.239.203.0", "8.8.8.8", ...TAGS, "-o", "json"]);
    expect(code).toBe(0);
    const [found, none] = JSON.parse(out).lookups;
    expect(found.serviceTags.map((tag: { name: string }) => tag.name)).toEqual([
      "Storage.WestEurope",
      "Storage",
      "AzureCloud.westeurope",
      "AzureCloud",
    ]);
    expect(none.serviceTags).toEqual([]);
  });

  it.each([
    [["list", "--service", "storage", "--region", "westeurope"], /^Storage\.WestEurope +westeurope/m],
    [["show", "storage.westeurope"], /^191\.239\.203\.0\/28$/m],
  ])("tags %j", async (args, pattern) => {
    const { code, out } = await run(["tags", ...args, ...TAGS]);
    expect(code).toBe(0);
    expect(out).toMatch(pattern);
  });

  it("tags show suggests near names for an unknown tag", async () => {
    const { code, out, err } = await run(["tags", "show", "Storage.WestEurop", ...TAGS]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/did you mean: Storage\.WestEurope/);
  });
});

describe("help", () => {
  it.each([
    ["--help"],
    ["routes", "--help"],
    ["whichroute", "--help"],
    ["whatif", "--help"],
    ["tags", "--help"],
    ["tags", "lookup", "--help"],
    ["tags", "update", "--help"],
    ["tags", "status", "--help"],
    ["tags", "list", "--help"],
    ["tags", "show", "--help"],
    ["tags", "diff", "--help"],
    ["diff", "--help"],
    ["check", "--help"],
    ["completion", "--help"],
    ["help", "--help"],
  ])("%s %s fits a screen, examples before options", async (...args) => {
    const { code, out, err } = await run(args);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatchSnapshot();
    const lines = out.trimEnd().split("\n");
    expect(lines.length).toBeLessThan(args.length === 1 && args[0] === "--help" ? 50 : 30);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    if (out.includes("\nOptions:")) expect(out.indexOf("\nExamples:")).toBeLessThan(out.indexOf("\nOptions:"));
    const [, examples = ""] = /\nExamples:\n([\s\S]*?)\n\n/.exec(out) ?? [];
    expect(examples).toMatch(/^( {2}\S.*\n?| {4}\S.*\n?)+$/);
  });
});
