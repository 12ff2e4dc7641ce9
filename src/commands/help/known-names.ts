import { SAMPLE_NAMES } from "../../routes/samples.ts";
import { regionsOf, servicesOf } from "../../service-tags/list-report.ts";
import { cacheDirectory } from "../../store/files/cache-directory.ts";
import { lastTable } from "../../store/last-table.ts";
import { loadTags } from "../../store/tags/kept-tags.ts";
import { lastPart } from "../../text/last-part.ts";
import type { NameKind } from "./candidates.ts";

/**
 * Words without special meaning in any shell. Names come from files and are inserted as they are: a tag named
 * `$(reboot)` would run a command, and one with a line break would be two candidates.
 */
const SAFE_WORD = /^[\w.,:=/@+-]+$/;

type Environment = Readonly<Record<string, string | undefined>>;

/** The names of a kind in the user's cache. Never calls Azure, because a key press must not wait. */
export async function completionNames(kind: NameKind, env: Environment, file?: string): Promise<readonly string[]> {
  return (await knownNames(kind, env, file)).filter((name) => SAFE_WORD.test(name));
}

async function knownNames(kind: NameKind, env: Environment, file?: string): Promise<readonly string[]> {
  const cache = cacheDirectory(env);
  switch (kind) {
    case "table":
      return file === undefined || file === "-" ? [] : await tablesOf(file);
    case "subnet":
      return file === undefined ? [] : await subnetsOf(file);
    case "sample":
      return SAMPLE_NAMES;
    case "nic": {
      const { table } = await lastTable(cache);
      return table === null ? [] : [lastPart(table.nicId)];
    }
    case "tag":
    case "region":
    case "service": {
      const { catalogue } = await loadTags(cache, "public");
      if (catalogue === null) return [];
      if (kind === "tag") return catalogue.names();
      return kind === "region" ? regionsOf(catalogue) : servicesOf(catalogue);
    }
    default:
      return kind satisfies never;
  }
}

/** The subnets of a snapshot directory; none where it cannot be read. Reads its journal, and no table. */
async function subnetsOf(path: string): Promise<readonly string[]> {
  const [{ readSnapshotDirectory }, { distinctNames, endsOf, subnetParts }] = await Promise.all([
    import("../../store/snapshot/snapshot-directory.ts"),
    import("../../analysis/fleet/member-names.ts"),
  ]);
  try {
    const ids = readSnapshotDirectory(path).journal.flatMap(({ subnetId }) => subnetId ?? []);
    const distinct = new Map(ids.map((id) => [id.toLowerCase(), id]));
    return distinctNames([...distinct.values()].map((id) => endsOf(subnetParts(id), 2))).toSorted();
  } catch {
    return [];
  }
}

/** The names of the tables in a file; none where it cannot be read. */
async function tablesOf(file: string): Promise<readonly string[]> {
  const { readInputFile } = await import("../../store/files/input-file.ts");
  const { tableNames } = await import("../../routes/read/read-route-table.ts");
  try {
    return await tableNames(await readInputFile(file), { kind: "file", name: file });
  } catch {
    return [];
  }
}
