import type { UserError } from "../../text/user-error.ts";
import { isStoreError, type StoreErrorCode, storeError } from "../files/store-error.ts";
import { CLOUD_FILES, type Cloud } from "../tags/clouds.ts";
import { DOWNLOAD_LIMITS, type DownloadOptions, download } from "./download.ts";
import { isMissing } from "./failure.ts";
import { checkDownloadUrl, shortUrl } from "./policy.ts";

/** A downloaded tag file: its text's bytes and the name it goes by. */
export interface DownloadedFile {
  readonly bytes: Uint8Array;
  /** E.g. `ServiceTags_Public_20251110.json`. */
  readonly file: string;
  /** Without the query, which may hold a signature. */
  readonly from: string;
}

const PAGE_BYTES = 4 * 1024 * 1024;

/** The pages that name the file. The second is where the first one's button leads. */
const PAGES = ["details", "confirmation"] as const;

/** At most this many addresses of one page are tried: a page in transition names two weeks. */
const MOST_LINKS = 3;

/**
 * Downloads this week's tag file of a cloud. The Download Center has no stable address for it: the address holds the
 * date and is found on a page. If the newest file that the page names is missing, the one before it is taken.
 * https://www.microsoft.com/en-us/download/details.aspx?id=56519
 * @throws UserError
 */
export async function downloadFromCenter(cloud: Cloud, options: DownloadOptions): Promise<DownloadedFile> {
  const tried = new Set<string>();
  let missing: UserError<StoreErrorCode> | null = null;
  for (const name of PAGES) {
    const page = new URL(`/en-us/download/${name}.aspx?id=${CLOUD_FILES[cloud].pageId}`, options.policy.center);
    const html = await pageText(page, options, name === "details");
    for (const link of linksIn(html, cloud)) {
      if (tried.has(link.href)) continue;
      tried.add(link.href);
      checkDownloadUrl(link, options.policy, page);
      try {
        return await downloadFile(link, cloud, options);
      } catch (error) {
        if (!isMissing(error)) throw error;
        missing ??= error;
        options.onNote?.(`the Download Center names a file that is missing: ${shortUrl(link)}`);
      }
    }
  }
  throw missing ?? noLink(cloud, options);
}

/** The text of a page; "" for one that fails and is not required. */
async function pageText(page: URL, options: DownloadOptions, isRequired: boolean): Promise<string> {
  const limits = { ...(options.limits ?? DOWNLOAD_LIMITS), bytes: PAGE_BYTES };
  try {
    return new TextDecoder().decode(await download(page, { ...options, limits, onProgress: undefined }));
  } catch (error) {
    if (isRequired || !isStoreError(error)) throw error; // anything else is a bug
    return "";
  }
}

/** One file by its address. @throws UserError, also when a web page comes instead of JSON. */
export async function downloadFile(url: URL, cloud: Cloud, options: DownloadOptions): Promise<DownloadedFile> {
  const bytes = await download(url, options);
  if (startsLikeHtml(bytes)) {
    throw storeError(
      "download-web-page",
      `a web page came instead of the file\n  ${shortUrl(url)}`,
      "a proxy or a sign-in page may be in the way: open the address in a browser, then import the file with --from FILE",
    );
  }
  const name = url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
  const file = /^[\w.-]{1,100}$/.test(name) ? name : `ServiceTags_${CLOUD_FILES[cloud].fileCloud}.json`;
  return { bytes, file, from: `${url.origin}${url.pathname}` };
}

/**
 * The addresses of the file that a page names, newest first, at most three. It names each several times, in HTML and in
 * JSON inside a script.
 */
function linksIn(html: string, cloud: Cloud): readonly URL[] {
  const text = html
    .replace(/\\u002f/gi, "/")
    .replace(/\\\//g, "/")
    .replace(/&#0*47;|&#x0*2f;/gi, "/");
  const pattern = new RegExp(`https?://[^\\s"'<>\\\\]{1,500}/${fileName(cloud)}(\\d{8})\\.json`, "gi");
  const dates = new Map([...text.matchAll(pattern)].map(([link, date = ""]) => [link, date]));
  return [...dates]
    .filter(([link]) => URL.canParse(link))
    .sort(([, one], [, other]) => Number(other) - Number(one))
    .slice(0, MOST_LINKS)
    .map(([link]) => new URL(link));
}

const fileName = (cloud: Cloud) => `ServiceTags_${CLOUD_FILES[cloud].fileCloud}_`;

function noLink(cloud: Cloud, { policy }: DownloadOptions): UserError<StoreErrorCode> {
  const page = new URL(`/en-us/download/details.aspx?id=${CLOUD_FILES[cloud].pageId}`, policy.center);
  return storeError(
    "download-no-link",
    `the Download Center page names no ${fileName(cloud)}*.json\n  ${page.href}`,
    "open the page in a browser, then name the file with --url, or import it with --from FILE",
  );
}

function startsLikeHtml(bytes: Uint8Array): boolean {
  return /^\s*</.test(new TextDecoder().decode(bytes.subarray(0, 200)));
}
