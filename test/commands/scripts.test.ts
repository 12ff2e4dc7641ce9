import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { scratchDirectory } from "../built-program.ts";
import { tagText } from "../store/tags/tag-text.ts";
import { run } from "./run-in-process.ts";

const scratch = scratchDirectory();
afterAll(() => scratch.remove());

function tagFile(): string {
  const file = join(scratch.path, "ServiceTags_Public_20990105.json");
  writeFileSync(file, tagText());
  return file;
}

const SAMPLE = ["--sample", "udr-and-endpoint"];

/** A route table of one row. */
const ONE_ROW = JSON.stringify({
  value: [
    { source: "Default", state: "Active", addressPrefix: ["0.0.0.0/0"], nextHopType: "Internet", nextHopIpAddress: [] },
  ],
});
const ask = ["whichroute", ...SAMPLE, "--ip"];

describe("--expect", () => {
  it.each([
    ["191.239.203.0", ["tag=Storage"], 0],
    ["191.239.203.0", ["next-hop=VirtualNetworkServiceEndpoint", "verdict=forward"], 0],
    ["191.239.203.0", ["via=10.10.10.10"], 3],
    ["1.1.1.1", ["verdict=drop"], 0],
    ["1.1.1.1", ["route=to-nva", "prefix=0.0.0.0/0"], 0],
    ["1.1.1.1", ["verdict=forward", "next-hop=Internet"], 3],
    ["1.1.1.1", ["nexthop=Internet", "hop=x"], 2],
  ])("of %s %j: exit %i", async (ip, expected, code) => {
    const answer = await run([...ask, ip, "--expect", ...expected, "-q"]);
    expect(answer.code).toBe(code);
    expect(answer.out === "").toBe(code === 2);
  });

  it("prints each mismatch on its own line, and still prints the answer", async () => {
    const { code, out, err } = await run([
      ...ask,
      "1.1.1.1",
      "10.0.0.4",
      "--expect",
      "verdict=drop",
      "-q",
      "-o",
      "tsv",
    ]);
    expect(code).toBe(3);
    expect(out.split("\n")).toHaveLength(3);
    expect(err.split("\n")[0]).toMatch(/^10\.0\.0\.4: expected verdict drop, got forward/);
    expect(err).toMatch(/^1 of 2 answers are not as expected$/m);
  });

  it("works only with single addresses, and is refused for anything else", async () => {
    const { code, out, err } = await run([...ask, "1.1.1.1", "10.0.0.0/8", "--expect", "verdict=drop"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/--expect works only with single addresses/);
  });

  it("of a tag exits with 5 without service tags", async () => {
    const stdin = ONE_ROW;
    expect((await run(["whichroute", "--ip", "1.1.1.1", "-f", "-", "--expect", "tag=Storage"], { stdin })).code).toBe(
      5,
    );
  });

  it("reports every unexpected address of a stream, even if several are alike", async () => {
    const stdin = "1.1.1.1\n10.0.0.4\n1.1.1.2\n10.0.0.5\n1.1.1.3\n";
    const { code, err } = await run([...ask, "-", "--expect", "verdict=forward", "-o", "none", "-q"], { stdin });
    expect(code).toBe(3);
    expect(err.match(/^1\.1\.1\.[123]: expected verdict forward, got drop/gm)).toHaveLength(3);
    expect(err).toContain("\n3 of 5 answers are not as expected\n");
  });

  it("works in a stream too", async () => {
    const stdin = "1.1.1.1\n10.0.0.4\n";
    expect((await run([...ask, "-", "--expect", "verdict=drop", "-o", "none"], { stdin })).code).toBe(3);
    expect((await run([...ask, "-", "--expect", "verdict=drop,forward", "-o", "none"], { stdin })).code).toBe(0);
  });
});

describe("--ip -", () => {
  it.each([
    ["blank lines and comments are skipped", "\n# x\n1.1.1.1\n", [], ["1.1.1.1"], 0],
    ["a refused line is answered in its place", "1.1.1.1\nx\n2.2.2.2\n", [], ["1.1.1.1", "x", "2.2.2.2"], 2],
    ["--field takes a field", "a 1.1.1.1 b\n", ["--field", "2"], ["1.1.1.1"], 0],
    ["--delimiter splits fields", "a;1.1.1.1;b\n", ["--field", "2", "--delimiter", ";"], ["1.1.1.1"], 0],
    ["--column takes a column of a CSV", 'srcIp,dstIp\n"a,b",1.1.1.1\n', ["--column", "dstIp"], ["1.1.1.1"], 0],
    ["--column of a TSV", "srcIp\tdstIp\na\t1.1.1.1\n", ["--column", "dstIp"], ["1.1.1.1"], 0],
    ["an empty stream has no answers", "", [], [], 0],
  ])("%s", async (_, stdin, args, destinations, code) => {
    const answer = await run([...ask, "-", ...args, "-o", "ndjson", "-q"], { stdin });
    expect(answer.code).toBe(code);
    const lines = answer.out === "" ? [] : answer.out.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).destination)).toEqual(destinations);
  });

  it("an unknown column suggests near names", async () => {
    const { code, out, err } = await run([...ask, "-", "--column", "dstip2"], {
      stdin: "srcIp,dstIp\n1.1.1.1,1.1.1.1\n",
    });
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/dstIp/);
  });

  it.each([
    [["--ip", "-", "1.1.1.1"], /cannot be combined/],
    [["--ip", "-", "-f", "-"], /stdin can be only one input/],
    [["--ip", "1.1.1.1", "--field", "2"], /work only with --ip -/],
    [["--ip", "-", "--verify"], /--verify/],
    [["--ip", "-", "--query", "x"], /--query does not work with a stream/],
    [["--ip", "1.1.1.1", "--flow-log", "x"], /cannot be combined/],
    [[], /no destination/],
  ])("%j is refused", async (args, reason) => {
    const { code, out, err } = await run(["whichroute", ...(args.includes("-f") ? [] : SAMPLE), ...args]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(reason);
  });

  it.each(["json", "yaml"])("no records print an empty list in %s", async (format) => {
    const { out } = await run([...ask, "-", "-o", format], { stdin: "" });
    expect(out).toMatch(format === "json" ? /"explanations": \[\s*\]/ : /explanations: \[\]/);
  });
});

