import { quotedText } from "../../text/quoted-text.ts";
import { isRecord } from "../../text/type-guards.ts";
import { HOW_TO_EXPORT, RouteFileError } from "./route-file-error.ts";

type Keys = ReadonlySet<string>;

/** The object's field names and those of its `properties`, in lower case: az, ARM and PowerShell differ in both. */
function keysOf(value: Readonly<Record<string, unknown>>): Keys {
  const properties = value.properties ?? value.Properties;
  const names = [...Object.keys(value), ...(isRecord(properties) ? Object.keys(properties) : [])];
  return new Set(names.map((name) => name.toLowerCase()));
}

function has(keys: Keys, ...names: readonly string[]): boolean {
  return names.every((name) => keys.has(name));
}

/** Other things that `az`, PowerShell and the REST API give, by the fields that only they have. First match counts. */
const KINDS: readonly {
  readonly code: RouteFileError["code"];
  readonly article: string;
  readonly hint: string;
  readonly looksLike: (keys: Keys) => boolean;
}[] = [
  {
    code: "routes-report",
    article: "a report of this program (routes -o json)",
    hint: "give the export that the report was made from",
    looksLike: (keys) => has(keys, "schemaversion", "routes"),
  },
  {
    code: "service-tag-file",
    article: "a service tag file",
    hint: "give it as --tags; the routes come from az network nic show-effective-route-table",
    looksLike: (keys) =>
      has(keys, "values", "cloud") || has(keys, "values", "changenumber") || has(keys, "addressprefixes"),
  },
  {
    code: "security-rules",
    article: "a network security group's rules",
    hint: HOW_TO_EXPORT,
    looksLike: (keys) =>
      ["securityrules", "defaultsecurityrules", "effectivesecurityrules"].some((name) => keys.has(name)) ||
      has(keys, "priority", "direction"),
  },
  {
    code: "network-interface",
    article: "a network interface",
    hint: HOW_TO_EXPORT,
    looksLike: (keys) => has(keys, "ipconfigurations"),
  },
  {
    code: "route-table-resource",
    article: "a route table resource: only the user-defined routes",
    hint: `effective routes hold the system and BGP routes too; ${HOW_TO_EXPORT}`,
    looksLike: (keys) =>
      has(keys, "routes") || (has(keys, "addressprefix", "nexthoptype") && !keys.has("source") && !keys.has("state")),
  },
  {
    code: "next-hop-result",
    article: "a next hop result of Network Watcher",
    hint: HOW_TO_EXPORT,
    looksLike: (keys) => has(keys, "nexthoptype") && !keys.has("addressprefix") && !keys.has("state"),
  },
];

/** The error for an object that is known to be something else, or null. Looks at field names alone. */
export function knownOtherKind(value: unknown): RouteFileError | null {
  if (!isRecord(value)) return null;
  const azure = azureError(value);
  if (azure !== null) return azure;
  const keys = keysOf(value);
  const kind = KINDS.find((candidate) => candidate.looksLike(keys));
  if (kind === undefined) return null;
  return new RouteFileError(kind.code, `it looks like ${kind.article}`, kind.hint);
}

const ROW_FIELDS = ["addressprefix", "nexthoptype", "source", "state"];

/** The error for a list's object that has not a single field of a route, or null. */
export function notARow(value: unknown): RouteFileError | null {
  if (!isRecord(value)) return null;
  const keys = keysOf(value);
  if (ROW_FIELDS.some((name) => keys.has(name))) return null;
  return new RouteFileError("not-effective-routes", `it holds a list of ${fieldsOf(value)}, not routes`, HOW_TO_EXPORT);
}

function fieldsOf(value: object): string {
  const names = Object.keys(value).slice(0, 3).join(", ");
  return names === "" ? "empty objects" : `objects with ${quotedText(names)}`;
}

/** The error for a JSON value that holds no rows and is nothing known. */
export function notEffectiveRoutes(value: unknown): RouteFileError {
  if (value === null) {
    return new RouteFileError(
      "null-result",
      "it holds only 'null', which Azure answers while it still works",
      `follow the answer's Location header to the result, or ${HOW_TO_EXPORT}`,
    );
  }
  if (typeof value !== "object") {
    return new RouteFileError("plain-value", `it holds only a ${typeof value}, not a table`, HOW_TO_EXPORT);
  }
  const names = Object.keys(value).slice(0, 3).join(", ");
  const what = names === "" ? "an empty object" : `an object with ${quotedText(names)}`;
  return new RouteFileError("not-effective-routes", `it holds ${what}, not routes`, HOW_TO_EXPORT);
}

const NEXT_STEP: Readonly<Record<string, string>> = {
  nicmustbeattachedtorunningvmtogeteffectiveroutes: "start the virtual machine, then export the table again",
  authorizationfailed:
    "ask for Microsoft.Network/networkInterfaces/effectiveRouteTable/action (Network Contributor has it), then export again",
  resourcenotfound: "check the names of the resource group and the network interface, then export again",
};

/** An ARM error body: `{"error": {"code", "message"}}`, or the inner object alone. */
function azureError(value: Readonly<Record<string, unknown>>): RouteFileError | null {
  const error = value.error ?? value.Error ?? value;
  if (!isRecord(error)) return null;
  const { code, message } = error;
  if (typeof code !== "string" || typeof message !== "string") return null;
  return new RouteFileError(
    "azure-error",
    `it holds an Azure error, not routes\n${quotedText(code, 80)}: ${quotedText(message, 500)}`,
    (Object.hasOwn(NEXT_STEP, code.toLowerCase()) ? NEXT_STEP[code.toLowerCase()] : undefined) ??
      "do what Azure's message asks, then export the table again",
  );
}
