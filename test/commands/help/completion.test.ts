import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { keepTable } from "../../../src/store/last-table.ts";
import { scratchDirectory } from "../../built-program.ts";
import { tagText } from "../../store/tags/tag-text.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";
import { run } from "../run-in-process.ts";
import { snapshotDirectory } from "../snapshot-fixture.ts";

const scratch = scratchDirectory();
afterAll(() => scratch.remove());

/** The candidates for the last word of a command line. */
async function complete(words: readonly string[], env = {}): Promise<readonly string[]> {
  const { code, out } = await run(["__complete", "--", ...words], { env });
  expect(code).toBe(0);
  return out
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t")[0] ?? "");
}

const SNAPSHOT = snapshotDirectory(join(temporaryDirectory(), "prod"));

describe("the candidates for the last word", () => {
  it.each([
    [[""], "words", ["routes", "whichroute", "tags", "completion", "help"]],
    [["tags", ""], "words", ["update", "status", "lookup", "list", "show", "diff"]],
    [["routes", "--sample", ""], "words", ["no-udr", "udr", "udr-and-endpoint"]],
    [["routes", "-o", ""], "words", ["table", "json", "none"]],
    [["-o", "json", ""], "words", ["routes"]],
    [["routes", "--auth", ""], "words", ["cli", "device-code"]],
    [["routes", "--file", ""], "files", []],
    [["routes", "--snapshot", ""], "files", []],
    [["whichroute", "8.8.8.8", `--snapshot`, SNAPSHOT, "--subnet", ""], "words", ["hub/app", "spoke/db"]],
    [["routes", SNAPSHOT, "--subnet", ""], "words", ["hub/app", "spoke/batch"]],
    [["routes", "--o"], "words", ["--output"]],
    [["routes", "-"], "words", ["--file", "--expand", "--output", "--help"]],
    [["whichroute", "--ip", "1.1.1.1", "--expect", ""], "words", ["via=", "verdict="]],
    [["whichroute", "--ip", "1.1.1.1", "--expect", "verdict=d"], "words", ["verdict=drop"]],
    [["whichroute", "--expect", "next-hop!="], "words", ["next-hop!=VirtualAppliance"]],
    [["routes", "--sample=u"], "words", ["--sample=udr"]],
    [["routes", "--output=j"], "words", ["--output=json"]],
    [["routes", "--expand="], "words", []],
    [["routes", "--columns", ""], "words", ["source", "addressPrefix", "hasBgpOverride"]],
    [["routes", "--columns", "source,sta"], "words", ["source,state"]],
    [["routes", "--columns=source,sta"], "words", ["--columns=source,state"]],
    [["routes", "--sort", "-"], "words", ["-addressPrefix"]],
    [["routes", "--sort", "source,-"], "words", ["source,-addressPrefix"]],
    [["tags", "list", "--columns", ""], "words", ["ipv4Prefixes"]],
    [["whichroute", "--columns", ""], "words", ["verdict", "macAddress"]],
    [["routes", "--no-h"], "words", ["--no-headers"]],
    [["routes", "--next-hop", ""], "words", ["VirtualAppliance"]],
    [["whichroute", "--ip", ""], "words", ["internet", "private", "tag:", "@"]],
    [["whichroute", "--ip", "@"], "files", []],
    [["tags", "diff", ""], "files", ["previous", "current"]],
    [["tags", "diff", "previous", ""], "files", ["current"]],
    [["diff", ""], "files", ["sample:udr", "nic:", "vm:"]],
    [["routes", ""], "files", ["sample:udr", "nic:", "vm:"]],
    [["routes", "sample:u"], "files", ["sample:udr"]],
    [["whatif", ""], "files", ["sample:udr"]],
    [["report", ""], "files", ["sample:udr", "internet"]],
    [["whichroute", ""], "files", ["internet", "private", "tag:", "@", "sample:udr", "nic:", "vm:"]],
    [["whichroute", "10.1.2.3", ""], "files", ["sample:udr"]],
    [["whichroute", "10.1.2.3", "-f", "r.json", ""], "files", ["internet"]],
    [["whichroute", "@"], "files", []],
    [["tags", "diff", "previous", "current", ""], "files", ["sample:udr"]],
    [["diff", "sample:udr", ""], "files", ["sample:udr-and-endpoint"]],
    [["diff", "--exit-code", "sample:udr", ""], "files", ["sample:no-udr"]],
    [["whatif", "--add-endpoint", ""], "words", ["Microsoft.Storage", "Microsoft.KeyVault"]],
    [["whatif", "--propagate-bgp", ""], "words", ["on", "off"]],
    [["whatif", "--save", ""], "files", []],
    [["help", ""], "words", ["routes", "exit-codes"]],
    [["completion", ""], "words", ["bash", "powershell"]],
    [["check", ""], "files", []],
    [["check", "policy.yaml", ""], "files", ["sample:udr", "nic:"]],
    [["check", "policy.yaml", "sample:udr", ""], "files", ["sample:no-udr"]],
    [["check", "policy.yaml", "-o", ""], "words", ["table", "junit", "sarif"]],
    [["tags", "show", ""], "words", []],
    [["snapshot", ""], "files", []],
    [["snapshot", "today", "--"], "words", ["--all-nics", "--dry-run"]],
    [["routes", "--file", "-"], "files", []],
    [["routes", "--file", "-rf", "--o"], "words", ["--output"]],
    [["whichroute", "--ip", "1.1.1.1", "-"], "words", ["--sample"]],
    [["diff", "--", "-"], "files", ["sample:udr"]],
    [["diff", "--", "--exit-code", ""], "files", ["sample:udr"]],
    [["nonsense", "--neither", ""], "words", []],
  ])("%j: %s, %j among them", async (words, kind, names) => {
    const [first, ...found] = await complete(words);
    expect(first).toBe(kind);
    for (const name of names) expect(found).toContain(name);
  });

  it("tag names come from the cache", async () => {
    const file = join(scratch.path, "ServiceTags_Public_20990105.json");
    writeFileSync(file, tagText());
    const env = { VNET_EXPLAIN_CACHE: join(scratch.path, "cache") };
    await run(["tags", "update", "--from", file], { env });
    expect(await complete(["tags", "show", "Sto"], env)).toContain("Storage");
    expect(await complete(["routes", "--tag", ""], env)).toContain("Storage");
    expect(await complete(["whichroute", "--ip", "tag:st"], env)).toContain("tag:Storage");
    expect(await complete(["whichroute", "tag:st"], env)).toContain("tag:Storage");
    expect(await complete(["whichroute", "--expect", "tag="], env)).toContain("tag=Storage");
  });

  it("names that a shell would run, or that control a terminal, are not offered", async () => {
    const file = join(scratch.path, "hostile.json");
    const env = { VNET_EXPLAIN_CACHE: join(scratch.path, "hostile") };
    const names = [
      "Storage",
      "$(reboot)",
      "`reboot`",
      "a;reboot",
      "a b",
      "a\nb",
      "\u001b]0;x\u0007",
      "\u202ea",
      "*",
      "~",
      "'",
    ];
    const values = names.map((name, k) => ({ name, id: name, properties: { addressPrefixes: [`10.0.${k}.0/24`] } }));
    writeFileSync(file, JSON.stringify({ changeNumber: 1, cloud: "Public", values }));
    expect((await run(["tags", "update", "--from", file], { env })).code).toBe(0);
    expect(await complete(["tags", "show", ""], env)).toEqual(["words", "Storage"]);
  });

  it("the last fetched table offers `last` and its NIC", async () => {
    const cache = join(scratch.path, "fetched");
    const nicId = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkInterfaces/vm-app197";
    await keepTable(
      join(cache, "vnet-explain"),
      {
        nicId,
        subscription: "s",
        fetchedAt: "2026-01-02T03:04:05Z",
        body: '{"value":[]}',
        subnet: null,
        nic: null,
      },
      "public",
    );
    const found = await complete(["diff", ""], { VNET_EXPLAIN_CACHE: cache });
    expect(found).toContain("last");
    expect(found).toContain("nic:vm-app197");
    for (const command of ["routes", "whichroute"]) {
      expect(await complete([command, ""], { VNET_EXPLAIN_CACHE: cache })).toContain("nic:vm-app197");
    }
  });

  it("--help does not show __complete", async () => {
    expect((await run(["--help"])).out).not.toContain("__complete");
  });
});

