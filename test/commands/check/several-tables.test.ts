import { describe, expect, it } from "vitest";
import { hasSharedData, sharedPath } from "../../shared-data.ts";
import { run } from "../run-in-process.ts";

const row = (prefix: string, hop: string) => `| User | Active | ${prefix} | Virtual appliance | ${hop} |`;
const TWO = [
  "## nic1",
  "| Source | State | Address Prefixes | Next Hop Type | Next Hop IP Address |",
  "|---|---|---|---|---|",
  row("10.0.0.0/8", "10.1.0.4"),
  "",
  "## nic2",
  "| Source | State | Address Prefixes | Next Hop Type | Next Hop IP Address |",
  "|---|---|---|---|---|",
  row("10.0.0.0/8", "10.2.0.4"),
].join("\n");

describe("a file with the tables of several network interfaces", () => {
  it("is refused with their names, and a command line that works", async () => {
    const { code, out, err } = await run(["whichroute", "--ip", "10.9.9.9", "--file", "-"], { stdin: TWO });
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("the tables of 2 network interfaces");
    expect(err).toContain("nic1, nic2");
    expect(err).toContain("--table nic1");
  });

  it.each([
    ["nic1", "10.1.0.4"],
    ["NIC2", "10.2.0.4"],
  ])("--table %s reads that one", async (name, hop) => {
    const args = ["whichroute", "--ip", "10.9.9.9", "--file", "-", "--table", name, "-o", "json"];
    const { code, out } = await run(args, { stdin: TWO });
    expect(code).toBe(0);
    expect(JSON.parse(out).explanations[0].winner.nextHopIpAddress).toEqual([hop]);
  });

  it("--table with a similar name is refused with the right one", async () => {
    const { code, err } = await run(["routes", "--file", "-", "--table", "nic3"], { stdin: TWO });
    expect(code).toBe(2);
    expect(err).toMatch(/no table .nic3.(.|\n)*--table nic[12]/);
  });
});

describe.skipIf(!hasSharedData)("with a real file", () => {
  const file = sharedPath("data/pasted/01c-fabferri-ps-dump-of-8-nics.txt");

  it("--table completes the names in the file", async () => {
    const { out } = await run(["__complete", "--", "routes", "-f", file, "--table", ""]);
    expect(out).toMatch(/^vm1-NIC\t/m);
  });

  it("-v says how the file was read", async () => {
    const { err } = await run(["routes", "-f", file, "--table", "vm1-NIC", "-v"]);
    expect(err).toMatch(/\d+ rows, read as powershell table/);
  });
});
