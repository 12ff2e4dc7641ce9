import type { CommandEntry } from "./shared/command.ts";

/** Every command, in the order of the help. A new command is a folder and a line here. */
export const COMMANDS: readonly CommandEntry[] = [
  { name: "routes", summary: "show the effective route table", load: () => import("./routes/routes.ts") },
  {
    name: "whichroute",
    summary: "explain which route wins for a destination",
    load: () => import("./whichroute/whichroute.ts"),
  },
  { name: "whatif", summary: "predict the effect of a route change", load: () => import("./whatif/whatif.ts") },
  { name: "diff", summary: "show which destinations change next hop", load: () => import("./diff/diff.ts") },
  { name: "check", summary: "check every address that a policy names", load: () => import("./check/check.ts") },
  { name: "report", summary: "write the answers as one HTML page", load: () => import("./report/report.ts") },
  { name: "tags", summary: "download and query service tags", load: () => import("./tags/tags.ts") },
  {
    name: "completion",
    summary: "print a shell completion script",
    load: () => import("./help/completion.ts"),
  },
  { name: "__complete", summary: null, load: () => import("./help/complete.ts") },
  { name: "help", summary: "help on a command or a topic", load: () => import("./help/help.ts") },
];
