#!/usr/bin/env node
import module from "node:module";

// Node 22 and later keep the compiled form of what is imported; Node 20 has no such cache.
module.enableCompileCache?.();

const { runProcess } = await import("../dist/cli.js");
await runProcess();
