import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scratchDirectory } from "../../../built-program.ts";
import { run } from "../../run-in-process.ts";

const scratch = scratchDirectory();
afterAll(() => scratch.remove());
const path = (name: string) => join(scratch.path, name);

const row = (network: string, nextHop: string | undefined, asPath: string, more: object = {}) => ({
  ...{ asPath, localAddress: "10.9.0.4", network, nextHop, origin: nextHop === undefined ? "Network" : "EBgp" },
  ...{ sourcePeer: nextHop ?? "10.9.0.4", weight: 32768, ...more },
});
const json = (...value: readonly object[]) => JSON.stringify({ value }, null, 2);
const TABLE = `Gateway: gw1
Network       NextHop    Origin    SourcePeer    AsPath       Weight
------------  ---------  --------  ------------  -----------  --------
10.9.0.0/16              Network   10.9.0.4                   32768
10.1.0.0/16   10.8.0.4   EBgp      10.8.0.4      65000        32768

Gateway: gw2
Network       NextHop    Origin    SourcePeer    AsPath       Weight
------------  ---------  --------  ------------  -----------  --------
10.2.0.0/16   10.8.0.5   EBgp      10.8.0.5      65000-65001  32768
`;
const NIC = json({
  ...{ source: "Default", state: "Active", addressPrefix: ["10.0.0.0/8"], nextHopType: "VnetLocal" },
  nextHopIpAddress: [],
});

beforeAll(() => {
  mkdirSync(scratch.path, { recursive: true });
  const files = {
    "learned.json": json(row("10.9.0.0/16", undefined, ""), row("10.1.0.0/16", "10.8.0.4", "65000-65001")),
    "later.json": json(row("10.9.0.0/16", undefined, ""), row("10.1.0.0/16", "10.8.0.5", "65000")),
    "instances.json": json(row("10.1.0.0/16", "10.8.0.4", "65000"), {
      ...row("10.1.0.0/16", "10.8.0.5", "65000"),
      localAddress: "10.9.0.5",
    }),
    "mutual.json": json(
      row("10.1.0.0/16", "10.8.0.4", "65000"),
      row("10.1.0.0/16", "10.9.0.5", "65000", { origin: "IBgp" }),
      row("10.1.0.0/16", "10.8.0.4", "65000", { localAddress: "10.9.0.5" }),
      row("10.1.0.0/16", "10.9.0.4", "65000", { origin: "IBgp", localAddress: "10.9.0.5" }),
      row("10.2.0.0/16", "10.9.0.4", "65000", { origin: "IBgp", localAddress: "10.9.0.5" }),
    ),
    "two.txt": TABLE,
    "nic.json": NIC,
    "empty.json": '{"value":[]}',
    "advertised.txt": `# az network vnet-gateway list-advertised-routes -g g -n gw1 --peer 10.8.0.4 -o json\n{ "value": [] }\n`,
    "peers.json": json({
      asn: 65000,
      localAddress: "10.9.0.4",
      neighbor: "10.8.0.4",
      state: "Connecting",
      routesReceived: 0,
    }),
    "broken.json": json({ ...row("10.1.0.0/16", "10.8.0.4", "65000"), weight: null, asPath: undefined }),
    "policy.yaml": "rules:\n  - {to: internet, expect: {next-hop: Internet}}\n",
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path(name), text);
});

/** The arguments with file names as paths. */
const asked = (...args: readonly string[]) =>
  run(
    args.map((each) => (/\.(json|txt|yaml)$/.test(each) ? path(each) : each)),
    { columns: 100 },
  );

