import { quotedText } from "../../text/quoted-text.ts";
import { isRecord } from "../../text/type-guards.ts";
import { UserError } from "../../text/user-error.ts";
import { FIT, type Form } from "./form.ts";
import type { JsonDocument } from "./json-document.ts";
import { HOW_TO_EXPORT, type RouteFileErrorCode } from "./route-file-error.ts";

type Refusal = UserError<RouteFileErrorCode>;
type Names = ReadonlySet<string>;

/**
 * JSON of az, PowerShell, the REST API and this program that people mistake for effective routes. Refused, saying what
 * it is.
 */
export const otherJson: Form<JsonDocument> = {
  name: "other-json",
  recognises: (document) => (knownKind(document) === null ? FIT.none : FIT.typical),
  read: (document) => {
    throw knownKind(document) ?? unknownKind(document);
  },
};

/** Any other JSON: refused, with the names of its fields. */
export const unknownJson: Form<JsonDocument> = {
  name: "unknown-json",
  recognises: () => FIT.fallback,
  read: (document) => {
    throw unknownKind(document);
  },
};

/**
 * The kinds, by the fields that only they have. The first match counts. Names are in lower case: az, ARM and
 * PowerShell differ in it.
 */
const KINDS: readonly {
  readonly code: RouteFileErrorCode;
  readonly article: string;
  readonly hint: string;
  readonly matches: (names: Names) => boolean;
}[] = [
  {
    code: "routes-report",
    article: "a report of this program (routes -o json)",
    hint: "give the export that the report was made from",
    matches: (names) => has(names, "schemaversion", "routes"),
  },
  {
    code: "service-tag-file",
    article: "a service tag file",
    hint: "give it as --tags; the routes come from az network nic show-effective-route-table",
    matches: (names) =>
      has(names, "values", "cloud") || has(names, "values", "changenumber") || has(names, "addressprefixes"),
  },
  {
    code: "security-rules",
    article: "a network security group's rules",
    hint: HOW_TO_EXPORT,
    matches: (names) =>
      ["securityrules", "defaultsecurityrules", "effectivesecurityrules"].some((name) => names.has(name)) ||
      has(names, "priority", "direction"),
  },
  {
    code: "network-interface",
    article: "a network interface",
    hint: HOW_TO_EXPORT,
    matches: (names) => has(names, "ipconfigurations"),
  },
  {
    code: "route-table-resource",
    article: "a route table resource, which has only the user-defined routes",
    hint: `effective routes include the system and BGP routes; ${HOW_TO_EXPORT}`,
    matches: (names) =>
      has(names, "routes") ||
      (has(names, "addressprefix", "nexthoptype") && !names.has("source") && !names.has("state")),
  },
  {
    code: "next-hop-result",
    article: "a next hop result of Network Watcher",
    hint: HOW_TO_EXPORT,
    matches: (names) => has(names, "nexthoptype") && !names.has("addressprefix") && !names.has("state"),
  },
];

function has(names: Names, ...wanted: readonly string[]): boolean {
  return wanted.every((name) => names.has(name));
}

/** The object's field names and those of its `properties`, in lower case. */
function namesIn(value: Readonly<Record<string, unknown>>): Names {
  const properties = value.properties ?? value.Properties;
  const names = [...Object.keys(value), ...(isRecord(properties) ? Object.keys(properties) : [])];
  return new Set(names.map((name) => name.toLowerCase()));
}

/** The rejection of a kind that is known, judged by the first row or the object itself; else null. */
function knownKind({ value, rows }: JsonDocument): Refusal | null {
  const object = rows === null ? value : rows[0];
  if (!isRecord(object)) return null;
  const error = azureError(object);
  if (error !== null) return error;
  const names = namesIn(object);
  const kind = KINDS.find(({ matches }) => matches(names));
  return kind === undefined ? null : new UserError(kind.code, `it looks like ${kind.article}`, kind.hint);
}

function unknownKind({ value, rows }: JsonDocument): Refusal {
  if (value === null) {
    return new UserError(
      "null-result",
      "it holds only 'null', which Azure answers while it still works",
      `follow the answer's Location header to the result, or ${HOW_TO_EXPORT}`,
    );
  }
  if (typeof value !== "object") {
    return new UserError("plain-value", `it holds only a ${typeof value}, not a table`, HOW_TO_EXPORT);
  }
  const what = rows === null ? fieldsOf(value, "an object", "an empty object") : listOf(rows[0]);
  return new UserError("not-effective-routes", `it holds ${what}, not routes`, HOW_TO_EXPORT);
}

function listOf(first: unknown): string {
  return isRecord(first) ? fieldsOf(first, "a list of objects", "a list of empty objects") : "a list of other values";
}

function fieldsOf(value: object, object: string, empty: string): string {
  const names = Object.keys(value).slice(0, 3).join(", ");
  return names === "" ? empty : `${object} with ${quotedText(names)}`;
}

const NEXT_STEP: ReadonlyMap<string, string> = new Map([
  ["nicmustbeattachedtorunningvmtogeteffectiveroutes", "start the virtual machine, then export the table again"],
  [
    "authorizationfailed",
    "ask for Microsoft.Network/networkInterfaces/effectiveRouteTable/action (Network Contributor has it), then export again",
  ],
  ["resourcenotfound", "check the names of the resource group and the network interface, then export again"],
]);

/** The rejection of an ARM error body, `{"error": {"code", "message"}}` or the inner object alone; else null. */
function azureError(value: Readonly<Record<string, unknown>>): Refusal | null {
  const error = value.error ?? value.Error ?? value;
  if (!isRecord(error)) return null;
  const { code, message } = error;
  if (typeof code !== "string" || typeof message !== "string") return null;
  return new UserError(
    "azure-error",
    `it holds an Azure error, not routes\n${quotedText(code, 80)}: ${quotedText(message, 500)}`,
    NEXT_STEP.get(code.toLowerCase()) ?? "follow Azure's message, then export the table again",
  );
}
