import { type AddressErrorCode, isAddressError } from "../../net/address-error.ts";
import { type Prefix, parsePrefix } from "../../net/prefix.ts";
import { scannedPrefix } from "../../net/read-prefix.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { isRecord } from "../../text/type-guards.ts";
import { UserError } from "../../text/user-error.ts";
import type { EffectiveRoute } from "../effective-route.ts";
import { HOW_TO_EXPORT, type RouteFileErrorCode } from "./route-file-error.ts";

/**
 * The row in an object with ARM's field names. `at` names the row in errors ("row 3"). `source`, `state` and
 * `nextHopType` keep Azure's spelling, and `fields` keeps every field, known or not.
 * https://learn.microsoft.com/rest/api/virtualnetwork/network-interfaces/get-effective-route-table
 * @throws UserError<RouteFileErrorCode> for a missing, masked or mistyped field that decides the answer.
 * Linear in the row.
 */
export function effectiveRouteFromArm(row: unknown, at: string): EffectiveRoute {
  if (!isRecord(row)) {
    throw new UserError<RouteFileErrorCode>(
      "route-shape",
      `${at} is not an object`,
      "each row must be one effective route",
    );
  }
  const list = row.addressPrefix;
  const texts = prefixTexts(list, at);
  const fields = Array.isArray(list) ? row : { ...row, addressPrefix: texts };
  // The prefixes are known to be texts by now, and they are most of a row.
  if (Object.values(fields).some((value) => value !== list && nestsDeeper(value, MOST_LEVELS))) {
    throw new UserError<RouteFileErrorCode>(
      "route-shape",
      `${at} is nested too deeply`,
      "Azure sends flat rows; export it again",
    );
  }
  return {
    name: nameOf(row, at),
    source: requiredText(row, "source", at),
    state: requiredText(row, "state", at),
    nextHopType: requiredText(row, "nextHopType", at),
    addressPrefix: texts.map((text) => readPrefix(text, list, at)),
    nextHopIpAddress: nextHops(row, at),
    disableBgpRoutePropagation: flag(row, "disableBgpRoutePropagation", at),
    hasBgpOverride: flag(row, "hasBgpOverride", at) ?? false,
    destinationServiceTags: ownTags(row, at),
    fields,
  };
}

/**
 * The service tags that a user route points to. Neither field has been seen filled. In effective security rules,
 * `tagMap` has a list of prefixes for each tag.
 */
function ownTags(row: Readonly<Record<string, unknown>>, at: string): readonly string[] {
  const listed = listOf(row, "destinationServiceTags", at);
  if (listed.length > 0 || !isRecord(row.tagMap)) return listed;
  return Object.entries(row.tagMap)
    .filter(([, prefixes]) => Array.isArray(prefixes))
    .map(([tag]) => tag);
}

// `tagMap` is two levels deep. The limit keeps printing a row from overflowing the stack.
const MOST_LEVELS = 32;

function nestsDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => nestsDeeper(inner, levels - 1));
}

/**
 * The texts of an array, of one text with several parts (PowerShell joins lists below its depth with blanks), or of
 * the `{value, Count}` that Windows PowerShell 5 wraps around arrays. Undefined for any other value.
 */
function textsOf(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return [];
  if (typeof value === "string") return value.split(/[\s,;]/).filter((text) => text !== "");
  if (Array.isArray(value)) {
    return value.every((item): item is string => typeof item === "string")
      ? value.map((item) => item.trim())
      : undefined;
  }
  return isRecord(value) && "Count" in value ? textsOf(value.value) : undefined;
}

function prefixTexts(list: unknown, at: string): readonly string[] {
  const texts = textsOf(list);
  if (texts === undefined) throw wrongType(at, "addressPrefix", "a list of address prefixes");
  if (texts.every((text) => text === "")) {
    throw new UserError<RouteFileErrorCode>(
      "route-prefix-missing",
      `${at} has no address prefix`,
      "export the table again; a route without a prefix matches nothing, so the file is incomplete",
    );
  }
  return texts;
}

