import type { CommandEntry } from "./shared/command.ts";

const ASK = "Ask about a route table:";
const COMPARE = "Compare, predict, prove:";
const KEEP = "Snapshots and service tags:";
const HELP = "Help:";

/** Every command, in the order of the help. A new command is a folder and a line here. */
export const COMMANDS: readonly CommandEntry[] = [
  { name: "routes", group: ASK, summary: "show the effective route table", load: () => import("./routes/routes.ts") },
  {
    name: "whichroute",
    group: ASK,
    summary: "explain which route wins for a destination",
    load: () => import("./whichroute/whichroute.ts"),
  },
  {
    name: "trace",
    group: ASK,
    summary: "trace the path of a packet, hop by hop",
    load: () => import("./trace/trace.ts"),
  },
  {
    name: "whatif",
    group: COMPARE,
    summary: "predict the effect of a route change",
    load: () => import("./whatif/whatif.ts"),
  },
  {
    name: "diff",
    group: COMPARE,
    summary: "show which destinations change next hop",
    load: () => import("./diff/diff.ts"),
  },
  {
    name: "check",
    group: COMPARE,
    summary: "check every address that a policy names",
    load: () => import("./check/check.ts"),
  },
  {
    name: "report",
    group: ASK,
    summary: "write the answers as one HTML page",
    load: () => import("./report/report.ts"),
  },
  {
    name: "snapshot",
    group: KEEP,
    summary: "save the route tables and networks of many NICs",
    load: () => import("./snapshot/snapshot.ts"),
  },
  { name: "tags", group: KEEP, summary: "download and query service tags", load: () => import("./tags/tags.ts") },
  {
    name: "completion",
    group: HELP,
    summary: "print a shell completion script",
    load: () => import("./help/completion.ts"),
  },
  { name: "__complete", group: HELP, summary: null, load: () => import("./help/complete.ts") },
  { name: "help", group: HELP, summary: "help on a command or a topic", load: () => import("./help/help.ts") },
];
