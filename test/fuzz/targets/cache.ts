import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { openIndex } from "../../../src/service-tags/index/index-file.ts";
import { keepTable } from "../../../src/store/last-table.ts";
import { runBuilt } from "../../built-program.ts";
import { run } from "../../commands/run-in-process.ts";
import { armTables, bytesOf, madeUpTags } from "../corpus.ts";
import { hold, type Verdict } from "../oracle.ts";
import type { Target } from "../target.ts";

const LOOKUP = ["tags", "lookup", "191.239.203.0", "-o", "json"];
const LAST = ["whichroute", "--ip", "10.0.0.4", "191.239.203.0", "-o", "json"];

/** A cache that the program wrote (tags, their index, the table fetched last), and the answers from it. */
interface GoodCache {
  readonly directory: string;
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  readonly answers: ReadonlyMap<readonly string[], string>;
}

let made: Promise<GoodCache> | null = null;

async function makeCache(): Promise<GoodCache> {
  const directory = mkdtempSync(join(tmpdir(), "vnet-explain-fuzz-cache-"));
  const env = { VNET_EXPLAIN_CACHE: join(directory, "cache"), NODE_DISABLE_COMPILE_CACHE: "1" };
  const cache = join(directory, "cache", "vnet-explain");
  const tags = join(directory, "ServiceTags_Public_20231106.json");
  writeFileSync(tags, madeUpTags());
  await run(["tags", "update", "--from", tags], { env });
  const nicId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/n";
  const body = JSON.stringify({ value: armTables()[0] });
  const table = { nicId, subscription: "s", fetchedAt: "2026-11-25T00:00:00.000Z", body, subnet: null, nic: null };
  await keepTable(cache, table, "public");
  const answers = new Map<readonly string[], string>();
  for (const words of [LOOKUP, LAST]) answers.set(words, (await runBuilt(words, { env })).stdout);
  const files = readdirSync(cache, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ path, bytes: readFileSync(path) }));
  return { directory, files, answers };
}

function goodCache(): Promise<GoodCache> {
  made ??= makeCache();
  return made;
}

function hasWholeHeader(bytes: Uint8Array, source: string): boolean {
  return openIndex(bytes.length, source, (at, length) => bytes.slice(at, at + length)) !== null;
}

const isIndex = ({ path }: { readonly path: string }) => path.endsWith(".index");

async function check(input: string): Promise<Verdict> {
  const { directory, files, answers } = await goodCache();
  const place = input.charCodeAt(0) % files.length;
  for (const { path, bytes } of files) writeFileSync(path, bytes);
  const how = input.charCodeAt(1);
  const path = files[place]?.path ?? "";
  const damaged = bytesOf(input.slice(HEADER));
  // An index with an intact header is not verified when it is read. `tags status` does that.
  if (path.endsWith(".index") && hasWholeHeader(damaged, basename(path, ".index"))) return "refused";
  writeFileSync(path, damaged);
  // The JSON of the tags is only read if their index cannot be.
  if ((how & WITHOUT_INDEX) !== 0) for (const each of files.filter(isIndex)) rmSync(each.path);
  const words = path.includes("tables") || (how & ASKS_TAGS) === 0 ? LAST : LOOKUP;
  const { code, stdout, stderr } = await runBuilt(words, {
    env: { VNET_EXPLAIN_CACHE: join(directory, "cache"), NODE_DISABLE_COMPILE_CACHE: "1" },
  });
  const shown = () =>
    `${words.slice(0, 2).join(" ")} exits with ${code} and says ${JSON.stringify(stderr.slice(0, 300))}`;
  hold(code === 0 || code === 2 || code === 5, () => `an exit code that no cache may bring about: ${shown()}`);
  hold(!stderr.includes("this is a fault of the program"), () => `a fault of the program: ${shown()}`);
  if (code !== 0) {
    hold(stdout === "", () => `refused, but printed: ${shown()}`);
    return "refused";
  }
  // The answer is unchanged, or it lacks the damaged part and a note says so.
  const whole = stdout === answers.get(words);
  hold(
    whole || /damaged|no service tags|the cache is ignored/.test(stderr) || path.endsWith("manifest.json"),
    () => `another answer: ${shown()}`,
  );
  return "answered";
}

/** The header: which file is damaged, then what is asked and whether the index is removed before. */
const HEADER = 2;
const ASKS_TAGS = 1;
const WITHOUT_INDEX = 2;

export const cacheTarget: Target = {
  name: "cache",
  about:
    "one damaged file in the cache, of tags, index, mark or table: the same answer, or a note or an error that tells",
  alphabet: "bytes",
  words: ["null", "{}", "[]", '"current":null', '"previous":{}', '"sha256":""', "..", "\0\0\0\0"],
  largest: 1_000_000,
  header: HEADER,
  cost: 100_000,
  seeds: async () => {
    const { files } = await goodCache();
    return files.map((file, place) => {
      const how = (/tags.*\.json$/.test(file.path) ? WITHOUT_INDEX : 0) | ASKS_TAGS;
      return String.fromCharCode(place, how) + Buffer.from(file.bytes).toString("latin1");
    });
  },
  check,
  close: async () => {
    if (made !== null) rmSync((await made).directory, { recursive: true });
    made = null;
  },
};
