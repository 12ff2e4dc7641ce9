import { UserError } from "../../text/user-error.ts";
import { FIT, type Form } from "./form.ts";
import { columnOf } from "./headings.ts";
import { azureRefusal, nullResult } from "./json/other.ts";
import { prefixesOnly } from "./prefixes-only.ts";
import { HOW_TO_EXPORT, type RouteFileErrorCode } from "./route-file-error.ts";

type Refusal = UserError<RouteFileErrorCode>;

/**
 * Texts of az, PowerShell and operating systems that people mistake for a route table, or that lost what a table
 * needs.
 */
export const otherText: Form<string> = {
  name: "other-text",
  recognises: (text) => (kindOf(text) === null ? FIT.none : FIT.typical),
  tables: (text) => {
    throw kindOf(text) ?? new UserError("text-unrecognised", "not a route table", HOW_TO_EXPORT);
  },
};

/** The most characters that are looked at: the first lines say what a text is. */
const MOST_CHARACTERS = 4000;

const PREFIX = String.raw`[0-9a-fA-F.:]+/\d{1,3}`;

/** The kinds, by what only they have. The first match counts. */
const KINDS: readonly {
  readonly matches: (start: string) => boolean;
  readonly refusal: (start: string) => Refusal;
}[] = [
  {
    matches: (start) =>
      /^ {0,20}Network Destination +Netmask +Gateway|^IPv4 Route Table|^Kernel IP routing table/im.test(start) ||
      // Rows of `route print` in any language: destination, mask, gateway, interface, metric. And those of netstat.
      /^ {1,20}[\d.]{7,15} {1,20}[\d.]{7,15} {1,20}\S{1,30}( \S{1,30}){0,3} {1,20}[\d.]{7,15} {1,20}\d+$/m.test(
        start,
      ) ||
      /^Routing tables\n/m.test(start),
    refusal: () =>
      new UserError(
        "system-routes",
        "it is the route table of an operating system (route print), not Azure's",
        `Azure decides after the system has sent the packet; ${HOW_TO_EXPORT}`,
      ),
  },
  {
    matches: (start) => /^(\S{1,50} via \S{1,50}|default|[\d.]{7,15}(\/\d{1,2})?) dev \S+/m.test(start),
    refusal: () =>
      new UserError(
        "system-routes",
        "it is the route table of an operating system (ip route), not Azure's",
        `Azure decides after the system has sent the packet; ${HOW_TO_EXPORT}`,
      ),
  },
  {
    matches: (start) => /^HTTP\/[\d.]+ 202\b|^StatusCode\s*: 202$/m.test(start) || /^null\s*$/m.test(start),
    refusal: nullResult,
  },
  {
    matches: (start) => azureErrorIn(start) !== null,
    refusal: (start) => azureErrorIn(start) ?? nullResult(),
  },
  {
    // Each row as counts: az -o tsv prints the length of a list.
    matches: (start) => /^\d+\t(True|False)\t\S+\t\d+\t[A-Za-z]+\t[A-Za-z]+\t[A-Za-z]+\s*$/m.test(start),
    refusal: countsOnly,
  },
  { matches: (start) => /^None\t\d+\s*$/.test(start), refusal: countsOnly },
  {
    matches: (start) => /^[[{].*'(address_prefix|addressPrefix)' ?:/s.test(start),
    refusal: () =>
      new UserError(
        "text-unrecognised",
        "it is a printed Python object, not JSON",
        "in Python: json.dump(result.as_dict(), file)",
      ),
  },
  {
    matches: (start) => new RegExp(String.raw`^[^\t\n]+\t(Active|Invalid)\t${PREFIX}[^\t\n]*\t`, "m").test(start),
    refusal: () =>
      new UserError(
        "heading-missing",
        "the table has no line with its headings, so its columns cannot be identified",
        "add the line: Source, State, Address Prefixes, Next Hop Type, Next Hop IP Address, User Defined Route Name " +
          "(with tabs between)",
      ),
  },
  {
    matches: (start) => /<table[\s>]/i.test(start),
    refusal: () =>
      new UserError(
        "text-unrecognised",
        "it is an HTML page",
        `copy the table as the browser shows it; ${HOW_TO_EXPORT}`,
      ),
  },
  {
    // Rows of CSV under a heading in another language, such as the portal writes it.
    matches: hasRowsUnderOtherHeadings,
    refusal: () =>
      new UserError(
        "heading-missing",
        "the headings of its columns are not known",
        "download it again with the portal in English, because Azure's English words are needed in the rows too; or " +
          HOW_TO_EXPORT,
      ),
  },
  {
    matches: (start) => new RegExp(String.raw`^["']?${PREFIX}["']?,?\n(["']?${PREFIX}["']?,?\n|$)`).test(start),
    refusal: prefixesOnly,
  },
];

/** Whether the first two lines are those of a CSV file, and the second has a prefix in a cell of its own. */
function hasRowsUnderOtherHeadings(start: string): boolean {
  const [heading = "", row = ""] = start.split("\n", 2);
  if (heading.split(/[,;\t]/).some((each) => columnOf(each) === "addressPrefix")) return false;
  return [",", ";", "\t"].some(
    (delimiter) =>
      heading.split(delimiter).length >= 4 &&
      row.split(delimiter).some((cell) => /^"?[0-9a-f.:]+\/\d{1,3}"?$/i.test(cell.trim())),
  );
}

/** The rejection of an error of Azure as az or PowerShell prints it; else null. */
function azureErrorIn(start: string): Refusal | null {
  const [, code, message] =
    /^(?:ERROR: )?\(([A-Z]\w{3,80})\) (.+)$/m.exec(start) ??
    /^ErrorCode: ([A-Z]\w{3,80})\nErrorMessage: (.+)$/m.exec(start) ??
    /^ErrorCode: ([A-Z]\w{3,80})$()/m.exec(start) ??
    [];
  return code === undefined ? null : azureRefusal(code, message ?? "");
}

function countsOnly(): Refusal {
  return new UserError("counts-only", "it has counts in place of prefixes, as az -o tsv prints lists", HOW_TO_EXPORT);
}

function kindOf(text: string): Refusal | null {
  const start = text.trimStart().slice(0, MOST_CHARACTERS);
  return KINDS.find(({ matches }) => matches(start))?.refusal(start) ?? null;
}
