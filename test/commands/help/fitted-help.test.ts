import { expect, it } from "vitest";
import { fittedHelp } from "../../../src/commands/help/fitted-help.ts";

it.each<[string, string, number, string]>([
  [
    "a paragraph is filled anew where one of its lines is too long",
    "Explain the effective routes of an interface: which route wins\nfor a destination and why.",
    60,
    "Explain the effective routes of an interface: which route\nwins for a destination and why.",
  ],
  [
    "two sentences stay two lines",
    "Data goes to standard output, everything else to stderr.\nNotes are silenced by -q.",
    40,
    "Data goes to standard output, everything\nelse to stderr.\nNotes are silenced by -q.",
  ],
  [
    "an example goes on behind a backslash, and a quoted text stays whole",
    `Examples:\n  vnet-explain routes --sample udr --query "routes[?a].[name, type]"`,
    40,
    `Examples:\n  vnet-explain routes --sample udr \\\n    --query "routes[?a].[name, type]"`,
  ],
  [
    "an example that is broken already is broken where there is room",
    "Examples:\n  vnet-explain whatif --sample udr --add-endpoint Microsoft.Storage \\\n    --region westeurope",
    100,
    "Examples:\n  vnet-explain whatif --sample udr --add-endpoint Microsoft.Storage --region westeurope",
  ],
  [
    "a description hangs beside its term",
    "  table  columns without borders, or a text that reads like a proof",
    40,
    "  table  columns without borders, or a\n         text that reads like a proof",
  ],
])("%s", (_, text, width, expected) => {
  expect(fittedHelp(text, width)).toBe(expected);
});
