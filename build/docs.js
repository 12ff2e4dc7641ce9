import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { terminalPicture } from "./terminal-picture.js";

// Writes the documents that come from the built program.
const root = fileURLToPath(new URL("../", import.meta.url));
const options = { cwd: root, encoding: "utf8" };
writeFileSync(
  `${root}docs/reference.md`,
  execFileSync(process.execPath, ["bin/vnet-explain.js", "help", "reference"], options),
);
writeFileSync(`${root}docs/terminal.svg`, terminalPicture());
