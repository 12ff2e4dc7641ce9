import { CsvError, parse } from "csv-parse/browser/esm/sync";
import { type Address, parseAddress } from "../net/address.ts";
import { csvFault } from "../text/csv-fault.ts";
import { didYouMean, nearNames } from "../text/near-names.ts";
import { quotedText } from "../text/quoted-text.ts";
import { UserError } from "../text/user-error.ts";

/** What an address map can name. */
export const ADDRESS_KINDS = [
  "nic",
  "load-balancer",
  "gateway",
  "vpn-gateway",
  "expressroute-gateway",
  "firewall",
  "managed-appliance",
  "route-server",
] as const;

type AddressKind = (typeof ADDRESS_KINDS)[number];

/** A row of an address map. It names the owner of an address, for tables without an inventory. */
export interface NamedAddress {
  readonly address: Address;
  /** Of a NIC the name of its table; of a gateway that of its learned routes. */
  readonly name: string;
  readonly kind: AddressKind;
  /** The virtual machine of a NIC: NICs with the same one are one appliance. */
  readonly vm: string | null;
  readonly ipForwarding: boolean | null;
  /** The NICs behind a load balancer. */
  readonly backends: readonly string[];
  /** The virtual network that has the address. It distinguishes equal addresses in two networks. */
  readonly network: string | null;
}

/** The columns; `address` and `name` are required. */
const COLUMNS = ["address", "name", "kind", "vm", "ip-forwarding", "backends", "network"] as const;

type Column = (typeof COLUMNS)[number];

const REQUIRED = ["address", "name"] as const satisfies readonly Column[];

type AddressMapErrorCode = "address-map-syntax" | "address-map-columns" | "address-map-value";

const HOW_TO = "the first line is address,name[,kind,vm,ip-forwarding,backends,network]";

/** The longest address map, in bytes. Hand-written ones are far shorter. */
const LONGEST = 10_000_000;

/**
 * Reads an address map: CSV with a heading, its columns in any order. Backends share one cell, separated by
 * spaces. Lines that start with # are comments. Linear.
 * @throws UserError<AddressMapErrorCode> that names the line.
 */
export function readAddressMap(text: string): readonly NamedAddress[] {
  const [heading, ...rows] = linesOf(text);
  if (heading === undefined) throw refusal("address-map-syntax", "the address map is empty", HOW_TO);
  const places = placesOf(heading.cells);
  return rows.map(({ cells, number }) => {
    const cell = (column: Column) => cells[places.get(column) ?? -1]?.trim() ?? "";
    const name = cell("name");
    if (name === "") throw refusal("address-map-value", `line ${number} of the address map has no name`, HOW_TO);
    return {
      address: addressIn(cell("address"), number),
      name,
      kind: kindIn(cell("kind"), number),
      vm: cell("vm") || null,
      ipForwarding: flagIn(cell("ip-forwarding"), number),
      backends: cell("backends")
        .split(/[\s;]/)
        .filter((each) => each !== ""),
      network: cell("network") || null,
    };
  });
}

interface Line {
  readonly cells: readonly string[];
  readonly number: number;
}

function linesOf(text: string): readonly Line[] {
  if (text.length > LONGEST) {
    throw refusal(
      "address-map-syntax",
      "the address map is longer than 10 MB",
      "give only the addresses of next hops and hosts",
    );
  }
  const lines: Line[] = [];
  try {
    parse(text, {
      bom: true,
      comment: "#",
      comment_no_infix: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      on_record(cells: readonly string[], { lines: number }) {
        lines.push({ cells, number });
        return null; // only this callback has the number of the line
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw refusal("address-map-syntax", `the address map is not CSV: ${csvFault(error)}`, HOW_TO);
  }
  return lines;
}

function placesOf(headings: readonly string[]): ReadonlyMap<Column, number> {
  const places = new Map<Column, number>();
  for (const [at, heading] of headings.entries()) {
    const typed = heading.trim().toLowerCase().replace(/[ _]/g, "-");
    const column = COLUMNS.find((each) => each.replaceAll("-", "") === typed.replaceAll("-", ""));
    if (column === undefined) {
      const near = didYouMean(nearNames(typed, COLUMNS).slice(0, 1));
      throw refusal(
        "address-map-columns",
        `unknown column '${quotedText(heading, 30)}' in the address map${near}`,
        HOW_TO,
      );
    }
    places.set(column, at);
  }
  const missing = REQUIRED.filter((column) => !places.has(column));
  if (missing.length > 0) {
    throw refusal("address-map-columns", `the address map has no column ${missing.join(", ")}`, HOW_TO);
  }
  return places;
}

function addressIn(text: string, line: number): Address {
  try {
    return parseAddress(text);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw refusal(
      "address-map-value",
      `line ${line} of the address map has no address`,
      `${error.message}; ${error.hint}`,
    );
  }
}

function kindIn(text: string, line: number): AddressKind {
  if (text === "") return "nic";
  const typed = text.toLowerCase().replace(/[ _]/g, "-");
  const kind = ADDRESS_KINDS.find((each) => each === typed);
  if (kind !== undefined) return kind;
  const near = didYouMean(nearNames(typed, ADDRESS_KINDS).slice(0, 1));
  const message = `line ${line}: unknown kind '${quotedText(text, 20)}'${near}`;
  throw refusal("address-map-value", message, `a kind is one of: ${ADDRESS_KINDS.join(", ")}`);
}

function flagIn(text: string, line: number): boolean | null {
  if (text === "" || text === "-") return null;
  if (/^(true|yes|on|1|enabled)$/i.test(text)) return true;
  if (/^(false|no|off|0|disabled)$/i.test(text)) return false;
  const message = `line ${line} of the address map: ip-forwarding is '${quotedText(text, 20)}'`;
  throw refusal("address-map-value", message, "write true or false, or leave it empty if unknown");
}

const refusal = (code: AddressMapErrorCode, message: string, hint: string) => new UserError(code, message, hint);
