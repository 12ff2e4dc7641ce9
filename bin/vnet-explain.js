#!/usr/bin/env node
"use strict";

// CommonJS: Node 20 starts it four milliseconds sooner than an ES module.
if (!toldVersion(process.argv.slice(2))) {
  // Node 22 and later keep the compiled form of what is loaded; Node 20 has no such cache.
  require("node:module").enableCompileCache?.();
  require("../dist/cli.cjs").runProcess();
}

/** Nothing of the program is needed to tell its version; where it cannot be written, the program says so. */
function toldVersion(words) {
  if (words.length !== 1 || !["-V", "--version"].includes(words[0])) return false;
  try {
    require("node:fs").writeSync(1, `${require("../package.json").version}\n`);
    return true;
  } catch {
    return false;
  }
}