describe("--ip of more than one address", () => {
  it.each([
    ["10.0.0.0/15", ["10.0.0.0/16 VnetLocal", "10.1.0.0/16 None"]],
    [
      "tag:storage",
      ["191.235.255.192/26 VirtualNetworkServiceEndpoint", "191.239.203.0/28 VirtualNetworkServiceEndpoint"],
    ],
    ["2001:db8::/32", ["2001:db8::/32 -"]],
  ])("%s is split by the outcome of its addresses", async (set, expected) => {
    const { code, out } = await run([...ask, set, "-o", "tsv", "-q"]);
    expect(code).toBe(0);
    const lines = out
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t"));
    expect(lines.map((cells) => `${cells[0]} ${cells[2]}`)).toEqual(expected);
  });

  it.each([
    ["10.0.0.1/8", [], 2, /host bits/],
    ["tag:Storag", [], 2, /did you mean: Storage/],
    ["10.0.0.0/8", ["--expect", "verdict=drop"], 2, /vnet-explain check/],
    ["010.0.0.0/8", [], 2, /leading zero/],
    ["1.2.3.4/33", [], 2, /prefix length/],
  ])("%s %j is refused with %i", async (set, args, code, reason) => {
    const answer = await run([...ask, set, ...args]);
    expect(answer).toMatchObject({ code, out: "" });
    expect(answer.err).toMatch(reason);
  });

  it("a tag without tags: exit 5", async () => {
    expect((await run(["whichroute", "--ip", "tag:Storage", "-f", "-"], { stdin: ONE_ROW })).code).toBe(5);
  });

  it("a stream accepts prefixes too", async () => {
    const { code, out } = await run([...ask, "-", "-o", "ndjson", "-q"], { stdin: "10.0.0.0/15\n1.1.1.1\n" });
    expect(code).toBe(0);
    const [split, explanation] = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(split.outcomes).toHaveLength(2);
    expect(explanation.verdict).toBe("drop");
  });
});