describe("--expect", () => {
  it.each<[readonly string[], number, string]>([
    [["10.1.2.3", "--expect", "via=10.8.0.4", "prefix=10.1.0.0/16", "verdict=forward"], 0, ""],
    [["10.9.0.1", "--expect", "verdict=own-network"], 0, ""],
    [["10.1.2.3", "--expect", "via=10.8.0.9"], 3, "10.1.2.3: expected via 10.8.0.9, got 10.8.0.4"],
    [["10.1.2.3", "--expect", "via!=10.8.0.4,10.8.0.5"], 3, "expected via not 10.8.0.4 or 10.8.0.5, got 10.8.0.4"],
    [["10.9.0.1", "--expect", "via=10.8.0.4"], 3, "expected via 10.8.0.4, got own-network (10.9.0.0/16, own-network)"],
    [["10.7.0.1", "--expect", "prefix=10.1.0.0/16"], 3, "expected prefix 10.1.0.0/16, got none (no-route)"],
  ])("judges a router's answers: %j", async (args, code, message) => {
    const ended = await asked("whichroute", ...args, "learned.json", "-o", "none", "-q");
    expect([ended.code, ended.err]).toEqual([code, expect.stringContaining(message)]);
  });

  it("judges each instance, and a stream line by line", async () => {
    const { code, err } = await asked("whichroute", "10.1.2.3", "instances.json", "--expect", "via=10.8.0.4", "-q");
    expect([code, err]).toEqual([3, expect.stringMatching(/^10\.1\.2\.3 at 10\.9\.0\.5: expected via/)]);
    expect(err).toContain("1 of 2 answers are not as expected");
    const stream = await run(
      ["whichroute", "-", path("learned.json"), "--expect", "via=10.8.0.4", "-o", "none", "-q"],
      {
        stdin: "10.1.2.3\n10.9.0.1\n10.1.0.0/16\n",
      },
    );
    expect(stream.code).not.toBe(0);
    expect(stream.err).toContain("10.9.0.1: expected via 10.8.0.4, got own-network");
    expect(stream.err).toContain("1 record was refused");
  });
});

