import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const program = fileURLToPath(new URL("../../bin/vnet-explain.js", import.meta.url));
const command = (args: string) => `"${process.execPath}" "${program}" ${args}`;
const env = { PATH: process.env.PATH ?? "", TERM: "xterm", VNET_EXPLAIN_CACHE: "/dev/null/vnet-explain" };
const hasScript = spawnSync("script", ["--version"]).status === 0;

/** Runs a command line in a pseudo-terminal of this many columns. Returns its output with \n as line ends. */
function onTerminal(line: string, columns = 100): { readonly shown: string; readonly code: number | null } {
  const run = spawnSync("script", ["-qec", `stty cols ${columns}; ${line}`, "/dev/null"], { encoding: "utf8", env });
  return { shown: run.stdout.replaceAll("\r\n", "\n"), code: run.status };
}

const inPipe = (line: string) => spawnSync("bash", ["--norc", "-c", line], { encoding: "utf8", env });

describe.skipIf(!hasScript)(`in a real terminal${hasScript ? "" : " (script is not installed)"}`, () => {
  it.each([
    ["routes --sample udr-and-endpoint -q"],
    ["whichroute --ip 191.239.203.0 --sample udr-and-endpoint -q"],
    ["whichroute --ip tag:Storage 10.0.0.0/8 internet --sample udr-and-endpoint -q"],
    ["diff sample:no-udr sample:udr-and-endpoint -q"],
    ["whatif --sample no-udr --add-route 0.0.0.0/0=VirtualAppliance:10.10.10.10 -q"],
  ])("%s is coloured, in a pipe it is not", (args) => {
    const { shown, code } = onTerminal(command(args), 400);
    const piped = inPipe(`${command(args)} | cat`).stdout;
    expect(code).toBe(0);
    expect(shown).toContain("\u001b[");
    expect(piped).not.toContain("\u001b");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this removes colours
    expect(shown.replace(/\u001b\[\d+m/g, "")).toBe(piped);
  });

  it("text wraps between words at the terminal's width, never inside ids and prefixes", () => {
    const { shown } = onTerminal(
      command("whichroute --ip 191.239.203.0 --sample udr-and-endpoint -q -v --color never"),
      70,
    );
    expect(shown).toContain("191.239.203.0/28");
    expect(shown).toContain("https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview");
    const lines = shown.split("\n").filter((line) => !line.startsWith("https:"));
    expect(lines.length).toBeGreaterThan(12);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(70);
  });

  it.each([
    ["diff sample:no-udr sample:udr-and-endpoint"],
    ["whichroute --ip internet tag:Storage --sample udr-and-endpoint"],
  ])("%s: lines wrap between words", (args) => {
    const { shown } = onTerminal(command(`${args} -q --color never`), 70);
    for (const line of shown.split("\n")) expect(line.length, line).toBeLessThanOrEqual(70);
    const words = (text: string) => text.split(/\s+/);
    // Cells that are printed below their row have no heading.
    const whole = inPipe(`${command(`${args} -q`)} | cat`).stdout.replace(/ +PREFIXES$/m, "");
    expect(words(shown)).toEqual(words(whole));
  });

  it.each(
    [40, 60, 80, 120, 200].flatMap((columns) =>
      ["routes --sample udr-and-endpoint", "whichroute 191.239.203.0 --sample udr-and-endpoint", "routes --help"].map(
        (args): [string, number] => [args, columns],
      ),
    ),
  )("%s fits %i columns, stdout and stderr", (args, columns) => {
    const { shown } = onTerminal(command(`${args} --color never`), columns);
    expect(shown).not.toBe("");
    for (const line of shown.split("\n")) expect(line.length, line).toBeLessThanOrEqual(columns);
  });

  it("stderr fits its own terminal while stdout is a pipe", () => {
    const { shown } = onTerminal(`${command("routes --sample udr-and-endpoint --color never")} | cat >/dev/null`, 40);
    expect(shown.split("\n").length).toBeGreaterThan(2);
    for (const line of shown.split("\n")) expect(line.length, line).toBeLessThanOrEqual(40);
  });

  it("NO_COLOR turns colour off", () => {
    expect(onTerminal(`NO_COLOR=1 ${command("routes --sample udr -q")}`).shown).not.toContain("\u001b[");
  });

  it("the exit code is kept", () => {
    expect(onTerminal(command("routes --sample none")).code).toBe(2);
    expect(onTerminal(command("diff sample:no-udr sample:udr --exit-code")).code).toBe(3);
  });
});

describe.skipIf(!existsSync("/dev/full"))("on a full disk (/dev/full)", () => {
  it.each([
    ["routes --sample udr"],
    ["routes --sample udr -o json"],
    ["whichroute --ip - --sample udr -q < <(echo 10.0.0.4)"],
    ["--help"],
  ])("%s is reported without a stack, and fails", (args) => {
    const { status, stderr } = inPipe(`${command(args)} > /dev/full`);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: the output cannot be written: ENOSPC/m);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  it("notes that cannot be written do not stop the answer", () => {
    const { status, stdout } = inPipe(`${command("routes --sample udr -o tsv")} 2> /dev/full`);
    expect(status).toBe(0);
    expect(stdout).toContain("to-nva");
  });
});

describe("in a pipe", () => {
  it.each([
    ["routes --sample udr-and-endpoint --expand"],
    ["whichroute --ip - --sample udr-and-endpoint -o tsv < <(yes 10.0.0.4)"],
  ])("%s | head -1 ends quietly", (args) => {
    const { stdout, stderr } = inPipe(`${command(`${args.replace(" <", " -q <")}`)} 2>&1 | head -1`);
    expect(stdout.split("\n")).toHaveLength(2);
    expect(stderr).toBe("");
  });
});
