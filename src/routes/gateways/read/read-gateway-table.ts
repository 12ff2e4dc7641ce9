import { lastPart } from "../../../text/last-part.ts";
import { cleanText } from "../../read/clean-text.ts";
import { decodeText } from "../../read/decode-text.ts";
import { FIT } from "../../read/form.ts";
import { lettersOf } from "../../read/headings.ts";
import { named, refuseTooLong, type TableChoice } from "../../read/read-route-table.ts";
import { chosenTable, namesOf } from "../../read/table-choice.ts";
import type { AnyGatewayTable, GatewayTableOrigin } from "../gateway-table.ts";
import { GATEWAY_FORMS } from "./forms.ts";
import { json } from "./json.ts";
import { readPeers, readRoutes } from "./read-records.ts";
import { type GatewayForm, HOW_TO_EXPORT, type RecordTable, rejection } from "./record-table.ts";
import type { AnyKind } from "./row-kind.ts";

/** Where the content came from. Its form is recognised from the content itself. */
export interface GatewayTextOrigin {
  readonly kind: GatewayTableOrigin["kind"];
  readonly name: string;
  /** ISO 8601. */
  readonly fetchedAt?: string | null | undefined;
}

/** What is known of a table before it is read, as of an answer of Azure; it counts before what the content says. */
export interface KnownTable extends TableChoice {
  readonly kind?: AnyKind | undefined;
  readonly routerId?: string | undefined;
  readonly scope?: string | null | undefined;
}

/** One table of a source that may have several. */
interface GatewaySourceTable {
  /** Its router and scope, where the source names them. */
  readonly name: string | null;
  /** @throws UserError<RouteFileErrorCode>. Linear in the table. */
  read(): AnyGatewayTable;
}

/** For content without a name. */
const UNNAMED: GatewayTextOrigin = { kind: "file", name: "gateway table" };

/**
 * The table of a hub, a gateway, a Route Server or a circuit in an export or a paste, in any of the forms of
 * `forms.ts`; never a NIC's.
 * @throws UserError<RouteFileErrorCode> (rejects); its message begins with the name of the origin. Linear in the
 * content.
 */
export async function readGatewayTable(
  content: string | Uint8Array,
  origin: GatewayTextOrigin = UNNAMED,
  known: KnownTable = {},
): Promise<AnyGatewayTable> {
  return named(asTextOrigin(origin), async () =>
    chosenTable(await tablesIn(content, origin, known), known.table ?? null, "routers").read(),
  );
}

/**
 * All tables in such content, each with a name of its own.
 * @throws UserError<RouteFileErrorCode> (rejects), as `readGatewayTable`.
 */
export async function readGatewayTables(
  content: string | Uint8Array,
  origin: GatewayTextOrigin = UNNAMED,
): Promise<readonly { readonly name: string; readonly table: AnyGatewayTable }[]> {
  return named(asTextOrigin(origin), async () => {
    const tables = await tablesIn(content, origin, {});
    const names = namesOf(tables);
    return tables.map((table, at) => ({ name: names[at] ?? "", table: table.read() }));
  });
}

/** Whether content looks like the table of a router: cheap, and never throws for text. Linear in the content. */
export function looksLikeGatewayTable(content: string | Uint8Array): boolean {
  try {
    return bestForm(textOf(content)) !== null;
  } catch {
    return false;
  }
}

// Messages name only the last part of the origin, whatever its kind.
const asTextOrigin = ({ kind, name }: GatewayTextOrigin) => ({
  kind: kind === "stdin" ? ("stdin" as const) : ("file" as const),
  name,
});

const textOf = (content: string | Uint8Array) => {
  const text = typeof content === "string" ? content : decodeText(content);
  refuseTooLong(text);
  return cleanText(text);
};

/** The form that fits a text best; null where none does. */
function bestForm(text: string): GatewayForm | null {
  const fits = GATEWAY_FORMS.map((form) => ({ form, fit: form.recognises(text) }));
  const [best] = fits.sort((a, b) => b.fit - a.fit);
  return best === undefined || best.fit === FIT.none ? null : best.form;
}

async function tablesIn(content: string | Uint8Array, origin: GatewayTextOrigin, known: KnownTable) {
  const text = textOf(content);
  if (text.trim() === "")
    throw rejection("text-empty", "it is empty", `check that the export succeeded; ${HOW_TO_EXPORT}`);
  const form = bestForm(text) ?? (known.kind === undefined ? null : json);
  if (form === null) throw unrecognised();
  const tables = (await form.tables(text)).flatMap((table): readonly GatewaySourceTable[] => {
    const kind = kindOf(table, known.kind);
    if (kind === null) return [];
    const { name, scope } = table.title;
    return [
      {
        name: name === null ? null : [lastPart(name), scope].filter((part) => part !== null).join(" "),
        read: () => tableOf(table, kind, form.name, origin, known),
      },
    ];
  });
  if (tables.length === 0) throw unrecognised();
  return tables;
}

function unrecognised() {
  return rejection("text-unrecognised", "not a table of a hub, gateway, Route Server or circuit in any known form");
}

/** The kind of a table: the rows say most of it, the command above them or the reader the rest; null for no table. */
function kindOf({ rowKind, title, roles, records }: RecordTable, known: AnyKind | undefined): AnyKind | null {
  const ofRouteServer = roles !== null;
  switch (rowKind) {
    case "peers":
      return "gateway-peers";
    case "summary":
      return "circuit-summary";
    case "bgp": {
      const told = known ?? title.kind ?? "";
      const isFitting = /-(learned|advertised)$/.test(told) && (!ofRouteServer || told.startsWith("route-server-"));
      if (told !== "" && isFitting) return told;
      const isLearned = records.some(({ fields }) => Object.entries(fields).some(isOfLearned));
      const routes = isLearned ? "learned" : "advertised";
      return ofRouteServer ? `route-server-${routes}` : `gateway-${routes}`;
    }
    case null:
      return known ?? title.kind ?? (ofRouteServer ? "route-server-learned" : null);
    default:
      return rowKind;
  }
}

/** Only learned routes have a peer that they came from, and say how they came. */
function isOfLearned([field, value]: readonly [string, unknown]): boolean {
  const name = lettersOf(field);
  if (name === "origin") return typeof value === "string" && /^(EBgp|IBgp|Network)$/i.test(value);
  return name === "sourcepeer" && typeof value === "string" && value.trim() !== "";
}

function tableOf(
  table: RecordTable,
  kind: AnyKind,
  format: string,
  { name, kind: from, fetchedAt }: GatewayTextOrigin,
  known: KnownTable,
): AnyGatewayTable {
  const { title, note } = table;
  const router = {
    routerId: known.routerId ?? title.name ?? name,
    scope: known.scope ?? title.scope,
    origin: { kind: from, name, format, fetchedAt: fetchedAt ?? title.fetchedAt ?? null, note },
  };
  if (kind === "gateway-peers" || kind === "circuit-summary") return { kind, ...router, peers: readPeers(table) };
  const routes = readRoutes(table);
  const named = routes.map(({ instance }) => instance).filter((instance) => instance !== null);
  return { kind, ...router, instances: table.roles ?? [...new Set(named)], routes };
}
