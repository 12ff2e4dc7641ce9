import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { scratchDirectory } from "../built-program.ts";
import { run } from "./run-in-process.ts";

const scratch = scratchDirectory();
afterAll(() => scratch.remove());

const row = { source: "Default", state: "Active", nextHopIpAddress: [] };
const table = (type: string) =>
  JSON.stringify([
    { ...row, addressPrefix: ["10.0.0.0/16"], nextHopType: "VnetLocal" },
    { ...row, addressPrefix: ["0.0.0.0/0"], nextHopType: type },
  ]);

const file = (name: string, text: string) => {
  writeFileSync(join(scratch.path, name), text);
  return join(scratch.path, name);
};
const plain = file("plain.json", table("Internet"));
const later = file("later.json", table("Moonbeam"));
const folder = join(scratch.path, "folder");
mkdirSync(folder);
writeFileSync(join(folder, "a.json"), table("Internet"));
writeFileSync(join(folder, "b.json"), table("Moonbeam"));

const policy = (type: string) =>
  file(
    `${type.replace(/\W/g, "")}.yaml`,
    `rules:\n  - to: 10.0.0.0/24\n    expect: {not: {next-hop: ${JSON.stringify(type)}}}\n`,
  );

/** Every place that takes a next hop type, asked about a table or a folder of tables. */
const questions = (type: string, source: string): readonly (readonly string[])[] => [
  ["whichroute", "10.0.0.4", source, "--expect", `next-hop!=${type}`],
  ["check", policy(type), source],
  ...(source === folder ? [] : [["routes", source, "--next-hop", type]]),
];

describe.each([
  ["a table", plain],
  ["a stream", plain],
  ["a folder", folder],
])("next hop types of %s", (what, source) => {
  const asked = (type: string) =>
    what === "a stream"
      ? [["whichroute", "-", source, "--expect", `next-hop!=${type}`]]
      : questions(type, source).map((words) => [...words]);

  it.each([
    ["NVA", "did you mean: VirtualAppliance"],
    ["Firewall", "did you mean: VirtualAppliance"],
    ["Azure Firewall", "did you mean: VirtualAppliance"],
    ["the appliance", "did you mean: VirtualAppliance"],
    ["VPN", "did you mean: VirtualNetworkGateway"],
    ["ExpressRoute", "did you mean: VirtualNetworkGateway"],
    ["Gateway", "did you mean: VirtualNetworkGateway"],
    ["blackhole", "did you mean: None"],
    ["Sunbeam12345", "one of: VnetLocal, VNetPeering, "],
  ])("%s, which no row has, is refused", async (type, hint) => {
    for (const words of asked(type)) {
      const { code, out, err } = await run(words, { stdin: "10.0.0.4\n" });
      expect({ code, out }, words.join(" ")).toEqual({ code: 2, out: "" });
      expect(err).toContain(`unknown next hop type '${type}'`);
      expect(err.replaceAll(/\s+/g, " ")).toContain(hint);
    }
  });

  it.each(["Virtual appliance", "privateendpoint", "HyperNetGateway"])(
    "%s, which is known, is taken although no row has it",
    async (type) => {
      for (const words of asked(type)) {
        const { code, err } = await run(words, { stdin: "10.0.0.4\n" });
        expect(code, `${words.join(" ")}: ${err}`).toBe(0);
      }
    },
  );
});

describe.each([
  ["a table", later],
  ["one of the tables of a folder", folder],
])("a next hop type that Azure added is taken where %s has it", (_, source) => {
  it.each(questions("moonbeam", source).map((words) => [words]))("%j", async (words) => {
    const { code, err } = await run([...words]);
    expect(code, err).toBe(0);
  });
});
