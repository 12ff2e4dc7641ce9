import { UserError } from "../../text/user-error.ts";
import type { RouteFileErrorCode } from "./route-file-error.ts";

/** The encoding by byte order mark, else by the zero byte of the first character, because exports begin with ASCII. */
function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  const [first, second] = bytes;
  if (second === undefined) return "utf-8";
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return "utf-16be";
  return "utf-8";
}

function isPacked(bytes: Uint8Array): boolean {
  const [first, second, third = 0x20] = bytes;
  const isZip = first === 0x50 && second === 0x4b && third <= 8; // a text may begin with "PK" too
  return isZip || (first === 0x1f && second === 0x8b);
}

/**
 * The text in the bytes of an export, without its byte order mark: UTF-8, or UTF-16 of either byte order, which `>`
 * writes in Windows PowerShell 5.
 * @throws UserError<RouteFileErrorCode> for other bytes. One pass over the bytes.
 */
export function decodeText(bytes: Uint8Array): string {
  if (isPacked(bytes)) {
    throw new UserError<RouteFileErrorCode>(
      "text-binary",
      "it is a zip, Excel or gzip file, not text",
      "unpack it, or save the sheet as CSV, and give that",
    );
  }
  const encoding = encodingOf(bytes);
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new UserError<RouteFileErrorCode>(
      "text-encoding",
      `it is not valid ${encoding === "utf-8" ? "UTF-8" : "UTF-16"} text`,
      "save it as UTF-8; in PowerShell: ... | Out-File -Encoding utf8 FILE",
    );
  }
  if (text.includes("\0")) {
    throw new UserError<RouteFileErrorCode>(
      "text-binary",
      "it holds zero bytes, so it is not text",
      "give the JSON or CSV file itself",
    );
  }
  return text;
}