describe("a file with the table of a gateway", () => {
  it("is printed as such by routes", async () => {
    const { code, out } = await asked("routes", "learned.json", "-o", "tsv");
    expect(code).toBe(0);
    expect(out.split("\n")).toEqual([
      "10.1.0.0/16\t10.8.0.4\t-\t-\tEBgp\t65000-65001\t32768\t-\t-\t10.8.0.4\t10.9.0.4",
      "10.9.0.0/16\t-\t-\t-\tNetwork\t-\t32768\t-\t-\t10.9.0.4\t10.9.0.4",
      "",
    ]);
  });

  it("shows routes of instances through each other as one, and each with --expand", async () => {
    const { out } = await asked("routes", "mutual.json");
    expect(out.split("\n").slice(0, 4)).toEqual([
      "PREFIX       NEXT HOP          ORIGIN  AS PATH  WEIGHT  INSTANCE",
      "10.1.0.0/16  10.8.0.4          EBgp    65000    32768   all",
      "10.1.0.0/16  another instance  IBgp    65000    32768   all",
      "10.2.0.0/16  another instance  IBgp    65000    32768   10.9.0.5",
    ]);
    const { out: expanded } = await asked("routes", "mutual.json", "--expand");
    expect(expanded).toMatch(/^10\.1\.0\.0\/16 +10\.9\.0\.5 \(own instance\) +IBgp .* 10\.9\.0\.4$/m);
    expect(expanded).toMatch(/^10\.1\.0\.0\/16 +10\.9\.0\.4 \(own instance\) +IBgp .* 10\.9\.0\.5$/m);
  });

  it("shows only rows that overlap --contains", async () => {
    expect((await asked("routes", "learned.json", "--contains", "10.1.2.3", "-o", "tsv")).out.split("\n")).toHaveLength(
      2,
    );
    const { out, err } = await asked("routes", "learned.json", "--contains", "10.7.0.0/16", "-o", "tsv");
    expect([out, err]).toEqual(["", expect.stringContaining("none of the 2 rows overlaps 10.7.0.0/16")]);
  });

  it("is explained by whichroute", async () => {
    const { code, out } = await asked("whichroute", "10.1.2.3", "learned.json");
    expect(code).toBe(0);
    expect(out).toContain("10.8.0.4 by 10.1.0.0/16, EBgp, AS path 65000-65001 (inferred)");
    expect(out).toContain("gateway, learned routes");
  });

  it("is read from stdin", async () => {
    const { out } = await run(["whichroute", "10.1.2.3", "-f", "-", "-o", "short"], {
      stdin: TABLE.split("\n\n")[0] ?? "",
    });
    expect(out).toBe("10.1.2.3  10.8.0.4 by 10.1.0.0/16, EBgp, AS path 65000 (inferred)\n");
  });

  it("needs --table where the file has several", async () => {
    const { code, err } = await asked("routes", "two.txt");
    expect(code).toBe(2);
    expect(err).toContain("it holds the tables of 2 routers");
    expect(err).toContain("choose one: --table gw1");
    expect((await asked("routes", "two.txt", "--table", "GW2", "-o", "short")).out).toBe(
      "10.2.0.0/16  10.8.0.5  EBgp  65000-65001\n",
    );
  });

  it("may be empty, and says what that means", async () => {
    const { code, out, err } = await asked("routes", "advertised.txt");
    expect(code).toBe(0);
    expect(err).toContain("the table is empty");
    expect(out).toContain("Azure often returns an empty list of advertised routes");
    expect(out).toContain("gateway gw1, routes advertised to 10.8.0.4");
  });

  it("is compared with another by diff", async () => {
    const { code, out } = await asked("diff", "learned.json", "later.json", "-o", "short");
    expect([code, out]).toEqual([0, "10.1.0.0/16  moved  10.8.0.4 (AS 65000-65001) -> 10.8.0.5 (AS 65000)\n"]);
    expect((await asked("diff", "learned.json", "later.json", "--exit-code")).code).toBe(3);
    expect((await asked("diff", "learned.json", "learned.json", "--exit-code")).code).toBe(0);
  });

  it("becomes a page", async () => {
    const page = await asked("report", "learned.json", "10.1.2.3", "--out", "-");
    expect(page.code).toBe(0);
    expect(page.out).toContain("10.8.0.4 by 10.1.0.0/16");
    expect(page.out).toContain("<title>gateway, learned routes</title>");
    expect(page.out).not.toContain("<script>");
    expect((await asked("report", "peers.json", "--out", "-")).out).toContain("Connecting");
  });
});

