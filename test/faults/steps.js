// Loaded into the built program by NODE_OPTIONS=--import: counts its calls to the file system under a directory, and at one of them ends the
// process with SIGKILL or makes the call fail. The variables:
//   FAULT_UNDER  the directory; several with the system's delimiter between
//   FAULT_AT     which call, counted from 1; 0: none
//   FAULT_DO     kill, or the code of the error with which the call fails (ENOSPC, EIO, …)
//   FAULT_SOON   instead: kill so many microseconds after the first call, wherever the program is then
//   FAULT_LOG    a file for the names of the calls, and how many microseconds after the first one the last one came
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { delimiter } from "node:path";
import { Worker } from "node:worker_threads";

const { FAULT_UNDER: under = "", FAULT_AT: at = "0", FAULT_DO: what = "kill", FAULT_SOON, FAULT_LOG } = process.env;
const directories = under.split(delimiter);
const { writeFileSync } = fs;
const names = [];
const begun = new Int32Array(new SharedArrayBuffer(4));
let started = 0n;

function step(name, path) {
  if (names.length === 0) {
    started = process.hrtime.bigint();
    Atomics.store(begun, 0, 1);
    Atomics.notify(begun, 0);
  }
  names.push(`${name} ${path}`);
  if (FAULT_LOG !== undefined) {
    const microseconds = Number((process.hrtime.bigint() - started) / 1000n);
    try {
      writeFileSync(FAULT_LOG, JSON.stringify({ names, microseconds }));
    } catch {
      // A limit on the size of files may be the fault that is tried.
    }
  }
  if (names.length !== Number(at)) return;
  if (what !== "kill") throw Object.assign(new Error(`${what}: made to fail, ${name}`), { code: what, syscall: name });
  process.kill(process.pid, "SIGKILL");
  for (;;); // no further step, should the signal be late
}

const watched = (path) =>
  typeof path === "string" && directories.some((each) => path === each || path.startsWith(`${each}/`));
const pathOf = (args) => args.find(watched);

const CALLS = [
  ...[
    "access",
    "appendFile",
    "chmod",
    "copyFile",
    "lstat",
    "mkdir",
    "mkdtemp",
    "open",
    "readFile",
    "readdir",
    "realpath",
  ],
  ...["rename", "rm", "rmdir", "stat", "symlink", "truncate", "unlink", "utimes", "writeFile"],
];
function halves(data) {
  const bytes = typeof data === "string" ? Buffer.from(data) : data;
  return [bytes.subarray(0, bytes.length >> 1), bytes.subarray(bytes.length >> 1)];
}

const opened = new WeakMap();
const descriptors = new Map();
for (const name of CALLS) {
  const later = fs.promises[name];
  fs.promises[name] = async (...args) => {
    const path = pathOf(args);
    if (path === undefined) return later(...args);
    step(name, path);
    const result = await later(...args);
    if (name === "open") opened.set(result, path);
    return result;
  };
  const atOnce = fs[`${name}Sync`];
  fs[`${name}Sync`] = (...args) => {
    const path = pathOf(args);
    if (path === undefined) return atOnce(...args);
    step(name, path);
    if (name === "open") {
      const descriptor = atOnce(...args);
      descriptors.set(descriptor, path);
      return descriptor;
    }
    if (name !== "writeFile") return atOnce(...args);
    const [first, second] = halves(args[1]);
    atOnce(path, first, ...args.slice(2));
    step("half of writeFile", path);
    return atOnce(path, second, { flag: "a" });
  };
}

const { writeSync, closeSync, fsyncSync } = fs;
fs.fsyncSync = (descriptor) => {
  const path = descriptors.get(descriptor);
  if (path !== undefined) step("fsync", path);
  return fsyncSync(descriptor);
};
fs.writeSync = (descriptor, data, ...rest) => {
  const path = descriptors.get(descriptor);
  if (path === undefined) return writeSync(descriptor, data, ...rest);
  step("write", path);
  const [at = 0] = rest;
  const left = data.length - at;
  // Only the first half, as the system may do: the writer continues after it.
  return writeSync(descriptor, data, at, at === 0 && left > 1 ? left >> 1 : left);
};
fs.closeSync = (descriptor) => {
  const path = descriptors.get(descriptor);
  descriptors.delete(descriptor);
  if (path !== undefined) step("close", path);
  return closeSync(descriptor);
};

const handle = await fs.promises.open(process.execPath, "r");
const FileHandle = Object.getPrototypeOf(handle);
await handle.close();
for (const name of [
  "chmod",
  "chown",
  "close",
  "datasync",
  "read",
  "readFile",
  "stat",
  "sync",
  "truncate",
  "write",
  "writeFile",
]) {
  const original = FileHandle[name];
  FileHandle[name] = async function (...args) {
    const path = opened.get(this);
    if (path === undefined) return original.apply(this, args);
    step(name, path);
    if (name === "writeFile") {
      const [first, second] = halves(args[0]);
      await original.call(this, first);
      step("half of writeFile", path);
      return original.call(this, second);
    }
    return original.apply(this, args);
  };
}
syncBuiltinESMExports();

if (FAULT_SOON !== undefined) {
  const killer = `
    const { workerData } = require("node:worker_threads");
    Atomics.wait(workerData, 0, 0);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${Number(FAULT_SOON) / 1000});
    process.kill(process.pid, "SIGKILL");`;
  new Worker(killer, { eval: true, workerData: begun, env: {}, execArgv: [] }).unref();
}
