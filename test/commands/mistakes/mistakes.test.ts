import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { armText } from "../../../src/routes/arm-text.ts";
import { sampleRouteTable } from "../../../src/routes/samples.ts";
import { scratchDirectory } from "../../built-program.ts";
import { tagText } from "../../store/tags/tag-text.ts";
import { run } from "../run-in-process.ts";

vi.mock("node:dns/promises", () => ({ lookup: async () => [{ address: "10.0.0.4" }] }));

const scratch = scratchDirectory();
afterAll(() => scratch.remove());

const file = (name: string) => join(scratch.path, name);
writeFileSync(file("r.json"), armText(sampleRouteTable("udr")));
writeFileSync(file("after.json"), armText(sampleRouteTable("no-udr")));
writeFileSync(file("ips.txt"), "10.0.0.4\n");
writeFileSync(file("policy.yaml"), "rules:\n  - to: 10.0.0.0/16\n    expect: {next-hop: VnetLocal}\n");
writeFileSync(file("tags.json"), tagText());
const env = { VNET_EXPLAIN_CACHE: file("cache") };

/** A command line as typed; names of the files stand for their paths. */
const typed = (line: string) =>
  (line.match(/“[^”]*”|"[^"]*"|\S+/g) ?? []).map((word) =>
    word
      .replaceAll('"', "")
      .replace(/(^|[=@:])([\w-]+\.(?:json|jsn|txt|yaml|yml))$/, (_, before, name) => before + file(name)),
  );

/** The words of the command line in a hint, as a real shell splits them. */
function pasted(hint: string): readonly string[] {
  const [, line = ""] = /vnet-explain (.*)/.exec(hint) ?? [];
  const { stdout } = spawnSync("sh", ["-c", `printf '%s\\0' ${line}`], { encoding: "utf8" });
  return stdout.split("\0").slice(0, -1);
}

/** The command line in the hint for a rejected one, without the directory of the files. */
async function corrected(line: string) {
  const { code, out, err } = await run(typed(line), { env });
  expect({ code, out }, err).toEqual({ code: 2, out: "" });
  const [, hint = ""] = err.split("\n").slice(-2 - (err.endsWith("\n") ? 1 : 0));
  return { hint, args: pasted(hint) };
}

const short = (args: readonly string[]) => args.join(" ").replaceAll(`${scratch.path}/`, "");

