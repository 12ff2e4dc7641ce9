import { writeFileSync } from "node:fs";
import { join } from "node:path";
import stringWidth from "string-width";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TOPIC_NAMES } from "../../src/commands/help/topic-list.ts";
import { COMMANDS } from "../../src/commands/registry.ts";
import { subcommands } from "../../src/commands/tags/tags.ts";
import { scratchDirectory } from "../built-program.ts";
import { hasSharedData, listShared, sharedPath } from "../shared-data.ts";
import { tagText } from "../store/tags/tag-text.ts";
import { run } from "./run-in-process.ts";

const WIDTHS = [40, 60, 80, 120, 200];

const scratch = scratchDirectory();
const file = (name: string) => join(scratch.path, name);
const env = { VNET_EXPLAIN_CACHE: file("cache") };

beforeAll(async () => {
  writeFileSync(file("new.json"), tagText());
  writeFileSync(file("old.json"), tagText({ prefixes: 100 }));
  writeFileSync(
    file("policy.yaml"),
    `rules:
  - {id: storage-goes-nowhere, name: Storage is not reached past the firewall, to: [tag:Storage, internet], expect: {not: {appliance: bypassed}}}
  - {to: private, severity: note, expect: {next-hop: VnetLocal, via: 10.0.0.4}}
`,
  );
  const gateway = { source: "VirtualNetworkGateway", state: "Active", nextHopType: "VirtualNetworkGateway" };
  writeFileSync(
    file("wide.json"),
    JSON.stringify({
      value: [
        {
          ...gateway,
          addressPrefix: ["2001:db8:1111:2222::/64"],
          nextHopIpAddress: ["10.0.0.4", "10.0.0.5", "10.0.0.6"],
        },
        {
          source: "User",
          state: "Active",
          name: "to-the-firewall-of-the-hub-in-west-europe",
          addressPrefix: ["10.0.0.0/8", "172.16.0.0/12"],
          nextHopType: "VirtualAppliance",
          nextHopIpAddress: ["192.168.100.100"],
        },
        {
          source: "Default",
          state: "Invalid",
          addressPrefix: ["10.0.0.0/8"],
          nextHopType: "VNetGlobalPeering",
          nextHopIpAddress: [],
        },
      ],
    }),
  );
  await run(["tags", "update", "--from", file("new.json")], { env });
});
afterAll(() => scratch.remove());

const helps = [
  ...COMMANDS.filter(({ summary }) => summary !== null).map(({ name }) => [name]),
  ...subcommands.map(({ name }) => ["tags", name]),
];

/** Command lines and their stdin. NEW and the like stand for files. */
const LINES: readonly (readonly [line: string, stdin?: string])[] = [
  ["routes --sample udr-and-endpoint"],
  ["routes --sample udr-and-endpoint --expand"],
  ["routes -f WIDE"],
  ["routes -f WIDE --columns prefix,nextHopType,nextHopIp,name"],
  ["routes -f WIDE --sort -prefix"],
  ["routes -f WIDE --query routes[].{source:source,type:nextHopType,name:name,prefix:addressPrefix}"],
  ["whichroute 191.239.203.0 --sample udr-and-endpoint"],
  ["whichroute 191.239.203.0 --sample udr-and-endpoint -v"],
  ["whichroute 8.8.8.8 10.0.0.4 --sample udr-and-endpoint"],
  ["whichroute 8.8.8.8 10.0.0.4 --sample udr-and-endpoint --columns destination,verdict,addressPrefix"],
  ["whichroute internet tag:Storage 10.0.0.0/8 --sample udr-and-endpoint"],
  ["whichroute --ip - --sample udr-and-endpoint", "10.0.0.4\n191.239.203.0\n2001:db8::1\nnonsense\n"],
  [
    "whatif --sample no-udr --add-route 0.0.0.0/0=VirtualAppliance:10.10.10.10 --add-endpoint Microsoft.Storage --region westeurope",
  ],
  ["whatif --sample udr --remove-route to-nva"],
  ["diff sample:no-udr sample:udr-and-endpoint"],
  ["diff WIDE sample:udr-and-endpoint --exit-code"],
  ["check POLICY --sample udr-and-endpoint"],
  ["check POLICY sample:udr-and-endpoint sample:no-udr --expand"],
  ["tags list"],
  ["tags show Storage"],
  ["tags lookup 191.239.203.0 8.8.8.8 10.0.0.0/24"],
  ["tags lookup -", "191.239.203.0\n8.8.8.8\nnonsense\n"],
  ["tags status"],
  ["tags update --from NEW"],
  ["tags diff OLD NEW"],
  ["tags diff OLD NEW --expand --sample udr-and-endpoint"],
  ["--version -v"],
  ["--help"],
  ...helps.map((words): readonly [string] => [`${words.join(" ")} --help`]),
  ...TOPIC_NAMES.map((topic): readonly [string] => [`help ${topic}`]),
  ["routes -f /nonexistent/a-folder-with-a-long-name/and-another-one/routes.json"],
  ["routes --sample udr --columns nonsense"],
  ["routes --sample nonsense"],
  ["routes -o nonsense"],
  ["routes --nonsense"],
  ["whichroute 10.0.0.1/8 --sample udr"],
  ["tags show Storag"],
];

