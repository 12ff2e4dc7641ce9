import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLoopbackArm } from "../azure/loopback-arm.ts";
import { mayBeRunBy, type RunOptions, runBuilt } from "../built-program.ts";
import { LoopbackDownloadCenter } from "../store/download/loopback-download-center.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";
import { CLOCK, SCENARIOS, type Scenario, type Servers, Stage, TOKEN } from "./scenarios.ts";

let servers: Servers;
beforeAll(async () => {
  servers = { center: await LoopbackDownloadCenter.start(), arm: await startLoopbackArm({ token: TOKEN }) };
});
afterAll(async () => {
  await Promise.all([servers.center.stop(), servers.arm.close()]);
});

const isRoot = process.getuid?.() === 0;
/** A user id without an entry in /etc/passwd. */
const STRANGER = 54_321;
const canBeStranger = mayBeRunBy(STRANGER);
const NOT_READABLE = " (only root may try, where others may read the program)";
const CHANGING = SCENARIOS.filter(({ changes }) => changes);
const [UPDATE] = SCENARIOS;

async function staged(scenario: Scenario = UPDATE as Scenario): Promise<Stage> {
  const stage = new Stage(scenario, servers, temporaryDirectory());
  await stage.set();
  return stage;
}

/** If the new data cannot be stored, `tags update` fails and says why. `routes --nic` still answers, with a note. */
async function refused(stage: Stage, says: RegExp, more: RunOptions = {}): Promise<void> {
  const run = await stage.writes({}, more);
  const answers = stage.scenario.writes[0] === "routes";
  expect(run.stderr).toMatch(says);
  expect(run.stderr).not.toMatch(/unexpected|\n {4}at /);
  expect(run.code).toBe(answers ? 0 : 1);
  if (answers) expect(JSON.parse(run.stdout).routes[0].name).toBe("state-2");
  else expect(run.stdout).toBe("");
}

describe.each(CHANGING)("$name with no room on the disk", (scenario) => {
  it.each([0, 1, 8])(
    "with a limit of %i blocks per file it reports an error, and the old data stays",
    async (blocks) => {
      const stage = await staged(scenario);
      await refused(stage, /the file size limit is reached/, {
        through: ["sh", "-c", `ulimit -f ${blocks}; exec "$0" "$@"`],
      });
      expect(await scenario.state(stage.cache)).toBe(1);
    },
  );
});

/** Whether this user can mount a file system for one command and its children. */
const mounts = spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;
/**
 * A command that moves the cache to a file system of its own, and copies it back after the program. In a user
 * namespace, the machine's directories belong to nobody, and the program does not trust a cache below them. So the file
 * system is mounted directly below a new root.
 */
const onOwnDisk = (cache: string, options: string, then = "true"): readonly string[] => [
  "unshare",
  "-rm",
  "sh",
  "-c",
  `set -e; root="${cache}.root"; disk="$root/own-disk"; mkdir -p "$root"; mount -t tmpfs -o mode=755 none "$root"
   for entry in /*; do
     if [ -L "$entry" ]; then cp -P "$entry" "$root$entry"
     elif [ -d "$entry" ]; then mkdir "$root$entry"; mount --rbind "$entry" "$root$entry"; fi
   done
   mkdir "$disk"; mount -t tmpfs -o mode=755,${options} none "$disk"; cp -a "${cache}/." "$disk"; ${then}
   code=0; VNET_EXPLAIN_CACHE=/own-disk chroot "$root" "$0" "$@" || code=$?
   rm -rf "${cache}"; cp -a "$disk" "${cache}"; exit $code`,
];

