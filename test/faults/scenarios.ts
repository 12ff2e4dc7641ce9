import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAddress } from "../../src/net/address.ts";
import { makeCacheFolder } from "../../src/store/files/make-cache-folder.ts";
import { loadTagFile } from "../../src/store/index/load-tag-file.ts";
import { keepTable, lastTable } from "../../src/store/last-table.ts";
import { loadTags } from "../../src/store/tags/kept-tags.ts";
import { updateTags } from "../../src/store/tags/update-tags.ts";
import type { LoopbackArm } from "../azure/loopback-arm.ts";
import { type Ended, type RunOptions, runBuilt } from "../built-program.ts";
import type { LoopbackDownloadCenter } from "../store/download/loopback-download-center.ts";
import { tagText } from "../store/tags/tag-text.ts";

export const TOKEN = "correct-horse-battery-staple-42";
const SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";
const NIC_ID = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-demo/providers/Microsoft.Network/networkInterfaces/vm-app197`;

/** The loopback servers of the scenarios. */
export interface Servers {
  readonly center: LoopbackDownloadCenter;
  readonly arm: LoopbackArm;
}

/** Data that the program writes. Its states are numbered; 1 is the state before. */
export interface Scenario {
  readonly name: string;
  /** Puts an empty cache into state 1. */
  prepare(cache: string): Promise<void>;
  /** Whether the written data changes the answer of the next run. */
  readonly changes: boolean;
  /** Sets the state that the next command will write. */
  offer(state: number, servers: Servers): void;
  /** The writing command. */
  readonly writes: readonly string[];
  /** A command that reads the written data. */
  readonly reads: readonly string[];
  /** The state that the command's answer (`-o json`) shows. */
  shown(stdout: string): number | null;
  /** The state of the cache, by the program's own reader in this process, for short runs; null if it is in no state. */
  state(cache: string): Promise<number | null>;
  /** The clock of the writing command; by default that of this machine. */
  readonly clock?: string;
  /** The written path, relative to the cache. */
  readonly places: readonly string[];
}

/** The state whose addresses are in the tag; null if there are none, or those of several states. */
function onlyPart(isIn: (address: string) => boolean): number | null {
  const parts = Array.from({ length: 256 }, (_, part) => part).filter((part) => isIn(`10.${part}.119.1`));
  return parts.length === 1 ? (parts[0] ?? null) : null;
}

interface LookUps {
  readonly lookups: readonly { readonly address: string; readonly serviceTags: readonly unknown[] }[];
}

function partShown(stdout: string): number | null {
  const { lookups }: LookUps = JSON.parse(stdout);
  const found = lookups.filter(({ serviceTags }) => serviceTags.length > 0).map(({ address }) => address.split(".")[1]);
  return found.length === 1 ? Number(found[0]) : null;
}

const ADDRESSES = Array.from({ length: 256 }, (_, part) => `10.${part}.119.1`);

const update: Scenario = {
  name: "tags update",
  prepare: async (cache) => {
    await updateTags({ cache, cloud: "public", source: { kind: "arm", text: tagText({ changeNumber: 1, part: 1 }) } });
  },
  changes: true,
  offer: (state, { center }) => center.files.set("Public", tagText({ changeNumber: state, part: state % 256 })),
  writes: ["tags", "update", "-o", "json"],
  reads: ["tags", "lookup", ...ADDRESSES, "-o", "json"],
  shown: partShown,
  state: async (cache) => {
    const { catalogue, notes } = await loadTags(cache, "public");
    return notes.length > 0 ? null : onlyPart((address) => (catalogue?.lookup(parseAddress(address)) ?? []).length > 0);
  },
  places: ["tags"],
};

const route = (name: string) => ({
  source: "User",
  state: "Active",
  name,
  addressPrefix: ["0.0.0.0/0"],
  nextHopType: "VirtualAppliance",
  nextHopIpAddress: ["10.0.9.4"],
});
/** Long enough for several writes. */
const table = (state: number) => ({ value: [route(`state-${state}`)], comment: "x".repeat(300_000) });
const stateOf = (name: unknown) => Number(/^state-(\d+)$/.exec(String(name))?.[1] ?? Number.NaN) || null;

const lastFetched: Scenario = {
  name: "routes --nic",
  prepare: async (cache) => {
    const body = JSON.stringify(table(1));
    const fetchedAt = "2026-11-25T00:00:00.000Z";
    keepTable(cache, { nicId: NIC_ID, subscription: SUBSCRIPTION, fetchedAt, body, subnet: null, nic: null }, "public");
  },
  changes: true,
  offer: (state, { arm }) => arm.script("effectiveRouteTable", { body: table(state) }),
  writes: ["routes", "--nic", "vm-app197", "-g", "rg-demo", "-o", "json"],
  reads: ["whichroute", "--ip", "8.8.8.8", "-o", "json"],
  shown: (stdout) => stateOf(JSON.parse(stdout).explanations[0].winner.name),
  state: async (cache) => {
    const { table: kept, notes } = await lastTable(cache);
    return kept === null || notes.length > 0 ? null : stateOf(JSON.parse(kept.body).value[0].name);
  },
  places: ["tables"],
};

/** A tag file of the user, outside the cache. Its compiled form is written, which changes no answer. */
const compiled: Scenario = {
  name: "--tags FILE",
  prepare: async (cache) => {
    makeCacheFolder(cache, "indexes");
    writeFileSync(`${cache}.json`, tagText({ part: 1 }));
  },
  changes: false,
  offer: () => {},
  writes: ["tags", "lookup", ...ADDRESSES, "--tags", "{cache}.json", "-o", "json"],
  reads: ["tags", "lookup", ...ADDRESSES, "--tags", "{cache}.json", "-o", "json"],
  shown: partShown,
  state: async (cache) => {
    const catalogue = await loadTagFile(cache, `${cache}.json`);
    return onlyPart((address) => catalogue.lookup(parseAddress(address)).length > 0);
  },
  places: ["indexes"],
  // The tag file is new. Treat it as one that has settled, so that every run makes the same calls.
  clock: "2099-01-01T00:00:00Z",
};

/** A file that the user names. */
const saved: Scenario = {
  name: "routes --save",
  prepare: async (cache) => {
    mkdirSync(`${cache}.saved`, { recursive: true });
    writeFileSync(`${cache}.saved/routes.json`, JSON.stringify(table(1)));
  },
  changes: true,
  offer: (state, { arm }) => arm.script("effectiveRouteTable", { body: table(state) }),
  writes: [...lastFetched.writes, "--save", "{cache}.saved/routes.json"],
  reads: ["whichroute", "--ip", "8.8.8.8", "--file", "{cache}.saved/routes.json", "-o", "json"],
  shown: lastFetched.shown,
  state: async (cache) => stateOf(JSON.parse(readFileSync(`${cache}.saved/routes.json`, "utf8")).value[0].name),
  places: ["../vnet-explain.saved"],
};

/** The scenarios that write into the cache. */
export const SCENARIOS: readonly Scenario[] = [update, lastFetched, compiled];

export const ALL_SCENARIOS: readonly Scenario[] = [...SCENARIOS, saved];

const STEPS = fileURLToPath(new URL("./steps.js", import.meta.url));

/** A module that gives the program that loads it the clock in CLOCK_AT. */
export const CLOCK = fileURLToPath(new URL("./clock.js", import.meta.url));

/** The fault of a run, see steps.js. */
export interface Fault {
  readonly at?: number;
  readonly make?: string;
  readonly soon?: number;
}

const LONG_AGO = new Date("2001-01-01");
const FOREIGN = [
  "thesis.tex",
  "0.json",
  "notes.index",
  ".letter.0123456789ab.tmp",
  ".last.json.tmp",
  "manifest.json.bak",
];

/** Puts old files of other programs into a directory and its subdirectories. Some look like files of this program. */
function plant(directory: string): string[] {
  const inside = readdirSync(directory, { withFileTypes: true }).filter((each) => each.isDirectory());
  const own = FOREIGN.map((name) => join(directory, name));
  for (const path of own) {
    writeFileSync(path, "precious");
    utimesSync(path, LONG_AGO, LONG_AGO);
  }
  return [...own, ...inside.flatMap(({ name }) => plant(join(directory, name)))];
}

/** A scenario with its own cache. */
export class Stage {
  readonly scenario: Scenario;
  readonly servers: Servers;
  /** The value of VNET_EXPLAIN_CACHE. */
  readonly parent: string;
  /** The cache folder in it. */
  readonly cache: string;
  readonly #log: string;
  #foreign: readonly string[] = [];

  constructor(scenario: Scenario, servers: Servers, directory: string) {
    this.scenario = scenario;
    this.servers = servers;
    this.parent = join(directory, "cache");
    this.cache = join(this.parent, "vnet-explain");
    this.#log = join(directory, "calls.json");
  }

  /** Puts the cache into state 1, and offers the next state. */
  async set(): Promise<void> {
    rmSync(this.parent, { recursive: true, force: true });
    await this.scenario.prepare(this.cache);
    this.#foreign = this.scenario.places.flatMap((place) => plant(join(this.cache, place)));
    this.scenario.offer(2, this.servers);
  }

  /** The files of other programs that are gone or changed. */
  lost(): string[] {
    return this.#foreign.filter((path) => !existsSync(path) || readFileSync(path, "utf8") !== "precious");
  }

  /** Copies the cache, and returns a function that restores it. */
  mark(): () => void {
    const copy = `${this.parent}.copy`;
    rmSync(copy, { recursive: true, force: true });
    cpSync(this.parent, copy, { recursive: true, preserveTimestamps: true });
    return () => {
      rmSync(this.parent, { recursive: true, force: true });
      cpSync(copy, this.parent, { recursive: true, preserveTimestamps: true });
    };
  }

  writes(fault: Fault = {}, more: RunOptions = {}): Promise<Ended> {
    const under = this.scenario.places.map((place) => join(this.cache, place)).join(delimiter);
    const { clock } = this.scenario;
    const { at = 0, make = "kill", soon } = fault;
    return this.#run(this.scenario.writes, {
      ...more,
      env: {
        NODE_OPTIONS: `--import=${STEPS}${clock === undefined ? "" : ` --import=${CLOCK}`}`,
        ...(clock !== undefined && { CLOCK_AT: clock }),
        FAULT_UNDER: under,
        FAULT_AT: String(at),
        FAULT_DO: make,
        FAULT_LOG: this.#log,
        ...(soon !== undefined && { FAULT_SOON: String(soon) }),
        ...more.env,
      },
    });
  }

  reads(more: RunOptions = {}): Promise<Ended> {
    return this.#run(this.scenario.reads, more);
  }

  /** The calls of the last complete run of `writes`, and the microseconds between the first and the last. */
  calls(): { readonly names: readonly string[]; readonly microseconds: number } {
    return JSON.parse(readFileSync(this.#log, "utf8"));
  }

  #run(args: readonly string[], options: RunOptions): Promise<Ended> {
    const { center, arm } = this.servers;
    const words = args.map((word) => word.replace("{cache}", this.cache));
    const live = words.includes("--nic") ? ["--arm-endpoint", arm.url] : [];
    return runBuilt([...words, ...live], {
      ...options,
      env: {
        VNET_EXPLAIN_CACHE: this.parent,
        VNET_EXPLAIN_DOWNLOAD_CENTER: center.origin,
        AZURE_ACCESS_TOKEN: TOKEN,
        AZURE_SUBSCRIPTION_ID: SUBSCRIPTION,
        AZURE_CONFIG_DIR: "/dev/null/none",
        ...options.env,
      },
    });
  }
}