const program = fileURLToPath(new URL("../../../bin/vnet-explain.js", import.meta.url));
const bin = scratch.path;
writeFileSync(join(bin, "vnet-explain"), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
chmodSync(join(bin, "vnet-explain"), 0o755);

/** What a real shell completes with the script that the program prints. */
const SHELLS = [
  {
    shell: "bash",
    // As bash hands them: cut at colons and equals signs, with the line as it was typed; what it gets back it puts
    // behind the last.
    script: (words: string) => `source <(vnet-explain completion bash)
      COMP_WORDS=(${words.replaceAll(/[:=]/g, " $& ")}); COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
      COMP_LINE="${words.replaceAll("''", "")}"; COMP_POINT=\${#COMP_LINE}
      _vnet_explain; printf -- '${/[^ ]*[:=](?=[^:= ]*$)/.exec(words)?.[0] ?? ""}%s\\n' "\${COMPREPLY[@]}"`,
  },
  {
    // Zsh's own completion functions need a terminal; what they are handed is looked at instead.
    shell: "zsh",
    script: (words: string) => `compdef() { :; }; source <(vnet-explain completion zsh)
      compset() { [[ $words[CURRENT] == $2* ]] && before=$2; }; _describe() { for each in "\${(@P)3}"; do each=\${each//\\\\:/!}; each=\${each%%:*}; print -r -- \${each//!/:}; done }; _files() { for each in *; do print -r -- $before$each; done; }
      words=(${words}); CURRENT=$#words; _vnet_explain`,
  },
  {
    shell: "fish",
    script: (words: string) => `vnet-explain completion fish | source; complete -C "${words.replaceAll("''", "")}"`,
  },
] as const;

for (const { shell, script } of SHELLS) {
  const installed = spawnSync(shell, ["--version"]).status === 0;
  describe.skipIf(!installed)(`in a real ${shell}${installed ? "" : " (not installed)"}`, () => {
    it.each([
      ["vnet-explain whi", "whichroute"],
      ["vnet-explain routes --sample ''", "udr-and-endpoint"],
      ["vnet-explain routes --out", "--output"],
      ["vnet-explain tags ''", "lookup"],
      ["vnet-explain routes --file ''", "vnet-explain"],
      ["vnet-explain routes --sample=u", "--sample=udr"],
      ["vnet-explain whichroute --expect verdict=d", "verdict=drop"],
      ["vnet-explain whichroute --ip int", "internet"],
      ["vnet-explain routes --columns source,sta", "source,state"],
      ["vnet-explain routes --sort -nam", "-name"],
      ["vnet-explain whichroute --ip @vnet", "@vnet-explain"],
      ["vnet-explain diff ''", "sample:udr"],
      ["vnet-explain diff ''", "vnet-explain"],
      ["vnet-explain whichroute 10.1.2.3 ''", "vnet-explain"],
      ["vnet-explain whichroute 10.1.2.3 sample:u", "sample:udr"],
      ["vnet-explain routes ''", "sample:udr"],
      ["vnet-explain diff sample:no-udr sample:", "sample:udr"],
      ["vnet-explain diff sample:no-udr sample:u", "sample:udr-and-endpoint"],
    ])("%s: %s is offered", (words, name) => {
      const { stdout, stderr } = spawnSync(shell, ["-c", script(words)], {
        cwd: bin,
        encoding: "utf8",
        env: { PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`, HOME: bin, VNET_EXPLAIN_CACHE: join(bin, "none") },
      });
      expect(
        stdout.split("\n").map((line) => line.split("\t")[0]),
        stderr,
      ).toContain(name);
    });
  });
}

it.skipIf(spawnSync("zsh", ["--version"]).status !== 0)(
  "zsh gets a colon only before a meaning: else it shows a stray --",
  () => {
    const script = `compdef() { :; }; source <(vnet-explain completion zsh)
    _describe() { print -rl -- "\${(@P)3}"; }; words=(vnet-explain help ''); CURRENT=3; _vnet_explain`;
    const env = {
      PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`,
      HOME: bin,
      VNET_EXPLAIN_CACHE: join(bin, "none"),
    };
    const { stdout } = spawnSync("zsh", ["-c", script], { encoding: "utf8", env });
    expect(stdout.split("\n")).toEqual(expect.arrayContaining(["routes:show the effective route table", "exit-codes"]));
  },
);

/** Names that a shell would expand, split, run or take for an option. */
const HOSTILE = ["*", "a b", "$(touch pwned)", "-rf"];

/** A stand-in for the program, with the real scripts, whose candidates are hostile. */
const hostile = join(scratch.path, "hostile-bin");
mkdirSync(hostile);
writeFileSync(
  join(hostile, "vnet-explain"),
  `#!/bin/sh
[ "$1" = completion ] && exec "${process.execPath}" "${program}" "$@"
printf '%s\\n' words ${HOSTILE.map((name) => `'${name}'"$(printf '\\t')a meaning"`).join(" ")}
`,
);
chmodSync(join(hostile, "vnet-explain"), 0o755);

for (const { shell, script } of SHELLS) {
  const installed = spawnSync(shell, ["--version"]).status === 0;
  describe.skipIf(!installed)(`a real ${shell} inserts a hostile name literally`, () => {
    const completed = (words: string, folder: string, path: string) => {
      const { stdout } = spawnSync(shell, ["-c", script(words)], {
        cwd: folder,
        encoding: "utf8",
        env: {
          PATH: `${path}${delimiter}${process.env.PATH ?? ""}`,
          HOME: folder,
          VNET_EXPLAIN_CACHE: "/dev/null/none",
        },
      });
      return stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.split("\t")[0]);
    };

    it("offered by the program", () => {
      expect(completed("vnet-explain ''", hostile, hostile).sort()).toEqual([...HOSTILE].sort());
      expect(existsSync(join(hostile, "pwned"))).toBe(false);
    });

    it.skipIf(shell === "zsh")("of a file", () => {
      const folder = join(scratch.path, `files-${shell}`);
      mkdirSync(folder);
      for (const name of HOSTILE) writeFileSync(join(folder, name), "");
      const offered = HOSTILE.map((name) => (name === "-rf" ? "./-rf" : name));
      const shown = shell === "fish" ? HOSTILE.filter((name) => name !== "-rf") : offered;
      expect(completed("vnet-explain routes --file ''", folder, bin).sort()).toEqual([...shown].sort());
      expect(existsSync(join(folder, "pwned"))).toBe(false);
    });
  });
}

describe("completion", () => {
  it.each(["bash", "zsh", "fish", "powershell", "pwsh"])("%s prints a script", async (shell) => {
    const { code, out } = await run(["completion", shell]);
    expect(code).toBe(0);
    expect(out).toContain("__complete -- ");
  });

  it("suggests near names for an unknown shell", async () => {
    const { code, err } = await run(["completion", "bsh"]);
    expect(code).toBe(2);
    expect(err).toMatch(/did you mean: bash/);
  });
});