describe.skipIf(!mounts)(`on a file system of its own${mounts ? "" : " (this user may mount none)"}`, () => {
  it.each(CHANGING)("$name on a full disk: an error, and the old data stays", async (scenario) => {
    const stage = await staged(scenario);
    const full = `dd if=/dev/zero of="$disk/filler" bs=4k 2>/dev/null || true`;
    await refused(stage, /the disk is full/, { through: onOwnDisk(stage.parent, "size=2m", full) });
    expect(await scenario.state(stage.cache)).toBe(1);
  });

  it.each(CHANGING)(
    "$name on a disk that fills up during the run: an error, and the old data stays",
    async (scenario) => {
      const stage = await staged(scenario);
      const almost = `dd if=/dev/zero of="$disk/filler" bs=4k 2>/dev/null || true; truncate -s -8192 "$disk/filler"`;
      await refused(stage, /the disk is full/, { through: onOwnDisk(stage.parent, "size=2m", almost) });
      expect(await scenario.state(stage.cache)).toBe(1);
    },
  );

  it.each(CHANGING)("$name on a read-only mount: an error, and the old data is read", async (scenario) => {
    const stage = await staged(scenario);
    const readOnly = `mount -o remount,bind,ro "$disk"`;
    await refused(stage, /the file system is read-only/, { through: onOwnDisk(stage.parent, "size=2m", readOnly) });
    const read = await stage.reads({ through: onOwnDisk(stage.parent, "size=2m", readOnly) });
    expect([read.code, scenario.shown(read.stdout)]).toEqual([0, 1]);
  });
});

const othersMay = canBeStranger || !isRoot;
describe.skipIf(!othersMay)(`a cache in which this user may not write${othersMay ? "" : NOT_READABLE}`, () => {
  /** Root may write everywhere, so another user runs the program; the cache is given to that user. */
  const uid = isRoot ? STRANGER : undefined;
  const own = (path: string): void => {
    if (uid === undefined) return;
    chownSync(path, uid, uid);
    if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) own(join(path, name));
  };

  it.each(SCENARIOS)("$name: the old data answers", async (scenario) => {
    const stage = await staged(scenario);
    const run: RunOptions = uid === undefined ? {} : { uid };
    chmodSync(join(stage.parent, ".."), 0o755);
    own(stage.parent);
    const places = readdirSync(stage.cache, { recursive: true, encoding: "utf8" }).map((name) =>
      join(stage.cache, name),
    );
    for (const path of [stage.cache, ...places]) if (lstatSync(path).isDirectory()) chmodSync(path, 0o555);
    if (scenario.changes) await refused(stage, /permission denied/, run);
    const read = await stage.reads(run);
    expect([read.code, scenario.shown(read.stdout)], read.stderr).toEqual([0, 1]);
    for (const path of [stage.cache, ...places]) if (lstatSync(path).isDirectory()) chmodSync(path, 0o755);
  });
});

describe("a cache path that is not a directory", () => {
  it.each([
    ["a file", (path: string) => writeFileSync(path, "precious"), /there is a file where the directory should be/],
    ["a link to nowhere", (path: string) => symlinkSync("/nonexistent/x", path), /cannot write the cache/],
    ["a link in a circle", (path: string) => symlinkSync(path, path), /cannot write the cache/],
  ] as const)("%s is left as it is; what needs no cache works", async (_, make, says) => {
    const stage = await staged();
    rmSync(stage.cache, { recursive: true });
    make(stage.cache);
    const before = lstatSync(stage.cache);
    await refused(stage, says);
    const sample = await runBuilt(["whichroute", "--ip", "8.8.8.8", "--sample", "udr", "-q"], {
      env: { VNET_EXPLAIN_CACHE: stage.parent },
    });
    expect([sample.code, sample.stderr]).toEqual([0, ""]);
    expect((await stage.reads()).code).toBe(5);
    expect(lstatSync(stage.cache).ino).toBe(before.ino);
  });

  it("a path below a file", async () => {
    const stage = await staged();
    rmSync(stage.cache, { recursive: true });
    writeFileSync(stage.cache, "precious");
    await refused(stage, /part of the path is a file/, { env: { VNET_EXPLAIN_CACHE: join(stage.cache, "below") } });
    expect(readFileSync(stage.cache, "utf8")).toBe("precious");
  });
});

