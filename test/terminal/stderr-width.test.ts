import { expect, it } from "vitest";
import { printFailure } from "../../src/commands/shared/print-failure.ts";
import { openTerminal } from "../../src/terminal/terminal.ts";
import { Capture } from "./capture-terminal.ts";

const NOTE = "no service tags, so services are not named: run vnet-explain tags update, or give --tags <file>";
const FAILURE = {
  code: "x",
  message: "cannot read the effective routes of network interface vm-app197",
  hint: "see https://learn.microsoft.com/azure/virtual-network/diagnose-network-routing-problem for help",
};

async function shown(columns: number | null) {
  const capture = new Capture(columns === null ? {} : { tty: true, columns });
  const terminal = await openTerminal(capture, { colour: "never", quiet: false, verbose: true });
  terminal.note(NOTE);
  terminal.detail(NOTE);
  terminal.ask(NOTE);
  printFailure(FAILURE, { json: false, thrown: null }, terminal);
  return capture.err.trimEnd().split("\n");
}

it.each([40, 60, 80, 120, 200])(
  "notes and errors fit a terminal of %i columns, and no word is broken",
  async (width) => {
    const lines = await shown(width);
    for (const line of lines) if (line.trim().includes(" ")) expect(line.length).toBeLessThanOrEqual(width);
    const words = (text: string) => text.split(/\s+/).filter((word) => word !== "");
    expect(words(lines.join(" "))).toEqual(words((await shown(null)).join(" ")));
  },
);

it("off a terminal a note is one line", async () => {
  expect((await shown(null)).filter((line) => line === NOTE)).toHaveLength(3);
});
