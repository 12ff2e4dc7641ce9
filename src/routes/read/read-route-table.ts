import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";
import type { RouteTable, RouteTableOrigin } from "../effective-route.ts";
import { decodeText } from "./decode-text.ts";
import { bestForm, type Form } from "./form.ts";
import { JSON_FORMS, textForms } from "./forms.ts";
import { parseJsonDocument } from "./json-document.ts";
import { HOW_TO_EXPORT, isRouteFileError, type RouteFileErrorCode } from "./route-file-error.ts";

/** Where the content came from. Its form is recognised from the content itself. */
export interface TextOrigin {
  readonly kind: Exclude<RouteTableOrigin["kind"], "sample">;
  readonly name: string;
  /** ISO 8601. */
  readonly fetchedAt?: string | null | undefined;
}

/**
 * The route table in an export, in any of the forms of `forms.ts`. Give a file's bytes rather than its text: Windows
 * PowerShell 5 writes UTF-16. Asynchronous because the forms that are not JSON are loaded on demand.
 * @throws UserError<RouteFileErrorCode> (rejects); its message begins with the name of the origin. Linear in the
 * content.
 */
export async function readRouteTable(content: string | Uint8Array, origin: TextOrigin): Promise<RouteTable> {
  try {
    const { format, routes, note } = await readText(typeof content === "string" ? content : decodeText(content));
    const { kind, name, fetchedAt = null } = origin;
    return { routes, origin: { kind, name, format, fetchedAt, note } };
  } catch (error) {
    if (!isRouteFileError(error)) throw error;
    const { code, message, hint } = error;
    throw new UserError<RouteFileErrorCode>(code, `${shortName(origin, message)}: ${message}`, hint);
  }
}

async function readText(raw: string) {
  const text = raw.replace(/^\uFEFF/, "");
  if (text.trim() === "") {
    throw new UserError<RouteFileErrorCode>(
      "text-empty",
      "it is empty",
      `check that the export succeeded; ${HOW_TO_EXPORT}`,
    );
  }
  const document = parseJsonDocument(text);
  if (document !== null) return readBest(JSON_FORMS, document);
  return readBest(await textForms(), text);
}

function readBest<Source>(forms: readonly Form<Source>[], source: Source) {
  const form = bestForm(forms, source);
  return { format: form.name, ...form.read(source) };
}

/** The most characters of the first line of a message, without `error: ` before it and `: ` within. */
const FIRST_LINE = 99 - "error: : ".length;

/** The last part of a path or resource id, as much of it as fits into the message's first line before the reason. */
function shortName(origin: TextOrigin, reason: string): string {
  if (origin.kind === "stdin") return "stdin";
  const parts = origin.name.split(/[\\/]/).filter((part) => part !== "");
  const [firstLine = ""] = reason.split("\n");
  return quotedText(parts.at(-1) ?? origin.kind, Math.max(20, FIRST_LINE - firstLine.length));
}
