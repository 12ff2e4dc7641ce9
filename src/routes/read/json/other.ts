import { quotedText } from "../../../text/quoted-text.ts";
import { isRecord, textField } from "../../../text/type-guards.ts";
import { UserError } from "../../../text/user-error.ts";
import { FIT, type Form } from "../form.ts";
import { type Column, columnOf, lettersOf, REQUIRED } from "../headings.ts";
import { prefixesOnly } from "../prefixes-only.ts";
import { HOW_TO_EXPORT, type RouteFileErrorCode } from "../route-file-error.ts";
import type { JsonDocument } from "./document.ts";

type Refusal = UserError<RouteFileErrorCode>;
type Names = ReadonlySet<string>;

/**
 * JSON of az, PowerShell, the REST API and this program that people mistake for effective routes. Refused, saying what
 * it is.
 */
export const otherJson: Form<JsonDocument> = {
  name: "other-json",
  recognises: (document) => (knownKind(document) === null ? FIT.none : FIT.typical),
  tables: (document) => {
    throw knownKind(document) ?? unknownKind(document);
  },
};

/** Any other JSON: refused, with the names of its fields. */
export const unknownJson: Form<JsonDocument> = {
  name: "unknown-json",
  recognises: () => FIT.fallback,
  tables: (document) => {
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
      has(names, "values", "cloud") ||
      has(names, "values", "changenumber") ||
      (has(names, "addressprefixes") && !names.has("nexthoptype") && !names.has("peeringstate")),
  },
  {
    code: "hub-routes",
    article: "the effective routes of a virtual hub, not of a network interface",
    hint: HOW_TO_EXPORT,
    matches: (names) => has(names, "nexthoptype") && (names.has("routeorigin") || names.has("addressprefixes")),
  },
  {
    code: "gateway-routes",
    article: "the routes of a gateway, Route Server or circuit, not of a network interface",
    hint: HOW_TO_EXPORT,
    matches: (names) =>
      [...names].some((name) => name.startsWith("routeservicerole_")) ||
      has(names, "network", "nexthop") ||
      (has(names, "sourcepeer") && names.has("aspath")) ||
      has(names, "locprf"),
  },
  {
    code: "peering",
    article: "a virtual network peering",
    hint: HOW_TO_EXPORT,
    matches: (names) => has(names, "peeringstate"),
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
      (has(names, "addressprefix", "nexthoptype") &&
        !names.has("source") &&
        !names.has("state") &&
        ["provisioningstate", "etag", "id", "properties"].some((name) => names.has(name))),
  },
  {
    code: "next-hop-result",
    article: "a next hop result of Network Watcher",
    hint: HOW_TO_EXPORT,
    matches: (names) => has(names, "nexthoptype") && (names.has("routetableid") || names.size === 1),
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
  if (rows !== null && rows.length > 0 && rows.every(isPrefixText)) return prefixesOnly();
  if (!isRecord(object)) return null;
  if (isUnfinished(object)) return nullResult();
  const error = azureError(object);
  if (error !== null) return error;
  const names = namesIn(object);
  const kind = KINDS.find(({ matches }) => matches(names));
  if (kind !== undefined) return new UserError(kind.code, `it looks like ${kind.article}`, kind.hint);
  return rows === null ? null : withoutFields(object);
}

const isPrefixText = (value: unknown) => typeof value === "string" && /^[0-9a-f.:]+\/\d{1,3}$/i.test(value);

/** What `--query` or a script left out of the routes, where what is left can be told to be routes; else null. */
function withoutFields(row: Readonly<Record<string, unknown>>): Refusal | null {
  const columns = new Set(Object.keys(row).map((name) => RENAMED.get(lettersOf(name)) ?? columnOf(name) ?? name));
  const present = REQUIRED.filter(([column]) => columns.has(column));
  if (present.length < 2 || present.length === REQUIRED.length - 1) return null;
  const missing = REQUIRED.filter(([column]) => !columns.has(column)).map(([column]) => `'${column}'`);
  if (missing.length > 0) {
    return new UserError(
      "route-field",
      `its routes have no ${missing.join(", ")}`,
      `which route wins depends on every one of them; ${HOW_TO_EXPORT}`,
    );
  }
  const renamed = Object.keys(row).filter((name) => !FIELD_NAMES.has(name.toLowerCase().replaceAll("_", "")));
  return new UserError(
    "route-field",
    `its fields are renamed: ${quotedText(renamed.join(", "), 50)}`,
    `keep Azure's names (addressPrefix, nextHopType, nextHopIpAddress, source, state); ${HOW_TO_EXPORT}`,
  );
}

/** Names that queries give to ARM's fields, besides those of tables. */
const RENAMED: ReadonlyMap<string, Column> = new Map([
  ["nexthop", "nextHopType"],
  ["type", "nextHopType"],
  ["destination", "addressPrefix"],
]);

const FIELD_NAMES: ReadonlySet<string> = new Set([
  "addressprefix",
  "nexthoptype",
  "nexthopipaddress",
  "source",
  "state",
  "name",
  "disablebgproutepropagation",
]);

/** The rejection of an answer that Azure gives while it still works. */
export function nullResult(): Refusal {
  return new UserError(
    "null-result",
    "it holds only 'null', which Azure returns while the operation runs",
    `follow the answer's Location header to the result, or ${HOW_TO_EXPORT}`,
  );
}

/** Whether it is what Invoke-AzRestMethod shows of an operation that has not ended. */
function isUnfinished(value: Readonly<Record<string, unknown>>): boolean {
  return value.StatusCode === 202 && ["null", "", null].some((content) => content === value.Content);
}

function unknownKind({ value, rows }: JsonDocument): Refusal {
  if (value === null) return nullResult();
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
  const code = textField(error, "code");
  const message = textField(error, "message");
  return code === null || message === null ? null : azureRefusal(code, message);
}

/** The rejection of an error of Azure in place of routes, with the next step where it is known. */
export function azureRefusal(code: string, message: string): Refusal {
  return new UserError(
    "azure-error",
    `it holds an Azure error, not routes\n${quotedText(code, 80)}: ${quotedText(message, 500)}`,
    NEXT_STEP.get(code.toLowerCase()) ?? "follow Azure's message, then export the table again",
  );
}
