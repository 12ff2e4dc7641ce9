import { type Address, parseAddress } from "../../net/address.ts";
import { type Prefix, parsePrefix } from "../../net/prefix.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { isRecord } from "../../text/type-guards.ts";
import { UserError } from "../../text/user-error.ts";

/** Reports a part that cannot be read, by its path in the resource. */
export type Report = (path: string, reason: string) => void;

/**
 * The fields of a resource or of a part of one, as Azure Resource Manager, az and PowerShell write them: below
 * `properties` or beside it, in any case. Each method returns null, or nothing, for a field that is missing or null,
 * and also for one of the wrong type, which is reported.
 */
export class Fields {
  readonly #record: Readonly<Record<string, unknown>>;
  readonly #properties: Readonly<Record<string, unknown>> | null;
  readonly #path: string;
  readonly #report: Report;

  constructor(record: Readonly<Record<string, unknown>>, report: Report, path = "") {
    this.#record = record;
    const properties = fieldOf(record, "properties");
    this.#properties = isRecord(properties) ? properties : null;
    this.#path = path;
    this.#report = report;
  }

  text(name: string): string | null {
    return this.#typed(name, "a text", (value) => (typeof value === "string" ? value : null)) || null;
  }

  /** The location by Azure's own name of it, `westeurope`, also where it is written as `West Europe`. */
  region(): string | null {
    return this.text("location")?.toLowerCase().replaceAll(" ", "") ?? null;
  }

  flag(name: string): boolean | null {
    return this.#typed(name, "true or false", (value) => (typeof value === "boolean" ? value : null));
  }

  /** A whole number of 32 bits. */
  number(name: string): number | null {
    return this.#typed(name, "a number", (value) => {
      return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 32 ? value : null;
    });
  }

  address(name: string): Address | null {
    const text = this.text(name);
    return text === null ? null : this.#parsed(name, text, parseAddress);
  }

  /** The addresses in a list of texts, or in one text with commas. */
  addresses(name: string): readonly Address[] {
    return this.#texts(name)
      .flatMap((text) => text.split(","))
      .flatMap((text) => this.#parsed(name, text.trim(), parseAddress) ?? []);
  }

  /** The prefixes in a list of texts, or in one text. */
  prefixes(name: string): readonly Prefix[] {
    return this.#texts(name).flatMap((text) => this.#parsed(name, text, parsePrefix) ?? []);
  }

  texts(name: string): readonly string[] {
    return this.#texts(name);
  }

  /** The object in a field. */
  part(name: string): Fields | null {
    const value = this.#typed(name, "an object", (value) => (isRecord(value) ? value : null));
    return value === null ? null : new Fields(value, this.#report, this.#pathOf(name));
  }

  /** The objects in a list. */
  parts(name: string): readonly Fields[] {
    const list = this.#typed(name, "a list", (value) => (Array.isArray(value) ? (value as unknown[]) : null)) ?? [];
    return list.flatMap((value, index) => {
      const path = `${this.#pathOf(name)}[${index}]`;
      if (isRecord(value)) return [new Fields(value, this.#report, path)];
      this.#report(path, "not an object");
      return [];
    });
  }

  /** The resource id in a reference `{"id": "…"}`. */
  reference(name: string): string | null {
    return this.part(name)?.text("id") ?? null;
  }

  /** The resource ids in a list of references. */
  references(name: string): readonly string[] {
    return this.parts(name).flatMap((part) => part.text("id") ?? []);
  }

  #texts(name: string): readonly string[] {
    const list = this.#typed(name, "a text or a list of texts", (value) => {
      if (typeof value === "string") return [value];
      return Array.isArray(value) ? (value as unknown[]) : null;
    });
    return (list ?? []).flatMap((value, index) => {
      if (typeof value === "string") return value === "" ? [] : [value];
      if (value !== null) this.#report(`${this.#pathOf(name)}[${index}]`, "not a text");
      return [];
    });
  }

  #typed<T>(name: string, what: string, read: (value: unknown) => T | null): T | null {
    const value = fieldOf(this.#properties, name) ?? fieldOf(this.#record, name) ?? null;
    if (value === null) return null;
    const found = read(value);
    if (found === null) this.#report(this.#pathOf(name), `not ${what}`);
    return found;
  }

  #parsed<T>(name: string, text: string, parse: (text: string) => T): T | null {
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.#report(this.#pathOf(name), quotedText(error.message, 120));
      return null;
    }
  }

  #pathOf(name: string): string {
    return this.#path === "" ? name : `${this.#path}.${name}`;
  }
}

/** The value of an own field by its name in any case; the exact name first. */
function fieldOf(record: Readonly<Record<string, unknown>> | null, name: string): unknown {
  if (record === null) return undefined;
  if (Object.hasOwn(record, name)) return record[name];
  const wanted = name.toLowerCase();
  for (const key of Object.keys(record)) {
    if (key.length === name.length && key.toLowerCase() === wanted) return record[key];
  }
  return undefined;
}
