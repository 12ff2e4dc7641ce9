import { quotedText } from "../../text/quoted-text.ts";
import type { RouteTable, RouteTableOrigin } from "../effective-route.ts";
import { routeTableFromJson } from "./arm-table.ts";
import { decodeText } from "./decode-text.ts";
import { parseJson } from "./parse-json.ts";
import { delimiterOf } from "./portal-columns.ts";
import { HOW_TO_EXPORT, RouteFileError } from "./route-file-error.ts";
import { notEffectiveRoutes } from "./wrong-kind.ts";

/** Where the content came from; the shape is found out by reading it. */
export interface TextOrigin {
  readonly kind: Exclude<RouteTableOrigin["kind"], "sample">;
  readonly name: string;
  /** ISO 8601. */
  readonly fetchedAt?: string | null | undefined;
}

/**
 * The route table that an export holds, its shape found from the content: JSON of Azure Resource Manager, az or PowerShell,
 * or the portal's CSV. Of a file the bytes are best: Windows PowerShell 5 writes UTF-16.
 *
 * Asynchronous because the CSV parser is loaded only for CSV; JSON is read before the promise is given.
 * @throws RouteFileError (rejects) whose message opens with the name of the origin. Linear in the content.
 */
export async function readRouteTable(content: string | Uint8Array, origin: TextOrigin): Promise<RouteTable> {
  try {
    return await readShape(typeof content === "string" ? content : decodeText(content), {
      kind: origin.kind,
      name: origin.name,
      fetchedAt: origin.fetchedAt ?? null,
      note: null,
    });
  } catch (error) {
    throw error instanceof RouteFileError ? error.of(shortName(origin, error.message)) : error;
  }
}

async function readShape(raw: string, origin: Omit<RouteTableOrigin, "format">): Promise<RouteTable> {
  // Windows PowerShell 5 puts a line with the type name before a CSV's heading.
  const text = raw.replace(/^\uFEFF/, "").replace(/^#TYPE [^\n]*\n/, "");
  const start = text.trimStart().slice(0, 1);
  if (start === "") {
    throw new RouteFileError("text-empty", "it is empty", `check that the export succeeded; ${HOW_TO_EXPORT}`);
  }
  if (start === "{" || start === "[") return routeTableFromJson(parseJson(text), origin);
  if (delimiterOf(text) !== null) {
    const { readPortalCsv } = await import("./portal-csv.ts");
    return { routes: readPortalCsv(text), origin: { ...origin, format: "portal-csv" } };
  }
  throw notATable(text);
}

function notATable(text: string): RouteFileError {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const jsonFollows = /^[ \t]*[[{]/m.test(text);
    return new RouteFileError(
      "text-unrecognised",
      jsonFollows ? "it has other text before the JSON" : "it is neither JSON nor the portal's CSV",
      jsonFollows ? "redirect only standard output to the file: > routes.json, not 2>&1" : HOW_TO_EXPORT,
    );
  }
  return notEffectiveRoutes(value);
}

/** The most characters that the first line of a message should have, with `error: ` before it and `: ` within. */
const FIRST_LINE = 99 - "error: : ".length;

/** The last part of a path or resource id, as far as it fits into a message's first line beside the reason. */
function shortName(origin: TextOrigin, reason: string): string {
  if (origin.kind === "stdin") return "stdin";
  const parts = origin.name.split(/[\\/]/).filter((part) => part !== "");
  const [firstLine = ""] = reason.split("\n");
  return quotedText(parts.at(-1) ?? origin.kind, Math.max(20, FIRST_LINE - firstLine.length));
}