describe("a set of addresses", () => {
  it("is split by the prefixes of the table, largest part first", async () => {
    const { code, out } = await asked("whichroute", "10.0.0.0/14", "learned.json", "-o", "csv");
    expect(code).toBe(0);
    const rows = out.trimEnd().split("\r\n");
    expect(rows.slice(1).map((row) => row.split(",").slice(0, 5).join(" "))).toEqual([
      "10.0.0.0/16 no-route   ",
      "10.2.0.0/15 no-route   ",
      "10.1.0.0/16 forward 10.8.0.4  10.1.0.0/16",
    ]);
    expect(rows.every((row, at) => at === 0 || row.includes(",10.0.0.0/14,"))).toBe(true);
  });

  it("has a row for each way, and --expand one for each part", async () => {
    const { out } = await asked("whichroute", "10.0.0.0/8", "learned.json");
    expect(out).toContain("10.0.0.0/8  ->  3 ways (inferred)");
    expect(out).toMatch(/65,536 IPv4 +10\.8\.0\.4 by 10\.1\.0\.0\/16, EBgp, AS path 65000-65001 +10\.1\.0\.0\/16/);
    expect(out).toMatch(/16,646,144 IPv4 +NO ROUTE.* 10\.0\.0\.0\/8 except 10\.1\.0\.0\/16, 10\.9\.0\.0\/16/);
    const expanded = await asked("whichroute", "10.0.0.0/14", "learned.json", "--expand");
    expect(expanded.out).toMatch(/NO ROUTE.* 10\.0\.0\.0\/16, 10\.2\.0\.0\/15/);
  });

  it("that the table does not split is answered in one line", async () => {
    const { out } = await asked("whichroute", "10.1.2.0/24", "learned.json");
    expect(out).toContain("10.1.2.0/24  ->  10.8.0.4 by 10.1.0.0/16, EBgp, AS path 65000-65001 (inferred)\n");
    expect(out).not.toContain("ADDRESSES");
    expect((await asked("whichroute", "10.1.2.0/24", "learned.json", "-o", "short")).out).toBe(
      "10.1.2.0/24  10.8.0.4 by 10.1.0.0/16, EBgp, AS path 65000-65001 (inferred)\n",
    );
  });

  it("is one line among several destinations", async () => {
    const { out } = await asked("whichroute", "10.1.2.3", "10.0.0.0/8", "private", "learned.json");
    expect(out).toMatch(/^10\.1\.2\.3 +-> +10\.8\.0\.4 by/m);
    expect(out).toMatch(
      /^10\.0\.0\.0\/8 +-> +16,646,144 IPv4 without a route, 65,536 IPv4 to 10\.8\.0\.4, 65,536 IPv4 to net/m,
    );
    expect(out).toMatch(/^private +-> /m);
  });

  it("that is a tag needs service tags", async () => {
    const { code, out, err } = await asked("whichroute", "tag:Storage", "learned.json");
    expect([code, out]).toEqual([5, ""]);
    expect(err).toContain("cannot look up tag:Storage without service tags");
  });

  it("is a card of the page", async () => {
    const { code, out } = await asked("report", "learned.json", "10.0.0.0/8", "--out", "-");
    expect(code).toBe(0);
    expect(out).toContain("Where the addresses of 10.0.0.0/8 go");
    expect(out).toContain("10.0.0.0/8 except 10.1.0.0/16, 10.9.0.0/16");
  });
});

describe("destinations from stdin", () => {
  const stdin = "10.1.2.3\n# a remark\n\n1.2.3\n10.1.4.0/24\nnonsense\n10.9.0.7\n";
  const streamed = (...args: readonly string[]) =>
    run(["whichroute", "-", path("learned.json"), ...args], { stdin, columns: 100 });

  it("are answered in order, refused lines in their place", async () => {
    const { code, out, err } = await streamed("-o", "short");
    expect(code).toBe(2);
    expect(err).toContain("2 records were refused");
    expect(out.split("\n").map((line) => line.replace(/ by .*|: .*/, ""))).toEqual([
      "10.1.2.3  10.8.0.4",
      "1.2.3  refused",
      "10.1.4.0/24  10.8.0.4",
      "nonsense  refused",
      "10.9.0.7  a network in Azure",
      "",
    ]);
  });

  it.each(["json", "ndjson", "csv", "tsv", "yaml", "markdown", "table", "none"])(
    "are printed as %s",
    async (format) => {
      const { code, out } = await streamed("-o", format);
      expect(code).toBe(2);
      if (format === "json") {
        const { explanations, gatewayTable } = JSON.parse(out);
        expect(explanations.map((each: { error?: object }) => each.error !== undefined)).toEqual([
          ...[false, true, false, true, false],
        ]);
        expect(gatewayTable.kind).toBe("gateway-learned");
      } else if (format !== "none") {
        for (const text of ["10.1.2.3", "10.1.4.0/24", "10.9.0.7", "nonsense"]) expect(out).toContain(text);
      }
    },
  );
});

describe("a list of BGP peers", () => {
  it("is printed with the sessions that are down", async () => {
    const { code, out } = await asked("routes", "peers.json");
    expect(code).toBe(0);
    expect(out).toMatch(/10\.8\.0\.4 +65000 +Connecting +0 +10\.9\.0\.4/);
    expect(out).toContain("no session with 10.8.0.4");
  });
});