/** Reads one of the prefixes in `list`. */
function readPrefix(text: string, list: unknown, at: string): Prefix {
  try {
    return scannedPrefix(text) ?? parsePrefix(text);
  } catch (error) {
    if (!isAddressError(error)) throw error;
    for (const written of Array.isArray(list) ? list : [list]) if (typeof written === "string") refuseCut(written, at);
    refuseMask(text, at);
    throw new UserError<RouteFileErrorCode>(
      "route-prefix-invalid",
      `${at}: ${prefixFault(error, text)}`,
      quotedText(error.hint, 90),
    );
  }
}

/** @throws UserError for a list that PowerShell or the portal's page cut. */
function refuseCut(text: string, at: string): void {
  if (/\bSystem\.(Collections|String|Object)/.test(text)) {
    throw new UserError<RouteFileErrorCode>(
      "route-prefix-cut",
      `${at} has a PowerShell type name in place of its prefixes`,
      "export with: Get-AzEffectiveRouteTable ... | ConvertTo-Json -Depth 5",
    );
  }
  if (/\b\d+ more\b/i.test(text)) {
    throw new UserError<RouteFileErrorCode>(
      "route-prefix-cut",
      `${at} shows only some of its prefixes: '${quotedText(text, 24)}'`,
      "download the table instead of copying it from the page",
    );
  }
}

const MASK = /[<>*[\]{}]|x|redact|mask|hidden|private|public/i;

function refuseMask(text: string, at: string): void {
  if (!MASK.test(text)) return;
  throw new UserError<RouteFileErrorCode>(
    "route-prefix-masked",
    `${at} has a masked address prefix: '${quotedText(text, 24)}'`,
    "give the table as Azure sent it; without the prefix the winning route is unknown",
  );
}

function prefixFault(error: UserError<AddressErrorCode>, text: string): string {
  return text.length > 43 ? `'${quotedText(text)}' is not an address prefix` : quotedText(error.message, 66);
}

function nameOf(row: Readonly<Record<string, unknown>>, at: string): string | null {
  const value = row.name;
  if (value === undefined || value === null || value === "") return null;
  if (typeof value !== "string") throw wrongType(at, "name", "text");
  return value;
}

function requiredText(row: Readonly<Record<string, unknown>>, field: string, at: string): string {
  const value = row[field];
  if (typeof value === "string" && value.trim() !== "") return value.trim();
  if (value !== undefined && value !== null && typeof value !== "string") throw wrongType(at, field, "text");
  throw new UserError<RouteFileErrorCode>(
    "route-field",
    `${at} has no '${field}'`,
    "export every field: which route wins depends on source, state and nextHopType",
  );
}

function listOf(row: Readonly<Record<string, unknown>>, field: string, at: string): readonly string[] {
  const texts = textsOf(row[field]);
  if (texts === undefined) throw wrongType(at, field, "a list of texts");
  return texts.filter((text) => text !== "");
}

/** @throws UserError for a list that was cut: a mark or a count in place of addresses. */
function nextHops(row: Readonly<Record<string, unknown>>, at: string): readonly string[] {
  const hops = listOf(row, "nextHopIpAddress", at);
  const cut = hops.find((hop) => /\.{3}|…|^\+?\d+$|^more$|system\.(collections|string|object)/.test(hop.toLowerCase()));
  if (cut === undefined) return hops;
  throw new UserError<RouteFileErrorCode>(
    "cell-cut",
    `${at} shows only some of its next hops: '${quotedText(cut, 24)}'`,
    HOW_TO_EXPORT,
  );
}

function flag(row: Readonly<Record<string, unknown>>, field: string, at: string): boolean | null {
  const value = row[field];
  if (typeof value === "boolean") return value;
  if (value === undefined || value === null || value === "") return null;
  // PowerShell and CSV write booleans as text.
  if (typeof value === "string" && /^(true|false)$/i.test(value)) return same(value, "true");
  throw wrongType(at, field, "true or false");
}

function wrongType(at: string, field: string, expected: string): UserError<RouteFileErrorCode> {
  return new UserError<RouteFileErrorCode>(
    "route-field",
    `the '${field}' of ${at} is not ${expected}`,
    "export the table again",
  );
}
