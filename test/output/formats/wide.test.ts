import { expect, it } from "vitest";
import { fittedColumns } from "../../../src/output/formats/wide.ts";
import { openTerminal } from "../../../src/terminal/terminal.ts";
import { Capture } from "../../terminal/capture-terminal.ts";

const { stdout } = await openTerminal(new Capture({}));

/** The table of a stream of two records on a terminal of this width. */
async function drawn(width: number, givenUp?: readonly string[]): Promise<string> {
  const rows = (record: readonly string[]) => [record];
  const kind = { columns: ["addressPrefix", "state", "source"], ...(givenUp && { givenUp }), rows };
  const text = await fittedColumns(kind as never, stdout, width);
  const lines = [text.of(["10.0.0.0/8", "Active", "Default"]), text.of(["11.0.0.0/8", "Invalid", "User"])];
  return [...lines, await text.settled?.(), text.tail()].join("").replace(/\n +/g, " ");
}

it("a stream on a narrow terminal drops columns in the order that its kind gives, else from the last one", async () => {
  const whole = "ADDRESS PREFIX  STATE    SOURCE\n10.0.0.0/8      Active   Default\n11.0.0.0/8      Invalid  User\n";
  expect(await drawn(40)).toBe(whole);
  expect(await drawn(26)).toContain("hidden at 26 columns: SOURCE");
  expect(await drawn(26, ["state", "source"])).toContain("hidden at 26 columns: STATE");
  expect(await drawn(26, ["source", "state"])).toContain("hidden at 26 columns: SOURCE");
});