describe("words are understood in any order", () => {
  it.each<[string, string]>([
    ["whichroute 10.0.0.4 -f r.json", "whichroute --ip 10.0.0.4 -f r.json"],
    ["whichroute 10.0.0.4 r.json", "whichroute --ip 10.0.0.4 -f r.json"],
    ["whichroute r.json 10.0.0.4", "whichroute --ip 10.0.0.4 -f r.json"],
    ["whichroute --ip 10.0.0.4 r.json", "whichroute --ip 10.0.0.4 -f r.json"],
    ["whichroute 10.0.0.4 --ip 8.8.8.8 -f r.json", "whichroute --ip 10.0.0.4 8.8.8.8 -f r.json"],
    [
      "whichroute 10.0.0.4 internet 10.0.0.0/16 @ips.txt r.json",
      "whichroute --ip 10.0.0.4 internet 10.0.0.0/16 @ips.txt -f r.json",
    ],
    ["whichroute 8.8.8.8 sample:udr", "whichroute --ip 8.8.8.8 --sample udr"],
    ["whichroute tag:Storage sample:udr-and-endpoint", "whichroute --ip tag:Storage --sample udr-and-endpoint"],
    [
      "whichroute 10.0.0.4 --expect next-hop=VnetLocal r.json",
      "whichroute --ip 10.0.0.4 -f r.json --expect next-hop=VnetLocal",
    ],
    ["whichroute localhost --resolve r.json", "whichroute --ip localhost --resolve -f r.json"],
    ["routes r.json", "routes -f r.json"],
    ["routes sample:udr", "routes --sample udr"],
    ["whatif r.json --remove-route to-nva", "whatif -f r.json --remove-route to-nva"],
    ["whatif --remove-route to-nva sample:udr", "whatif --sample udr --remove-route to-nva"],
    ["tags diff tags.json tags.json r.json", "tags diff tags.json tags.json -f r.json"],
    ["tags diff sample:udr tags.json tags.json", "tags diff tags.json tags.json --sample udr"],
    ["check policy.yaml r.json", "check policy.yaml -f r.json"],
  ])("%s answers as %s", async (line, long) => {
    const [own, other] = [await run(typed(line), { env }), await run(typed(long), { env })];
    expect(own).toEqual(other);
    expect(own.code, own.err).toBe(0);
    expect(own.out).not.toBe("");
  });

  it.each([
    ["routes - ", "routes -f -"],
    ["whatif - --remove-route to-nva", "whatif -f - --remove-route to-nva"],
  ])("%s reads stdin as %s", async (line, long) => {
    const stdin = armText(sampleRouteTable("udr"));
    const [own, other] = [await run(typed(line), { env, stdin }), await run(typed(long), { env, stdin })];
    expect(own).toEqual(other);
    expect(own.code).toBe(0);
  });

  it.each([
    ["routes last", /no route table was fetched before/],
    ["whichroute 10.0.0.4 last", /no route table was fetched before/],
    ["routes nic:", /a name is missing after 'nic:'/],
    ["check r.json", /r\.json is a\s+route table, not a policy/],
    ["routes sample:uder", /unknown sample 'uder'/],
    ["routes r.json --refresh", /--refresh works only with a table from Azure/],
    ["routes sample:udr --save x.json", /--save works only with a table from Azure/],
    ["whichroute 10.0.0.4 --expect r.json", /is not a valid expectation/],
    ["whichroute 10.0.0.4 --private-ip 10.0.0.5 r.json", /two route tables given:\s+--private-ip 10\.0\.0\.5 and/],
    ["whichroute 10.0.0.4 . gateway:gw1", /for the table that it keeps: .*whichroute 10\.0\.0\.4 \. --gateway gw1/],
    ["whichroute 10.0.0.4 r.json gateway:gw1", /or compare them: .*r\.json gateway:gw1/],
    [
      "whichroute 10.0.0.4 test/commands/mistakes/mistakes.test.ts test/commands/../commands/mistakes/mistakes.test.ts",
      /given:\s+test\/commands\/mistakes\/mistakes\.test\.ts\s+and\s+test\/commands\/\.\.\/commands\/mistakes\/mistakes/,
    ],
  ])("%s: %s", async (line, message) => {
    const { code, err } = await run(typed(line), { env });
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});

describe("a destination with a change of routes: the prediction is saved, then asked", () => {
  it.each([
    "whatif --remove-route to-nva r.json --ip 10.0.0.4",
    "whatif --dest=10.0.0.4 --remove-route to-nva r.json",
    "whichroute 10.0.0.4 --remove-route to-nva r.json",
  ])("%s", async (line) => {
    const { hint, args } = await corrected(line);
    expect(hint).toMatch(/^\s*predict the table, then ask whichroute about predicted\.json/);
    expect(short(args)).toBe("whatif --remove-route to-nva r.json --save predicted.json");
  });
});

describe("a common mistake is answered with a command line that can be pasted and works", () => {
  it.each<[string, string]>([
    // A destination or a file where a command is expected.
    ["10.0.0.4", "whichroute 10.0.0.4"],
    ["10.0.0.4 r.json", "whichroute 10.0.0.4 r.json"],
    ["r.json 10.0.0.4", "whichroute r.json 10.0.0.4"],
    ["r.json", "routes r.json"],
    ["-q r.json", "-q routes r.json"],
    ["--ip 10.0.0.4 r.json", "whichroute --ip 10.0.0.4 r.json"],
    ["--dest=10.0.0.4 -f r.json", "whichroute --ip 10.0.0.4 -f r.json"],
    ["-f r.json", "routes -f r.json"],
    ["--file=r.json 10.0.0.4", "whichroute --file r.json 10.0.0.4"],
    ["--remove-route to-nva r.json", "whatif --remove-route to-nva r.json"],
    // Commands.
    ["rotes r.json", "routes r.json"],
    ["explain 10.0.0.4 r.json", "whichroute 10.0.0.4 r.json"],
    ["lookup 20.60.0.4", "tags lookup 20.60.0.4"],
    ["tags 20.60.0.4", "tags lookup 20.60.0.4"],
    ["tags lokup 20.60.0.4", "tags lookup 20.60.0.4"],
    ["tags Storage", "tags show Storage"],
    ["tags lookup Storage", "tags show Storage"],
    ["tags list Storage", "tags list --service Storage"],
    ["rules", "help rules"],
    ["routes help", "help routes"],
    // Options of other programs, and near ones.
    ["whichroute --dest 10.0.0.4 r.json", "whichroute --ip 10.0.0.4 r.json"],
    ["whichroute --destination=10.0.0.4 r.json", "whichroute --ip 10.0.0.4 r.json"],
    ["whichroute --address 10.0.0.4 r.json", "whichroute --ip 10.0.0.4 r.json"],
    ["routes --ip 10.0.0.4 r.json", "whichroute --ip 10.0.0.4 r.json"],
    ["routes --address 10.0.0.4 r.json", "whichroute --ip 10.0.0.4 r.json"],
    ["whichroute default r.json", "whichroute 0.0.0.0/0 r.json"],
    ["routes r.json --json", "routes r.json -o json"],
    ["routes r.json --format json", "routes r.json --output json"],
    ["routes r.json -o jsno", "routes r.json -o json"],
    ["routes r.json --output=jsno", "routes r.json --output json"],
    ["routes r.json --no-colour", "routes r.json --color never"],
    ["routes --fiel r.json", "routes --file r.json"],
    ["routes -file r.json", "routes --file r.json"],
    ["whichroute -ip 10.0.0.4 r.json", "whichroute --ip 10.0.0.4 r.json"],
    ["routes file r.json", "routes --file r.json"],
    ["whatif r.json remove-route to-nva", "whatif r.json --remove-route to-nva"],
    [
      "whatif r.json --add-route 10.1.0.0/16=10.0.1.4",
      "whatif r.json --add-route 10.1.0.0/16=VirtualAppliance:10.0.1.4",
    ],
    ["diff --file r.json --file=after.json", "diff r.json after.json"],
    ["diff -f r.json --sample no-udr", "diff r.json sample:no-udr"],
    ["tags lookup --ip 20.60.0.4", "tags lookup 20.60.0.4"],
    ["tags show --tag Storage", "tags show Storage"],
    ["check --policy policy.yaml r.json", "check policy.yaml r.json"],
    // Sources.
    ["routes r.jsn", "routes r.json"],
    ["routes -f r.jsn", "routes -f r.json"],
    ["whichroute 10.0.0.4 r.jsn", "whichroute 10.0.0.4 r.json"],
    ["diff r.json aftr.json", "diff r.json after.json"],
    ["routes udr", "routes sample:udr"],
    ["routes sample=udr", "routes sample:udr"],
    ["routes sample", "routes sample:udr"],
    ["whichroute 10.0.0.4 -o r.json", "whichroute 10.0.0.4 -f r.json"],
    ["routes r.json after.json", "diff r.json after.json"],
    ["routes -f r.json -f after.json", "diff r.json after.json"],
    ["routes -f r.json after.json", "diff r.json after.json"],
    ["whichroute 10.0.0.4 --sample udr r.json", "diff sample:udr r.json"],
    ["check r.json policy.yaml", "check policy.yaml r.json"],
    // Destinations.
    ["whichroute r.json", "whichroute 10.1.2.3 r.json"],
    ["whichroute --ip r.json", "whichroute --ip 10.1.2.3 r.json"],
    ["whichroute ips.txt r.json", "whichroute @ips.txt r.json"],
    ["tags lookup ips.txt", "tags lookup @ips.txt"],
    ["routes r.json 10.0.0.4", "whichroute r.json 10.0.0.4"],
    ["routes r.json --expand 10.0.0.4", "routes r.json --expand --contains 10.0.0.4"],
    ["whichroute 10.0.0.0/255.255.0.0 r.json", "whichroute 10.0.0.0/16 r.json"],
    ["whichroute 10.0.0.0 255.255.0.0 r.json", "whichroute 10.0.0.0/16 r.json"],
    ["whichroute --ip 10.0.0.0 255.255.0.0 -f r.json", "whichroute --ip 10.0.0.0/16 -f r.json"],
    ["routes r.json --contains 10.0.0.0/255.255.0.0", "routes r.json --contains 10.0.0.0/16"],
    ["whichroute 10.0.0.1-10.0.0.9 r.json", "whichroute 10.0.0.1 10.0.0.2/31 10.0.0.4/30 10.0.0.8/31 r.json"],
    ["whichroute 10.0.0.1 - 10.0.0.2 r.json", "whichroute 10.0.0.1 10.0.0.2 r.json"],
    ["whichroute 10.0.0.4,10.0.0.5 r.json", "whichroute 10.0.0.4 10.0.0.5 r.json"],
    ["whichroute 10.0.0.4, r.json", "whichroute 10.0.0.4 r.json"],
    ["whichroute 10.0.0.4. r.json", "whichroute 10.0.0.4 r.json"],
    ["whichroute 10.0.0.4:443 r.json", "whichroute 10.0.0.4 r.json"],
    ["whichroute https://foo.blob.core.windows.net/x r.json", "whichroute foo.blob.core.windows.net --resolve r.json"],
    [
      "whichroute --ip foo.blob.core.windows.net -f r.json",
      "whichroute --ip foo.blob.core.windows.net --resolve -f r.json",
    ],
    ["whichroute foo.blob.core.windows.net:443 r.json", "whichroute foo.blob.core.windows.net --resolve r.json"],
    ["whichroute Storage sample:udr", "whichroute tag:Storage sample:udr"],
    ["whichroute --ip Microsoft.Storage --sample udr", "whichroute --ip tag:Storage --sample udr"],
    ["whichroute Storge r.json", "whichroute tag:Storage r.json"],
    // Pasted from a document.
    ["whichroute “10.0.0.4” r.json", "whichroute 10.0.0.4 r.json"],
    ["whichroute –ip 10.0.0.4 r.json", "whichroute --ip 10.0.0.4 r.json"],
    ["routes —file r.json", "routes --file r.json"],
    ["routes –f r.json", "routes -f r.json"],
  ])("%s: %s", async (line, expected) => {
    await run(["tags", "update", "--from", file("tags.json")], { env });
    const { hint, args } = await corrected(line);
    expect(short(args), hint).toBe(expected);
    // Without a source, the table fetched last is meant, and here there is none.
    const source = args.includes("whichroute") && args.length === 2 ? ["sample:udr"] : [];
    const { code, out, err } = await run([...args, ...source], { env });
    expect(code, err).toBe(0);
    expect(out).not.toBe("");
  });

  it.each([
    ["whichroute - sample:udr -o ndjson", "10.0.0.0/255.255.0.0\n", /"hint":"write 10\.0\.0\.0\/16"/],
    ["whichroute @- sample:udr", "10.0.0.1-10.0.0.2\n", /line 1: .* is a range; .*\n +write 10\.0\.0\.1 10\.0\.0\.2/],
    ["tags lookup - -o ndjson", "https://20.60.0.4/x\n", /"hint":"write 20\.60\.0\.4"/],
    ["check - sample:udr", "rules: [{to: 10.0.*, expect: {verdict: drop}}]", /has wildcards\n.*write 10\.0\.0\.0\/16/],
  ])("%s: lines of a file and of a policy get the same hint", async (line, stdin, hint) => {
    await run(["tags", "update", "--from", file("tags.json")], { env });
    const { code, out, err } = await run(typed(line), { env, stdin });
    expect(code).toBe(2);
    expect(`${out}${err}`).toMatch(hint);
  });

  it("words that a shell would split or run are quoted", async () => {
    writeFileSync(file("it's $(x).json"), armText(sampleRouteTable("udr")));
    const { err } = await run([file("it's $(x).json")], { env });
    expect(pasted(err)).toEqual(["routes", file("it's $(x).json")]);
  });

  it.each([
    [
      "whichroute 10.0.0.4 web01",
      "for a NIC write nic:web01, for a VM vm:web01, for a service tag tag:web01, for a host name add --resolve",
    ],
    ["routes web01", "for a NIC write nic:web01, for a VM vm:web01"],
    ["whatif 10.0.0.4 r.json", "ask: vnet-explain whichroute 10.0.0.4"],
    ["whichroute 10.0.0.4 -", "for a route table on stdin: vnet-explain whichroute 10.0.0.4 -f -"],
    ["diff r.json", "usage: vnet-explain diff [options] <before> <after>"],
    ["tags lookup https://foo.example/x", "give one of its addresses: nslookup foo.example"],
    ["routes r.json --output=", "see: vnet-explain help output"],
    ["routes --nic a --sample udr", "give one of them"],
    ["routes r.json --interval soon", "give a number of seconds, at most 86400"],
    ["trace --from a --to 10.0.0.4 --port x", "a port is a number from 1 to 65535"],
    ["whichroute tag: r.json", "write tag:NAME, e.g. tag:Storage"],
    ["tags lookup foo", "give an address or a prefix; vnet-explain tags show NAME prints the prefixes of a tag"],
    ["tags lookup intrnet", "give an address or a prefix; vnet-explain tags show NAME prints the prefixes of a tag"],
    ["tags lookup tag:", "give an address or a prefix; vnet-explain tags show NAME prints the prefixes of a tag"],
    [
      "trace nodir --from a --to 10.0.0.4",
      "give a snapshot or a folder of exports, or none to ask Azure; the ends are --from and --to",
    ],
    [
      "trace nic:web --from a --to 10.0.0.4",
      "give a snapshot or a folder of exports, or none to ask Azure; the ends are --from and --to",
    ],
    [
      "trace 10.1.2.3 --from a --to 10.0.0.4",
      "give a snapshot or a folder of exports, or none to ask Azure; the ends are --from and --to",
    ],
    ["routes contains", "for a NIC write nic:contains, for a VM vm:contains"],
    ["whichroute 10.0.0.4 r.json -o x/markdown", "see: vnet-explain help output"],
    ["check none/such r.json", "check the path; to write a policy, see: vnet-explain help policies"],
  ])("%s: %s", async (line, hint) => {
    expect((await corrected(line)).hint.trim()).toBe(hint);
  });

  const toldOf = (what: string) => `error: the ${what} is empty\n       ${UNSET}\n`;
  const UNSET = "a shell variable in the command may be empty or unset";

  it.each([
    [["whichroute", "", "sample:udr"], "argument for a destination or a route table"],
    [["trace", "", "--from", "a", "--to", "10.0.0.4"], "argument for a directory"],
    [["whichroute", "sample:udr", " "], "argument for a destination or a route table"],
    [["routes", ""], "argument for a route table"],
    [["whatif", "", "--remove-route", "to-nva"], "argument for a route table"],
    [["diff", "", "sample:udr"], "argument for a route table"],
    [["diff", "sample:udr", ""], "argument for a route table"],
    [["check", file("policy.yaml"), ""], "argument for a route table"],
    [["check", "", "sample:udr"], "name of a file"],
    [["routes", "--file", ""], "name of a file"],
    [["tags", "diff", "", file("tags.json")], "name of a file"],
    [["tags", "lookup", ""], "argument for an address"],
  ])("%j: an empty word is probably an unset variable", async (args, what) => {
    expect(await run(args, { env })).toEqual({ code: 2, out: "", err: toldOf(what) });
  });

  it("255.255.255.255 and 0.0.0.0 are two addresses, not one with a netmask", async () => {
    const { code, out } = await run(["whichroute", "255.255.255.255", "0.0.0.0", "sample:udr", "-o", "json"]);
    expect(code).toBe(0);
    const asked = JSON.parse(out).explanations.map(({ destination }: { destination: string }) => destination);
    expect(asked).toEqual(["255.255.255.255", "0.0.0.0"]);
  });

  it("an unknown column: only those of this output are listed", async () => {
    const list = (await run(typed("routes r.json --sort asPath"), { env })).err.split("columns: ")[1];
    const { code, err } = await run(typed("routes r.json --sort zzz"), { env });
    expect(code).toBe(2);
    expect(err).toContain(`columns: ${list?.trim()}; snapshots, routers and flow logs have others\n`);
    expect(list).not.toMatch(/asPath|messagesReceived|nics/);
  });

  it.each([
    ["routes r.json -g rg", "-g has no effect: the route table is a file"],
    ["routes sample:udr --subscription x", "--subscription has no effect: the route table is a sample"],
    ["whichroute 10.0.0.4 r.json -g rg", "-g has no effect: the route table is a file"],
    ["diff r.json after.json -g rg", "-g has no effect: the route table is a file"],
    ["diff sample:udr after.json -g rg", "-g has no effect: the route table is a sample"],
    ["check policy.yaml r.json -g rg", "-g has no effect: the route table is a file"],
    [
      "whichroute 10.0.0.4 r.json --addresses map.csv",
      "--addresses has no effect: it names the addresses of a folder of exports",
    ],
  ])("%s: an option without effect is a note, once", async (line, note) => {
    const plain = await run(typed(line.replace(/ (-g|--subscription|--addresses) \S+/, "")), { env });
    const { code, out, err } = await run(typed(line), { env });
    expect({ code, out }).toEqual({ code: plain.code, out: plain.out });
    expect(err.split(note)).toHaveLength(2);
  });

  it("-v counts one row as one", async () => {
    const row = { source: "Default", state: "Active", addressPrefix: ["0.0.0.0/0"], nextHopType: "Internet" };
    const { err } = await run(["routes", "-", "-v"], { env, stdin: JSON.stringify([row]) });
    expect(err).toContain("routes: standard input; 1 row, read as ");
  });

  it("a value that an option does not have: the first line is short, and the values are below it", async () => {
    const { code, err } = await run(typed("routes r.json --export excel"), { env });
    expect(code).toBe(2);
    expect(err).toMatch(/^error: invalid value 'excel' for --export\n +one of: sqlite, postgres, .*parquet\n$/s);
  });

  it("trace says that a file is not a directory", async () => {
    const { code, err } = await run(typed("trace r.json --from a --to 10.0.0.4"), { env });
    expect(code).toBe(2);
    expect(err).toMatch(/r\.json: it is a file, not a directory\n +give a snapshot directory or a folder/);
  });

  it("help names each command and topic once", async () => {
    const [, names = ""] = /one of: (.*)/.exec((await run(["help", "1234567"])).err) ?? [];
    const all = names.split(", ");
    expect(all).toContain("precedence");
    expect(new Set(all).size).toBe(all.length);
  });
});
