import { storeError } from "../files/store-error.ts";
import { CLOUD_FILES, type Cloud } from "../tags/clouds.ts";
import { DOWNLOAD_LIMITS, type DownloadOptions, download } from "./download.ts";
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

/**
 * This week's tag file of a cloud. The Download Center has no stable address for it: the address holds the date and is
 * found on the page.
 * https://www.microsoft.com/en-us/download/details.aspx?id=56519
 * @throws UserError
 */
export async function downloadFromCenter(cloud: Cloud, options: DownloadOptions): Promise<DownloadedFile> {
  const page = new URL(`/en-us/download/details.aspx?id=${CLOUD_FILES[cloud].pageId}`, options.policy.center);
  const limits = { ...(options.limits ?? DOWNLOAD_LIMITS), bytes: PAGE_BYTES };
  const html = new TextDecoder().decode(await download(page, { ...options, limits, onProgress: undefined }));
  const link = newestLink(html, cloud, page);
  checkDownloadUrl(link, options.policy, page);
  return await downloadFile(link, cloud, options);
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
 * The page names the file several times, in HTML and in JSON inside a script; a page in transition may name two weeks.
 */
function newestLink(html: string, cloud: Cloud, page: URL): URL {
  const text = html
    .replace(/\\u002f/gi, "/")
    .replace(/\\\//g, "/")
    .replace(/&#0*47;|&#x0*2f;/gi, "/");
  const name = `ServiceTags_${CLOUD_FILES[cloud].fileCloud}_`;
  let newest: { readonly date: string; readonly link: string } | null = null;
  for (const [link, date = ""] of text.matchAll(
    new RegExp(`https?://[^\\s"'<>\\\\]{1,500}/${name}(\\d{8})\\.json`, "gi"),
  )) {
    if (newest === null || date > newest.date) newest = { date, link };
  }
  if (newest !== null && URL.canParse(newest.link)) return new URL(newest.link);
  throw storeError(
    "download-no-link",
    `the Download Center page names no ${name}*.json\n  ${page.href}`,
    "open the page in a browser, then name the file with --url, or import it with --from FILE",
  );
}

function startsLikeHtml(bytes: Uint8Array): boolean {
  return /^\uFEFF?\s*</.test(new TextDecoder().decode(bytes.subarray(0, 200)));
}
