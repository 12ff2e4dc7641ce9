import { basename } from "node:path";
import type { SecureContext } from "node:tls";
import { type TagFileErrorCode, WHERE_TAGS_ARE } from "../../service-tags/tag-file.ts";
import { compareAges } from "../../service-tags/tag-file-age.ts";
import { UserError } from "../../text/user-error.ts";
import type { DownloadLimits, DownloadProgress } from "../download/download.ts";
import type { CacheDirectory } from "../files/cache-directory.ts";
import { findCacheFolder } from "../files/cache-folder.ts";
import { readInputFile } from "../files/input-file.ts";
import { sha256 } from "../files/sha256.ts";
import { storeError } from "../files/store-error.ts";
import { tidyCompiled } from "../files/tidy.ts";
import { type PreparedTags, prepareTags } from "../index/prepare-tags.ts";
import { CLOUD_FILES, CLOUDS, type Cloud } from "./clouds.ts";
import { readManifest, type TagOrigin, type TagRecord, tagDirectory } from "./manifest.ts";
import { storeTags } from "./store-tags.ts";

/** Where a new tag file comes from. `text` is what the Discovery API answered. */
export type TagFileSource =
  | { readonly kind: "download-center" }
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "arm"; readonly text: string };

export interface UpdateOptions {
  readonly cache: CacheDirectory;
  readonly cloud: Cloud;
  readonly source: TagFileSource;
  /** Takes an older or a much smaller file too. */
  readonly force?: boolean;
  /** Milliseconds since 1970. */
  readonly now?: number;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Takes notes for the user. */
  readonly onNote?: ((text: string) => void) | undefined;
  readonly limits?: DownloadLimits;
  /** How many milliseconds a download may take; by default what `DOWNLOAD_LIMITS` says. */
  readonly timeoutMs?: number | undefined;
  /** The certificate authorities to trust, where they are not Node's. */
  readonly secureContext?: SecureContext | undefined;
  /** The value of VNET_EXPLAIN_DOWNLOAD_CENTER, which moves the Download Center to a server on this machine. */
  readonly downloadCenter?: string | undefined;
}

/** What an update brought. */
export interface TagUpdate {
  readonly cloud: string;
  readonly changeNumber: string;
  readonly numbering: TagRecord["numbering"];
  /** Of the file that was current before, or null. */
  readonly previousChangeNumber: string | null;
  readonly file: string;
  /** Publication date, YYYY-MM-DD, or null. */
  readonly date: string | null;
  readonly tags: number;
  readonly prefixes: number;
  /** Whether the content differs from what was current before. */
  readonly changed: boolean;
}

/** Fewer prefixes than any cloud has ever had. */
const FEWEST_PREFIXES = 100;

/**
 * Fetches or reads a tag file, checks it, compiles it and makes it the current one of its cloud; the one before it is
 * kept.
 * @throws UserError; what was current before is then still current.
 */
export async function updateTags(options: UpdateOptions): Promise<TagUpdate> {
  const { cache, cloud, source, force = false, now = Date.now() } = options;
  const fetched = await fetchTagFile(options);
  const prepared = prepareTags(fetched.bytes, fetched.file);
  refuseOtherCloud(prepared, cloud);
  const directory = cache === null ? null : findCacheFolder(cache, ...tagDirectory(cloud));
  const before = directory?.state === "ready" ? (readManifest(directory.path)?.current ?? null) : null;
  if (!force) refuseDoubtful(prepared, before, source.kind);
  const { changeNumber, numbering, date, tags, prefixes } = prepared;
  const record: TagRecord = {
    sha256: sha256(fetched.bytes),
    file: fetched.file,
    cloud: prepared.cloud,
    changeNumber,
    numbering,
    date,
    tags,
    prefixes,
    origin: source.kind,
    from: fetched.from,
    storedAt: new Date(now).toISOString(),
  };
  await storeTags(cache, cloud, fetched.bytes, prepared, record);
  if (cache !== null) tidyCompiled(cache, now); // an update is rare enough, and comes often enough
  return {
    cloud: prepared.cloud,
    changeNumber,
    numbering,
    previousChangeNumber: before?.changeNumber ?? null,
    file: fetched.file,
    date,
    tags,
    prefixes,
    changed: before?.sha256 !== record.sha256,
  };
}

interface FetchedFile {
  readonly bytes: Uint8Array;
  readonly file: string;
  readonly from: string;
}

async function fetchTagFile(options: UpdateOptions): Promise<FetchedFile> {
  const { source, cloud } = options;
  if (source.kind === "file") {
    return { bytes: await readInputFile(source.path), file: basename(source.path), from: source.path };
  }
  if (source.kind === "arm") {
    const bytes = new TextEncoder().encode(source.text);
    return { bytes, file: "Service Tag Discovery API", from: "Azure Resource Manager" };
  }
  const { downloadFile, downloadFromCenter } = await import("../download/center.ts");
  const { limitsWithin } = await import("../download/download.ts");
  const { downloadPolicy } = await import("../download/policy.ts");
  const policy = downloadPolicy(options.downloadCenter, source.kind === "url" ? source.url : null);
  const limits = options.limits ?? limitsWithin(options.timeoutMs);
  return policy.named === null
    ? await downloadFromCenter(cloud, { ...options, limits, policy })
    : await downloadFile(policy.named, cloud, { ...options, limits, policy });
}

function refuseOtherCloud(prepared: PreparedTags, cloud: Cloud): void {
  if (CLOUD_FILES[cloud].names.includes(prepared.cloud.toLowerCase())) return;
  if (prepared.cloud === "") {
    throw new UserError<TagFileErrorCode>(
      "tag-file-shape",
      "the service tag file does not say which cloud it is for",
      WHERE_TAGS_ARE,
    );
  }
  const own = CLOUDS.find((each) => CLOUD_FILES[each].names.includes(prepared.cloud.toLowerCase()));
  throw storeError(
    "tags-wrong-cloud",
    `the file is for the cloud '${prepared.cloud.slice(0, 40)}', not for ${cloud}`,
    own === undefined
      ? "this cloud has no place in the cache; name the file where you use it: --tags FILE"
      : `add --cloud ${own}`,
  );
}

/** @throws UserError for a file that is older than the one in use, or has much fewer prefixes. */
function refuseDoubtful(prepared: PreparedTags, before: TagRecord | null, origin: TagOrigin): void {
  const ages = before === null ? null : compareAges(before, prepared);
  if (ages?.isFirstNewer === true) {
    throw storeError(
      "tags-older",
      `the file is older than the one in use: ${ages.second} after ${ages.first}`,
      "add --force to use it anyway",
    );
  }
  // The Discovery API has fewer tags than the files, so only a list of the same kind tells how many to expect.
  const alike = before?.numbering === prepared.numbering ? before.prefixes : 0;
  const fewest = Math.max(origin === "file" ? 1 : FEWEST_PREFIXES, alike / 2);
  if (prepared.prefixes >= fewest) return;
  throw storeError(
    "tags-too-few",
    `the file has ${prepared.prefixes} prefixes, and at least ${Math.ceil(fewest)} were expected`,
    "it may be incomplete; add --force to use it anyway",
  );
}
