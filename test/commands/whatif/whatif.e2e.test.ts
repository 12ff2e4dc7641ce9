import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { runBuilt, scratchDirectory } from "../../built-program.ts";
import { hasSharedData, sharedPath } from "../../shared-data.ts";
import { run } from "../run-in-process.ts";

const BUILT = fileURLToPath(new URL("../../../bin/vnet-explain.js", import.meta.url));

const scratch = scratchDirectory();
afterAll(() => scratch.remove());

const file = (name: string) => join(scratch.path, name);
const ROUTE = ["--add-route", "0.0.0.0/0=VirtualAppliance:10.10.10.10", "--name", "to-nva"];
const ENDPOINT = ["--add-endpoint", "Microsoft.Storage", "--region", "westeurope"];
const TAGS = ["--tags", sharedPath("data/service-tags/ServiceTags_Public_20231106.json")];

async function built(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runBuilt(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining("error") });
  return stdout;
}

const json = async (...args: readonly string[]) => JSON.parse(await built(...args, "-o", "json", "-q"));
const inAnyOrder = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort();

describe("the three test setups follow from one another, by the built program", () => {
  it.each([
    ["no-udr", ROUTE, "udr"],
    ["udr", ENDPOINT, "udr-and-endpoint"],
    ["no-udr", [...ROUTE, ...ENDPOINT], "udr-and-endpoint"],
    ["no-udr", [...ENDPOINT, ...ROUTE], "udr-and-endpoint"],
    ["udr-and-endpoint", ["--remove-endpoint", "Microsoft.Storage"], "udr"],
  ])("%s with %j is %s: the same rows, and no address moves", async (before, changes, after) => {
    const saved = file(`${before}-${changes.length}.json`);
    const report = await json("whatif", "--sample", before, ...changes, "--save", saved);
    expect(inAnyOrder(report.routes)).toEqual(inAnyOrder((await json("routes", "--sample", after)).routes));
    expect((await runBuilt(["diff", saved, `sample:${after}`, "--exit-code", "-q"])).code).toBe(0);
  });

  it("prints the prediction, the rules with their certainty, and what cannot be known", async () => {
    const report = await json("whatif", "--sample", "no-udr", ...ROUTE, ...ENDPOINT);
    expect(report.certainty).toBe("observed");
    expect(report.rules.map(({ id, status }: { id: string; status: string }) => `${id} ${status}`)).toEqual([
      "same-prefix documented",
      "user-route documented",
      "appliance-out-of-reach observed",
      "endpoint-of-region-pair observed",
    ]);
    expect(report.cautions.map(({ id }: { id: string }) => id)).toEqual([
      "storage-in-one-row",
      "endpoint-effects",
      "appliance-out-of-reach",
    ]);
    expect(report.routeTable.note).toMatch(/^A prediction, not Azure's answer/);
    expect(report.rows.map(({ row, fate }: { row: number; fate: string }) => `${row} ${fate}`)).toEqual([
      "1 turns-invalid",
      "2 appears",
      "3 appears",
      "4 appears",
    ]);
  });

  it.skipIf(!hasSharedData)("with the real tags: all but 149 prefixes goes from Internet to to-nva", async () => {
    const within = ["--add-route", "0.0.0.0/0=VirtualAppliance:10.0.10.10", "--name", "to-nva"];
    const { moves } = await json("whatif", "--sample", "no-udr", ...within, ...ENDPOINT, ...TAGS);
    const [all] = moves;
    expect(all.outline.prefixes).toEqual(["0.0.0.0/0"]);
    expect(all.before.nextHops).toEqual([{ nextHopType: "Internet", nextHopIpAddress: null }]);
    expect(all.after.nextHops).toEqual([{ nextHopType: "VirtualAppliance", nextHopIpAddress: "10.0.10.10" }]);
    const endpoints = moves.slice(1).flatMap(({ prefixes }: { prefixes: string[] }) => prefixes);
    // Adjacent prefixes of the endpoint's rows are merged, and the network's own is an exception too.
    expect(endpoints.length).toBeLessThanOrEqual(149);
    expect(all.outline.except.length).toBeLessThanOrEqual(150);
    expect(all).toMatchObject({ certainty: "documented", predictedBy: ["same-prefix", "user-route"] });
  });
});

describe("the predicted table can be used like any other", () => {
  it("whichroute, routes and diff read it and say that it is a prediction", async () => {
    const saved = file("onward.json");
    const { code, stderr } = await runBuilt(["whatif", "--sample", "no-udr", ...ROUTE, "--save", saved]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining("saved the predicted table to") });
    expect(Object.keys(JSON.parse(readFileSync(saved, "utf8")))).toEqual(["note", "value"]);
    const answer = await json("whichroute", "--ip", "8.8.8.8", "--file", saved);
    expect(answer.explanations[0]).toMatchObject({ verdict: "drop", winner: { name: "to-nva", nextHopType: "None" } });
    expect(answer.routeTable.note).toMatch(/^A prediction, not Azure's answer: add-route/);
    const { moved } = await json("diff", "sample:no-udr", saved);
    expect(moved).toEqual((await json("whatif", "--sample", "no-udr", ...ROUTE)).moved);
  });

  it("accepts further changes", async () => {
    const [one, two] = [file("one.json"), file("two.json")];
    await built("whatif", "--sample", "no-udr", ...ROUTE, "--save", one, "-o", "none");
    await built("whatif", "--file", one, "--remove-route", "0.0.0.0/0", "--save", two, "-o", "none");
    expect(JSON.parse(readFileSync(two, "utf8")).note).toMatch(/remove-route 0\.0\.0\.0\/0\. A prediction.*add-route/);
    expect((await runBuilt(["diff", two, "sample:no-udr", "-q", "-o", "tsv"])).stdout.split("\n")[0]).toMatch(/^10\./);
  });

  it("can be saved to /dev/stdout", () => {
    const program = (args: string) => `"${process.execPath}" "${BUILT}" ${args}`;
    const { stdout, status } = spawnSync(
      "bash",
      [
        "-c",
        `set -o pipefail; ${program(`whatif --sample no-udr ${ROUTE.join(" ")} --save /dev/stdout -o none -q`)} |
         ${program("whichroute --ip 8.8.8.8 -f - -q -o tsv")}`,
      ],
      { encoding: "utf8" },
    );
    expect({ status, verdict: stdout.split("\t")[1] }).toEqual({ status: 0, verdict: "drop" });
  });

  it("the rows of the JSON output are a readable table", async () => {
    const rows = await built("whatif", "--sample", "no-udr", ...ROUTE, "-o", "json", "--query", "routes", "-q");
    const { code, stdout } = await runBuilt(["routes", "-f", "-", "-q", "-o", "tsv"], { stdin: rows });
    expect({ code, lines: stdout.trim().split("\n").length }).toEqual({ code: 0, lines: 3 });
  });
});

describe("names and regions belong to their route and endpoint", () => {
  const two = ["--add-route", "10.8.0.0/16=None", "--name", "a", "--add-route", "10.9.0.0/16=None", "--name", "b"];
  it.each([
    ["each behind its route", two, ["a", "b"]],
    ["the only name before the only route", ["--name", "a", "--add-route", "10.8.0.0/16=None"], ["a"]],
    ["a route without a name", two.slice(0, 6), ["a", null]],
    ["the second alone", two.slice(4).concat(two.slice(0, 2)), ["b", null]],
    ["a route that goes before another takes its place", ["--remove-route", "to-nva", ...ROUTE], []],
  ])("%s", async (_, changes, names) => {
    const { code, out } = await run(["whatif", "--sample", "udr", ...changes, "-o", "json", "-q"]);
    expect(code).toBe(0);
    const added = JSON.parse(out).rows.filter(
      (row: { fate: string; source: string }) => row.source === "User" && row.fate === "appears",
    );
    expect(
      added.map(({ name }: { name: string | null }) => name).filter((name: string | null) => name !== "to-nva"),
    ).toEqual(names);
  });
});

describe("an impossible change is refused before anything is printed or saved", () => {
  it.each<[string, readonly string[], number, RegExp]>([
    ["no change", [], 2, /no change given/],
    ["a name for nothing", ["--name", "a", "--remove-route", "to-nva"], 2, /--name a does not follow an --add-route/],
    [
      "a name in the wrong place",
      ["--name", "a", "--add-route", "1.0.0.0/8=None", "--add-route", "2.0.0.0/8=None"],
      2,
      /--name a does not follow an/,
    ],
    [
      "a region for nothing",
      ["--remove-route", "to-nva", "--region", "westeurope"],
      2,
      /--region works only with --add-endpoint/,
    ],
    ["a region that is needed", ENDPOINT.slice(0, 2), 2, /add --region/],
    ["a region that is none", [...ENDPOINT.slice(0, 3), "westeurpe"], 2, /did you mean: westeurope/],
    [
      "a service that is none",
      ["--add-endpoint", "Microsoft.Storag", "--region", "westeurope"],
      2,
      /Microsoft\.Storage/,
    ],
    ["a route that is there", ROUTE, 2, /a user route called to-nva already exists/],
    ["a prefix that is there", ROUTE.slice(0, 2), 2, /a user route for 0\.0\.0\.0\/0 already exists/],
    ["a route that is not there", ["--remove-route", "to-nav"], 2, /to-nva/],
    ["host bits", ["--add-peering", "10.1.0.1/16"], 2, /host bits/],
    ["an overlap", ["--add-peering", "10.0.0.0/8"], 2, /overlaps 10\.0\.0\.0\/16/],
    ["propagation half on", ["--propagate-bgp", "half"], 2, /on or off/],
  ])("%s", async (_, changes, expected, reason) => {
    const saved = file("never.json");
    const { code, out, err } = await run(["whatif", "--sample", "udr", ...changes, "--save", saved]);
    expect({ code, out }).toEqual({ code: expected, out: "" });
    expect(err).toMatch(reason);
    expect(() => readFileSync(saved)).toThrow(/ENOENT/);
  });

  it.each([[ENDPOINT], [["--remove-endpoint", "Microsoft.Sql"]], [["--add-route", "Storage=Internet"]]])(
    "%j without service tags is exit code 5, before the routes are read",
    async (changes) => {
      const { code, out, err } = await run(["whatif", "-f", "/nonexistent/routes.json", ...changes]);
      expect({ code, out }).toEqual({ code: 5, out: "" });
      expect(err).toMatch(/require service tags\n.*tags update/);
    },
  );

  it("a file that cannot be written: nothing is printed", async () => {
    writeFileSync(file("no-directory"), "");
    const { code, out, err } = await run(["whatif", "--sample", "no-udr", ...ROUTE, "--save", file("no-directory/x")]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/cannot write the predicted routes/);
  });
});

describe("for people", () => {
  it("moves, rows, cautions and the verdict; with --expand the table, with -v the rules", async () => {
    const asked = ["whatif", "--sample", "no-udr", ...ROUTE, ...ENDPOINT, "-q"];
    const brief = (await run(asked)).out;
    expect(brief).not.toMatch(/^new +User|^rules of the prediction|https:/m);
    const { out } = await run([...asked, "--expand", "-v"]);
    for (const part of [
      /^what if {2}add-route 0\.0\.0\.0\/0=VirtualAppliance:10\.10\.10\.10 named to-nva$/m,
      /^now Invalid +Default +Invalid +0\.0\.0\.0\/0 +Internet/m,
      /^new +User +Active +0\.0\.0\.0\/0 +None +10\.10\.10\.10 +to-nva/m,
      /^- +Default +Active +10\.0\.0\.0\/16/m,
      /^ {2}x {2}4,294,901,678 IPv4 {2}Internet -> DROPPED by to-nva \(observed\) {2}/m,
      /^ {2}! The service then sees private source addresses/m,
      /^4,294,901,758 IPv4 addresses would change next hop \(observed\)$/m,
      /appliance-out-of-reach \(observed\): /,
    ]) {
      expect(out).toMatch(part);
    }
  });

  it("says if nothing moves", async () => {
    const { out } = await run([
      "whatif",
      "--sample",
      "no-udr",
      "--add-route",
      "10.0.0.0/17=VnetLocal",
      "-q",
      "--expand",
    ]);
    expect(out).toMatch(/\nno address would change next hop\n$/);
    expect(out).toMatch(/^new +User/m);
  });

  it("folds many removed None rows into one line, and shows new ones", async () => {
    const none = (prefix: string) => ({
      source: "Default",
      state: "Active",
      addressPrefix: [prefix],
      nextHopType: "None",
    });
    const rows = [
      { ...none("0.0.0.0/0"), nextHopType: "Internet" },
      ...["10.0.0.0/8", "127.0.0.0/8", "100.64.0.0/10"].map(none),
    ];
    writeFileSync(file("none.json"), JSON.stringify(rows));
    const { out } = await run(["whatif", "-f", file("none.json"), "--add-route", "0.0.0.0/0=Internet", "-q"]);
    expect(out).toContain("3 rows of source Default to None disappear: 10.0.0.0/8, 127.0.0.0/8, 100.64.0.0/10");
    const back = await run(["whatif", "--sample", "udr", "--remove-route", "to-nva", "-q", "--expand"]);
    expect(back.out).toMatch(/^new +Default +Active +10\.0\.0\.0\/8 +None/m);
  });
});