describe("something else at the path of a cache file", () => {
  const fileOf: Readonly<Record<string, string>> = {
    "tags update": "tags/public/manifest.json",
    "routes --nic": "tables/last.json",
  };

  it.each(CHANGING)("$name replaces a link, and what the link leads to is untouched", async (scenario) => {
    const stage = await staged(scenario);
    const file = join(stage.cache, fileOf[scenario.name] ?? "");
    const victim = `${stage.cache}.victim`;
    cpSync(file, victim);
    const before = readFileSync(victim, "utf8");
    rmSync(file);
    symlinkSync(victim, file);
    expect(await stage.writes()).toMatchObject({ code: 0 });
    expect(lstatSync(file).isFile()).toBe(true);
    expect(readFileSync(victim, "utf8")).toBe(before);
    expect(await scenario.state(stage.cache)).toBe(2);
  });

  it.each(CHANGING)("$name: a directory there is reported, and stays", async (scenario) => {
    const stage = await staged(scenario);
    const file = join(stage.cache, fileOf[scenario.name] ?? "");
    rmSync(file);
    mkdirSync(file);
    await refused(stage, /there is a directory where the file should be/);
    expect(lstatSync(file).isDirectory()).toBe(true);
  });

  it.each(CHANGING)("$name does not wait for a named pipe there", async (scenario) => {
    const stage = await staged(scenario);
    const file = join(stage.cache, fileOf[scenario.name] ?? "");
    rmSync(file);
    expect(spawnSync("mkfifo", [file]).status).toBe(0);
    expect((await stage.reads()).code).not.toBeNull();
    expect(await stage.writes()).toMatchObject({ code: 0 });
    expect(await scenario.state(stage.cache)).toBe(2);
  });
});

describe.skipIf(!isRoot)(`a cache of another user${isRoot ? "" : " (only root can make one)"}`, () => {
  it.each(CHANGING)("$name: neither trusted nor written", async (scenario) => {
    const stage = await staged(scenario);
    chownSync(stage.cache, 12_345, 12_345);
    await refused(stage, /belongs to another user \(uid 12345\)/);
    const read = await stage.reads();
    expect(read.code).not.toBe(0);
    expect(read.stderr).toMatch(/the cache is ignored: .* belongs to another user/);
    expect(readdirSync(stage.cache).sort()).toEqual(["CACHEDIR.TAG", ...scenario.places]);
  });
});

const noEntry = `no HOME and no entry in the user database${canBeStranger ? "" : NOT_READABLE}`;
describe.skipIf(!canBeStranger)(noEntry, () => {
  const env = { HOME: undefined, VNET_EXPLAIN_CACHE: undefined, AZURE_ACCESS_TOKEN: TOKEN };
  const NO_SUBSCRIPTION = ["routes", "--nic", "vm-app197", "--arm-endpoint", "https://127.0.0.1:1", "--timeout", "5"];
  it.each<[rule: string, args: readonly string[], code: number, says: RegExp]>([
    ["a sample is answered", ["whichroute", "--ip", "8.8.8.8", "--sample", "udr", "-q"], 0, /^$/],
    ["there are no tags", ["tags", "status"], 5, /no cache directory: HOME is not set/],
    ["tags cannot be kept", ["tags", "update", "--from", "README.md"], 2, /README.md/],
    ["no table was kept", ["whichroute", "--ip", "8.8.8.8"], 2, /no route table given/],
    ["no subscription is known: Azure is asked for all", NO_SUBSCRIPTION, 1, /cannot reach 127\.0\.0\.1/],
  ])("%s", async (_, args, code, says) => {
    const run = await runBuilt(args, { uid: STRANGER, env });
    expect(run.stderr).toMatch(says);
    expect(run.code).toBe(code);
  });
});

describe.each(["1970-01-01T00:00:01Z", "2099-12-31T23:59:59Z"])("the clock says %s", (at) => {
  const env = { NODE_OPTIONS: `--import=${CLOCK}`, CLOCK_AT: at };

  it.each(CHANGING)("$name works, then and when the clock is right again", async (scenario) => {
    const stage = await staged(scenario);
    const old = await stage.reads({ env });
    expect([old.code, scenario.shown(old.stdout)], old.stderr).toEqual([0, 1]);
    expect(await stage.writes({}, { env })).toMatchObject({ code: 0 });
    for (const options of [{ env }, {}]) {
      const read = await stage.reads(options);
      expect([read.code, scenario.shown(read.stdout)], read.stderr).toEqual([0, 2]);
    }
    scenario.offer(3, servers);
    expect(await stage.writes()).toMatchObject({ code: 0 });
    expect(await scenario.state(stage.cache)).toBe(3);
  });
});