describe("--query", () => {
  const routes = ["routes", ...SAMPLE, "-q", "--query"];
  it.each([
    ["routes[?source=='User'].name", "json", '[\n  "to-nva"\n]\n'],
    ["routes[?source=='User'].[name, nextHopType]", "tsv", "to-nva\tNone\n"],
    ["routes[0].nextHopType", "tsv", "Internet\n"],
    ["routes[0].nextHopType", "table", "Internet\n"],
    ["routes[?source=='User'].{name: name, hop: nextHopType}", "csv", "name,hop\r\nto-nva,None\r\n"],
    ["routes[:2].[name, nextHopType]", "table", "COLUMN1  COLUMN2\n-        Internet\nto-nva   None\n"],
    ["routes[?source=='User'].{routeName: name}", "table", "ROUTE NAME\nto-nva\n"],
    ["routes[?source=='User'].{name: name}", "markdown", "| name |\n| --- |\n| to-nva |\n"],
    ["routes[?source=='User'].{name: name}", "ndjson", '{"name":"to-nva"}\n'],
    ["routes[0].name", "yaml", "null\n"],
    ["length(routes)", "json", "5\n"],
    ["routes[?name=='none']", "tsv", ""],
    ["routes[?source==`User`].name", "tsv", "to-nva\n"],
    ['routes[?source==`"User"`].name', "tsv", "to-nva\n"],
    ["length(routes[?disableBgpRoutePropagation==`false`])", "tsv", "5\n"],
  ])("%s as %s", async (query, format, output) => {
    expect((await run([...routes, query, "-o", format])).out).toBe(output);
  });

  it.each([["routes["], ["nope(routes)"], ["length(schemaVersio)"]])(
    "%s is refused before anything is printed",
    async (query) => {
      const { code, out, err } = await run([...routes, query]);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(/^error: --query/);
    },
  );

  it.each(["routes[].nextHopTyp", "routes[].{hop: nextHopTyp}", "routes[?nextHopTyp=='None']"])(
    "%s: a field that the output does not have brings near names",
    async (query) => {
      const { err } = await run(["routes", ...SAMPLE, "--query", query]);
      expect(err).toMatch(/'nextHopTyp' \(did you mean nextHopType/);
    },
  );

  it("an empty table has no field names to compare with", async () => {
    const { err } = await run(["routes", "-f", "-", "--query", "routes[].nextHopType"], { stdin: "[]" });
    expect(err).toBe("the route table is empty\n");
  });
});

describe("--resolve", () => {
  it.each(["internet", "private"])("%s is a keyword, not a host name", async (keyword) => {
    const { code, out } = await run([...ask, keyword, "--resolve", "-q"]);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^${keyword} .*outcomes`));
  });

  it("prints the name in every format", async () => {
    const named = [...ask, "localhost", "--resolve", "-q", "-o"];
    expect((await run([...named, "table"])).out).toMatch(/^\S+ \(localhost\) {2}/);
    const [header = "", first = ""] = (await run([...named, "csv"])).out.split("\r\n");
    expect(first.split(",")[header.split(",").indexOf("hostName")]).toBe("localhost");
  });

  it("answers every address of a name and notes that this machine resolved it", async () => {
    const { code, out, err } = await run([...ask, "localhost", "--resolve", "-o", "json"]);
    expect(code).toBe(0);
    for (const explanation of JSON.parse(out).explanations) expect(explanation.hostName).toBe("localhost");
    expect(err).toMatch(/may resolve differently/);
  });

  it.each([
    ["localhost", [], /for a host name add --resolve/],
    ["www.example.com", [], /--ip www\.example\.com --resolve/],
    ["intrnet", [], /did you mean: .*--ip internet/],
    ["name.invalid", ["--resolve"], /does not resolve/],
    ["010.1.1.1", ["--resolve"], /leading zero/],
    ["1.2.3", ["--resolve"], /not a whole IPv4/],
  ])("%s %j is refused", async (name, args, reason) => {
    const { code, err } = await run([...ask, name, ...args]);
    expect(code).toBe(2);
    expect(err).toMatch(reason);
  });
});

describe("help", () => {
  it.each(["destinations", "exit-codes", "output", "rules", "environment", "policies", "next-hops"])(
    "%s",
    async (topic) => {
      const { code, out } = await run(["help", topic]);
      expect(code).toBe(0);
      expect(out).toMatchSnapshot();
    },
  );

  it("of a command equals its --help", async () => {
    const { out } = await run(["help", "tags", "lookup"]);
    expect((await run(["tags", "lookup", "--help"])).out).toContain(out.trim());
  });

  it("of an unknown word suggests near names", async () => {
    const { code, err } = await run(["help", "exit-code"]);
    expect(code).toBe(2);
    expect(err).toMatch(/did you mean: exit-codes/);
  });

  it.each([["route"], ["routes", "--expnd"], ["tags", "lokup"]])("%s %s: did you mean", async (...args) => {
    const { code, err } = await run(args);
    expect(code).toBe(2);
    expect(err).toMatch(/[Dd]id you mean/);
  });
});

it.each([
  [["tags", "status", "extra"], "vnet-explain tags status --help"],
  [["-q", "whichroute", "--sample"], "vnet-explain whichroute --help"],
  [["-o"], "vnet-explain --help"],
])("%j: the hint names the help of the command", async (args, help) => {
  const { code, err } = await run(args);
  expect(code).toBe(2);
  expect(err).toContain(`see: ${help}\n`);
});

it.each([
  [[], /^no service tags, so services are not named: .*tags update/m],
  [SAMPLE, /^$/],
])("whichroute %j: a note only if service tags are missing", async (source, note) => {
  const asked = ["whichroute", "--ip", "1.1.1.1", ...(source.length > 0 ? source : ["-f", "-"])];
  expect((await run(asked, { stdin: ONE_ROW })).err).toMatch(note);
});

it.each([
  ["a private destination has no tag", ["--ip", "10.1.2.3"], false],
  ["nor has the platform's", ["--ip", "168.63.129.16"], false],
  ["nor have private addresses", ["--ip", "private"], false],
  ["one of several may have one", ["--ip", "10.1.2.3", "1.1.1.1"], true],
  ["a part of a set may have one", ["--ip", "0.0.0.0/0"], true],
])("the note on missing service tags is printed where one would show: %s", async (_, args, is) => {
  const { err } = await run(["whichroute", ...args, "-f", "-"], { stdin: ONE_ROW });
  expect(err.includes("no service tags")).toBe(is);
});

describe("an empty table", () => {
  const empty = { stdin: '{"value":[]}' };
  it.each([
    ["whichroute", ["whichroute", "--ip", "10.0.0.1", "-f", "-"]],
    ["whatif", ["whatif", "-f", "-", "--add-route", "10.0.0.0/8=None"]],
    ["diff", ["diff", "-", "sample:udr"]],
  ])("is rejected by %s", async (_, args) => {
    const { code, out, err } = await run(args, empty);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^error: the route table is empty: stdin\n/);
  });

  it("is a note of routes", async () => {
    const { code, err } = await run(["routes", "-f", "-"], empty);
    expect(code).toBe(0);
    expect(err).toContain("the route table is empty");
  });
});

describe("a misspelt name", () => {
  it.each([
    ["a source", ["--source", "Usr"], /^error: unknown source 'Usr'\n +did you mean: User$/m],
    ["a state", ["--state", "actve"], /^error: unknown state 'actve'\n +did you mean: Active$/m],
    ["a source that is near to none", ["--source", "Foo"], /^error: unknown source 'Foo'\n +one of: Default, User/m],
  ])("of %s is rejected", async (_, args, message) => {
    const { code, out, err } = await run(["routes", ...SAMPLE, ...args]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(message);
  });

  it("a source and a state in the portal's words, without case, are known", async () => {
    const { code, err } = await run(["routes", ...SAMPLE, "--source", "default", "--state", "INVALID", "-q"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  it("a known next hop type that no row has is a note", async () => {
    const { code, err } = await run(["routes", ...SAMPLE, "--next-hop", "HyperNetGateway"]);
    expect(code).toBe(0);
    expect(err).toMatch(/none of the 5 rows match the filter$/m);
  });

  it.each([
    ["routes --tag", ["routes", ...SAMPLE, "--tag", "Storge"]],
    ["whichroute --expect", [...ask, "1.1.1.1", "--expect", "tag!=Storge"]],
  ])("of a tag is refused, since an empty result would prove nothing: %s", async (_, args) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/unknown service tag 'Storge'\n.*did you mean: Storage/);
  });

  it.each([
    ["that a user route was made on is known by it, whatever the tag file has", "custom", 0],
    ["that neither the file nor a row has is not", "customs", 2],
  ])("routes --tag: a tag %s", async (_, tag, code) => {
    const file = tagFile();
    const row = { source: "User", state: "Active", nextHopIpAddress: [], nextHopType: "Internet" };
    const stdin = JSON.stringify([
      { ...row, name: "by-tag", addressPrefix: ["20.0.0.0/24"], destinationServiceTags: ["Custom"] },
      { ...row, name: "by-prefix", addressPrefix: ["20.0.1.0/24"] },
    ]);
    const found = await run(["routes", "-f", "-", "--tags", file, "--tag", tag, "-o", "tsv"], { stdin });
    expect(found.code).toBe(code);
    expect(found.out.split("\t")[5]).toBe(code === 0 ? "by-tag" : undefined);
  });

  it.each([
    [["list"], "storag", /did you mean: Storage\b/],
    [["list"], "fantasy", /tags list shows the service and region of every tag/],
    [["diff", tagFile(), tagFile()], "storag", /did you mean: Storage\b/],
  ])("tags %j --service %s is an error: no tag has this service", async (words, service, hint) => {
    const tags = words.length === 1 ? ["--tags", tagFile()] : [];
    const { code, out, err } = await run(["tags", ...words, "--service", service, ...tags]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(`no service tag has service '${service}'`);
    expect(err).toMatch(hint);
  });

  it("routes --tag needs service tags if there are endpoint rows", async () => {
    const row = { source: "Default", state: "Active", nextHopIpAddress: [] };
    const table = (nextHopType: string) => JSON.stringify([{ ...row, addressPrefix: ["20.0.0.0/24"], nextHopType }]);
    const filtered = ["routes", "-f", "-", "--tag", "Storage"];
    expect((await run(filtered, { stdin: table("VirtualNetworkServiceEndpoint") })).code).toBe(5);
    expect((await run(filtered, { stdin: table("Internet") })).code).toBe(0);
  });
});
