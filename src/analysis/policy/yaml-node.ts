import { isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from "yaml";
import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import type { PolicyProblem } from "./policy.ts";
import { COLON, type PolicyDocument } from "./yaml.ts";

/** A key of a mapping with its value; `value` is null where none is written. */
export interface Entry {
  readonly key: string;
  readonly line: number;
  readonly value: Node | null;
}

/** A text of the policy, with its line. */
export interface LocatedText {
  readonly text: string;
  readonly line: number;
}

/** The most texts in a policy. Aliases can multiply a few texts without limit. */
const MOST_TEXTS = 100_000;

/** Reads the nodes of a policy's document and collects their problems, each with its line. */
export class PolicyNodes {
  readonly problems: PolicyProblem[] = [];
  readonly root: Node | null;
  readonly #document: PolicyDocument;
  #texts = 0;

  constructor(document: PolicyDocument) {
    this.#document = document;
    this.root = this.resolved(document.contents);
  }

  refuse(line: number, message: string, hint: string): void {
    this.problems.push({ line, message, hint });
  }

  /** The line of a node's first character. */
  lineOf(node: Node | null): number {
    return this.#document.lineAt(node?.range?.[0] ?? 0);
  }

  /** Returns the node that an alias (`*name`) refers to, and any other node unchanged; null for an empty value. */
  resolved(node: unknown): Node | null {
    const meant = this.#document.aliases.get(node) ?? node;
    if (isScalar(meant)) return meant.value === null ? null : meant;
    return isMap(meant) || isSeq(meant) ? meant : null;
  }

  /** Returns the items of a list, each with its line. A node that is not a list is its own only item. */
  items(node: Node | null): { readonly item: Node | null; readonly line: number }[] {
    if (!isSeq(node)) return [{ item: node, line: this.lineOf(node) }];
    return node.items.map((item) => ({ item: this.resolved(item), line: this.lineOf(item as Node | null) }));
  }

  /**
   * Returns the entries of a mapping by their keys; null where the node is not a mapping. An unknown key is a problem,
   * and so is a missing key of `required`, unless an unknown key looks like it.
   */
  entries<Key extends string>(
    node: Node,
    what: string,
    known: readonly Key[],
    required: { readonly [key in Key]?: string } = {},
  ): Map<Key, Entry> | null {
    const all = this.pairs(node, what, `keys: ${known.join(", ")}`);
    if (all === null) return null;
    const found = new Map<Key, Entry>();
    const meant = new Set<string>();
    for (const entry of all) {
      const key = known.find((name) => name === entry.key);
      if (key !== undefined) found.set(key, entry);
      else {
        for (const near of nearNames(entry.key.slice(0, LONGEST_KEY), known)) meant.add(near);
        const hint = entry.key === "<<" ? NO_MERGE : didYouMean(entry.key, known);
        this.refuse(entry.line, `unknown key '${shown(entry.key)}' in ${what}`, hint);
      }
    }
    for (const key of known) {
      const hint = required[key];
      if (hint !== undefined && !found.has(key) && !meant.has(key)) {
        this.refuse(this.lineOf(node), `${what} lacks ${key}`, hint);
      }
    }
    if (all.length === 0 && Object.keys(required).length === 0)
      this.refuse(this.lineOf(node), `${what} is empty`, `keys: ${known.join(", ")}`);
    return found;
  }

  /** Returns the entries of a mapping with keys of any name; null, and a problem, where the node is not a mapping. */
  pairs(node: Node, what: string, hint: string): Entry[] | null {
    if (!isMap(node)) {
      this.refuse(this.lineOf(node), `${what} is not a mapping of keys to values`, hint);
      return null;
    }
    const lines = new Map<string, number>();
    return (node as YAMLMap<unknown, unknown>).items.flatMap((pair) => {
      const key = this.resolved(pair.key);
      const line = this.lineOf(pair.key as Node | null);
      if (!isScalar(key) || typeof key.value !== "string") {
        this.refuse(line, `a key of ${what} is not text`, hint);
        return [];
      }
      const other = lines.get(key.value);
      if (other !== undefined) {
        this.refuse(line, `${what} has '${shown(key.value)}' twice, first in line ${other}`, "keep one of them");
        return [];
      }
      lines.set(key.value, line);
      return [{ key: key.value, line, value: this.resolved(pair.value) }];
    });
  }

  /**
   * Returns a text, or those of a list, each with its line; none, and a problem, where something else or nothing is
   * written.
   */
  texts({ key: whole, line, value }: Entry, hint: string): LocatedText[] {
    const key = shown(whole);
    if (value === null) {
      this.refuse(line, `${key} has no value`, hint);
      return [];
    }
    const count = isSeq(value) ? value.items.length : 1;
    if (count === 0) this.refuse(line, `${key} is an empty list`, hint);
    const before = this.#texts;
    this.#texts += count;
    if (this.#texts > MOST_TEXTS) {
      if (before <= MOST_TEXTS) this.refuse(line, "the policy has too many values", "write it as several policies");
      return [];
    }
    return this.items(value).flatMap(({ item, line: own }) => this.#textIn(item, own, key, hint));
  }

  /** Returns one text; null where there is none, and a problem where something else is written. */
  text(entry: Entry | undefined, hint: string): string | null {
    if (entry === undefined) return null;
    const { key, line, value } = entry;
    const [found] = this.#textIn(value, value === null ? line : this.lineOf(value), shown(key), hint);
    return found?.text ?? null;
  }

  #textIn(node: Node | null, line: number, key: string, hint: string): LocatedText[] {
    if (isScalar(node) && typeof node.value === "string" && node.value.trim() !== "") {
      return [{ text: node.value, line }];
    }
    if (isScalar(node) && typeof node.value !== "string") {
      const written = quotedText(node.source ?? String(node.value), 30);
      this.refuse(line, `${key}: ${written} is ${kindOf(node)}, not text`, `put it in quotes: "${written}"`);
    } else if (isMap(node)) this.refuse(line, `${key} is keys and values, not text`, COLON);
    else if (isSeq(node)) this.refuse(line, `${key} is a list, not text`, hint);
    else this.refuse(line, `${key} has an empty value`, hint);
    return [];
  }
}

const LONGEST_KEY = 100;

const NO_MERGE = "merge keys are not supported: write the keys out, or use an alias for the whole value";

/** Returns a key for a message. It may be the name of a table, with any characters. */
const shown = (key: string) => quotedText(key, 30);

/** YAML 1.2 has no other scalars. */
const kindOf = ({ value }: Scalar) => (typeof value === "boolean" ? "true or false" : "a number");

/** Returns a hint with the names most like an unknown one; with all names where none is similar. */
export function didYouMean(wanted: string, known: readonly string[]): string {
  const near = nearNames(wanted.slice(0, LONGEST_KEY), known);
  return near.length > 0 ? `did you mean: ${near.join(", ")}` : `one of: ${known.join(", ")}`;
}
