import { pageText } from "../../report/page.ts";
import { TAGS_IN_PAGE } from "../../report/page-data.ts";
import { subjectOf } from "../../report/subject.ts";
import { encodeIndex } from "../../service-tags/index/index-file.ts";
import { writePieces } from "../../terminal/pieces.ts";
import { UserError } from "../../text/user-error.ts";
import { VERSION } from "../../text/version.ts";
import type { Result } from "../results/kinds.ts";
import type { Format } from "./format.ts";

/** One self-contained HTML page. */
export const html: Format = {
  print: async (result, stdout) => writePieces(await htmlPage(result), stdout),
};

/** The most prefixes of a page. It is then made with a heap of 256 MB, and a browser draws it within seconds. */
const MOST_PREFIXES = 100_000;

/**
 * Returns the page of a result.
 * @throws UserError for tables that are too large for a browser.
 */
export async function htmlPage(result: Result): Promise<string> {
  const { page } = result;
  if (page === undefined) throw new RangeError(`a result of ${result.kind} has no page`);
  refuseTooMany(page.tables.flatMap(({ annotated }) => annotated.table.routes));
  const [{ gzipSync }, { parts }] = await Promise.all([import("node:zlib"), import("virtual:report-page")]);
  const { carriedTags } = page;
  const subject = subjectOf(result, page, { version: VERSION, writtenAt: new Date().toISOString() });
  const tags = carriedTags === null ? null : Buffer.concat(encodeIndex(carriedTags.index, TAGS_IN_PAGE));
  return pageText(subject, tags, parts, (content) => gzipSync(content, { level: 9 }).toString("base64"));
}

function refuseTooMany(routes: readonly { readonly addressPrefix: readonly unknown[] }[]): void {
  const prefixes = routes.reduce((sum, { addressPrefix }) => sum + addressPrefix.length, 0);
  if (prefixes <= MOST_PREFIXES) return;
  throw new UserError(
    "page-too-large",
    `the page would have ${prefixes.toLocaleString("en")} prefixes; the limit is ${MOST_PREFIXES.toLocaleString("en")}`,
    "use -o json or -o csv, or make a page of one table at a time",
  );
}