describe("refusals", () => {
  it.each<[string, readonly string[], string, string]>([
    [
      "check judges NICs",
      ["check", "policy.yaml", "learned.json"],
      "gateway, learned routes: it is not the table of a network interface",
      "routes, whichroute, diff and report take",
    ],
    [
      "whatif predicts NICs",
      ["whatif", "-f", "learned.json", "--add-route", "0.0.0.0/0=Internet"],
      "it is not the table of a network interface",
      "routes, whichroute, diff and report take",
    ],
    [
      "a NIC is not compared with a gateway",
      ["diff", "nic.json", "learned.json"],
      "not comparable: the table of a network interface and gateway, learned routes",
      "compare a NIC with a NIC",
    ],
    [
      "peers are not compared",
      ["diff", "peers.json", "learned.json"],
      "not comparable: gateway, BGP peers and gateway, learned routes",
      "compare tables of routes",
    ],
    [
      "peers have no routes",
      ["whichroute", "10.1.2.3", "peers.json"],
      "it lists BGP peers, not routes",
      "give the learned routes",
    ],
    [
      "a flow log is for NICs",
      ["whichroute", "--flow-log", "flows.json", "learned.json"],
      "--flow-log works only with the effective routes",
      "remove it",
    ],
    [
      "a tag is expected of a NIC's answer alone",
      ["whichroute", "10.1.2.3", "learned.json", "--expect", "tag=Storage"],
      "--expect tag works only with the routes of a network interface",
      "the tables of routers have: next-hop, via, prefix, verdict",
    ],
    [
      "so is a verdict that no router's answer has",
      ["whichroute", "-", "learned.json", "--expect", "verdict!=drop"],
      "unknown verdict 'drop'",
      "one of: forward, own-network, no-route",
    ],
    [
      "a name of a next hop is expected of a router's answer alone",
      ["whichroute", "10.1.2.3", "nic.json", "--expect", "via=office"],
      "'office' is not an IPv4 or IPv6 address",
      "",
    ],
    [
      "what no answer can be is refused before the table is read",
      ["whichroute", "10.1.2.3", "--file", "missing.json", "--expect", "via=10.8.0.999"],
      "10.8.0.999",
      "",
    ],
    [
      "--state is for NICs",
      ["routes", "learned.json", "--state", "Active"],
      "--state works only with the effective routes",
      "remove it",
    ],
    [
      "--export is for NICs",
      ["routes", "learned.json", "--export", "kql"],
      "--export works only with the effective routes",
      "remove it",
    ],
    [
      "--contains is for routes",
      ["routes", "peers.json", "--contains", "10.0.0.1"],
      "--contains works only with",
      "remove it",
    ],
    ["a table that lost its AS paths", ["routes", "broken.json"], "row 1 has no 'asPath'", "export it as JSON"],
  ])("%s", async (_, args, message, hint) => {
    const { code, out, err } = await asked(...args);
    expect([code, out]).toEqual([2, ""]);
    expect(err.replace(/\s+/g, " ")).toContain(message);
    expect(err.replace(/\s+/g, " ")).toContain(hint);
  });

  it("an empty list that names no router is the empty table of a NIC", async () => {
    const { code, err } = await asked("routes", "empty.json");
    expect([code, err]).toEqual([0, expect.stringContaining("the route table is empty")]);
  });
});

describe("--columns", () => {
  it("takes the columns of such a table", async () => {
    expect((await asked("routes", "learned.json", "-o", "csv", "--columns", "addressPrefix,weight")).out).toBe(
      "addressPrefix,weight\r\n10.1.0.0/16,32768\r\n10.9.0.0/16,32768\r\n",
    );
    expect((await asked("routes", "peers.json", "-o", "tsv", "--columns", "neighbor,state")).out).toBe(
      "10.8.0.4\tConnecting\n",
    );
    expect(
      (await asked("whichroute", "10.1.2.3", "learned.json", "-o", "tsv", "--columns", "nextHop,asPath")).out,
    ).toBe("10.8.0.4\t65000-65001\n");
  });
});