const FILES: Readonly<Record<string, string>> = {
  WIDE: "wide.json",
  POLICY: "policy.yaml",
  NEW: "new.json",
  OLD: "old.json",
};
const argsOf = (line: string) => line.split(" ").map((word) => (FILES[word] === undefined ? word : file(FILES[word])));

// biome-ignore lint/suspicious/noControlCharactersInRegex: this removes colours
const plain = (text: string) => text.replace(/\u001b\[\d+m/g, "");

/** A line is too wide only for a word that is wider than the terminal, or for a quoted text. */
function expectToFit(text: string, width: number): void {
  for (const line of plain(text).split("\n")) {
    if (stringWidth(line) <= width) continue;
    expect(line.trim().replace(/ \\$/, ""), `on ${width} columns`).toMatch(/^(\S+|"[^"]*"|'[^']*')$/);
  }
}

/** The addresses, prefixes, URLs, ids and names with dots of a text. */
function wordsIn(text: string): ReadonlySet<string> {
  const words = plain(text)
    .split(/\s+/)
    .map((word) => word.replace(/^[("'[{]+|[)"',;:.\]}]+$/g, ""));
  return new Set(words.filter((word) => /\d\.\d|:|\/|[A-Za-z]\.[A-Za-z]|[a-z]-[a-z]/.test(word)));
}

describe.each(WIDTHS)("on a terminal of %i columns", (columns) => {
  it.each(LINES)("%s fits, and no address, prefix, name or URL is broken", async (line = "", stdin = "") => {
    const narrow = await run(argsOf(line), { env, tty: true, columns, stdin });
    const whole = await run(argsOf(line), { env, stdin });
    expect(narrow.code).toBe(whole.code);
    expectToFit(narrow.out, columns);
    expectToFit(narrow.err, columns);
    const known = wordsIn(`${whole.out}\n${whole.err}\n${line}`);
    for (const word of wordsIn(`${narrow.out}\n${narrow.err}`)) expect(known, word).toContain(word);
  });
});

describe.skipIf(!hasSharedData)("real route tables", () => {
  const captures = ["data/captures", "data/pasted"].flatMap((folder) => {
    const tables = listShared(folder).filter(
      (name) => /^[^.]*(\.arm)?\.json$/.test(name) || name.endsWith(".arm.json"),
    );
    return tables.map((name) => sharedPath(`${folder}/${name}`));
  });

  it.each(WIDTHS)("fit a terminal of %i columns, folded and expanded", { tags: ["slow"] }, async (columns) => {
    let shown = 0;
    for (const capture of captures) {
      for (const more of [[], ["--expand"]]) {
        const args = ["routes", "-f", capture, ...more];
        const narrow = await run(args, { tty: true, columns });
        const whole = await run(args);
        if (whole.code !== 0) continue;
        shown++;
        expectToFit(narrow.out, columns);
        const known = wordsIn(whole.out);
        for (const word of wordsIn(narrow.out)) if (word !== "-o") expect(known, `${capture} ${word}`).toContain(word);
      }
    }
    expect(shown).toBeGreaterThan(40);
  });
});
