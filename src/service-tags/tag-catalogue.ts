import { type Address, fromWords } from "../net/address.ts";
import { formatPrefix, type Prefix, prefixOf } from "../net/prefix.ts";
import { covering, longestAround, longestCovering, type PrefixTable } from "../net/prefix-table.ts";
import type {
  PrefixAnnotation,
  RowAnnotation,
  ServiceTagFile,
  ServiceTagMatch,
  ServiceTagSource,
} from "../routes/annotation.ts";
import type { EffectiveRoute } from "../routes/effective-route.ts";
import { includesTag } from "../routes/includes-tag.ts";
import type { SubnetEndpoint } from "../routes/subnet-facts.ts";
import { same } from "../text/same.ts";
import { nextLink, parentOf } from "./index/links.ts";
import { detailsOf, isAzureCloud, type TagDetails, type TagIndex } from "./index/tag-index.ts";
import { nameRow } from "./name-row.ts";
import { endpointOfTag } from "./service-endpoints.ts";

/** A tag with its prefixes in the file's order. */
export interface ServiceTag extends TagDetails {
  readonly prefixes: readonly Prefix[];
}

/** The service tags of one file, ready for look-ups. */
export class TagCatalogue implements ServiceTagSource {
  readonly file: ServiceTagFile;
  readonly #index: TagIndex;

  /** `file` replaces the source in the index, for a file that has another name now. */
  constructor(index: TagIndex, file: ServiceTagFile = index.file) {
    this.#index = index;
    this.file = file;
  }

  /**
   * Every tag that holds the address, each by its longest prefix that does. Most specific first: longest prefix, a
   * service before AzureCloud, a region before none. Cost: one search, and a step per covering prefix.
   */
  lookup(address: Address): readonly ServiceTagMatch[] {
    return this.#matches(address, covering(this.#index.table, address));
  }

  /** The same for every tag with a prefix that holds all addresses of `prefix`. */
  lookupPrefix(prefix: Prefix): readonly ServiceTagMatch[] {
    return this.#matches({ family: prefix.family, value: prefix.first }, this.#around(prefix));
  }

  *#around(prefix: Prefix): Generator<number> {
    const { table, columns } = this.#index;
    for (let at = longestAround(table, columns, prefix); at >= 0; at = parentOf(this.#index, at)) yield at;
  }

  #matches(address: Address, prefixes: Iterable<number>): readonly ServiceTagMatch[] {
    const { columns, chains } = this.#index;
    const matches: ServiceTagMatch[] = [];
    const seen = new Set<number>();
    for (const prefix of prefixes) {
      const addressPrefix = formatPrefix(prefixOf(address, columns.length[prefix] ?? 0));
      for (let i = chains.ofPrefix[prefix] ?? 0; i > 0; i = nextLink(chains, i)) {
        const tag = chains.tag[i] ?? 0;
        if (seen.has(tag)) continue;
        seen.add(tag);
        const { name, region, systemService } = this.#details(tag);
        matches.push({ name, addressPrefix, region, systemService });
      }
    }
    return matches;
  }

  mostSpecific(address: Address): string | null {
    const tag = this.mostSpecificAt(longestCovering(this.#index.table, address));
    return tag < 0 ? null : this.#details(tag).name;
  }

  /** The compiled tags. `encodeIndex` writes them as `openIndex` reads them. */
  get index(): TagIndex {
    return this.#index;
  }

  /** The prefixes of all tags, compiled. */
  get table(): PrefixTable {
    return this.#index.table;
  }

  /**
   * The index of the first tag that `lookup` returns for an address whose longest covering prefix in `table` is
   * `longest`; -1 for none.
   */
  mostSpecificAt(longest: number): number {
    const { ofPrefix, tag } = this.#index.chains;
    return longest < 0 ? -1 : (tag[ofPrefix[longest] ?? 0] ?? -1);
  }

  /** Names a service endpoint row by its whole prefix set, and each prefix; any other row gets nulls. */
  annotate(route: EffectiveRoute, endpoints: readonly SubnetEndpoint[] = []): RowAnnotation {
    const prefixes = route.addressPrefix;
    const isEndpointRow = same(route.nextHopType, "VirtualNetworkServiceEndpoint");
    const name = isEndpointRow ? nameRow(this.#index, prefixes, endpoints) : null;
    if (name === null) {
      return {
        serviceTag: null,
        serviceEndpoint: null,
        prefixes: prefixes.map((prefix) => ({ prefix, serviceTag: null })),
      };
    }
    const tag = this.#details(name.tag).name;
    const tagOf = (prefix: Prefix) => this.#tagOfPrefix(prefix, name.tag);
    return {
      serviceTag: { name: tag, matched: name.matched, total: prefixes.length },
      serviceEndpoint: endpointOfTag(tag, endpoints),
      prefixes: prefixes.map((prefix) => new NamedPrefix(prefix, tagOf)),
    };
  }

  /** Every tag without its prefixes, in the file's order. */
  details(): readonly TagDetails[] {
    return Array.from({ length: this.#index.tags.length }, (_, tag) => this.#details(tag));
  }

  /** The name of every tag, in the file's order. */
  names(): readonly string[] {
    return this.details().map(({ name }) => name);
  }

  /** Every tag, in the file's order. */
  *tags(): Generator<ServiceTag> {
    for (let tag = 0; tag < this.#index.tags.length; tag++) yield this.#whole(tag);
  }

  /**
   * Whether the file has the tag or tags below it. For AzureFrontDoor it has only AzureFrontDoor.Backend and the like.
   */
  knows(name: string): boolean {
    return this.names().some((known) => includesTag(name, known));
  }

  /** A tag by its name, ignoring case; null if there is none. */
  tag(name: string): ServiceTag | null {
    const { tags } = this.#index;
    for (let tag = 0; tag < tags.length; tag++) if (same(this.#details(tag).name, name)) return this.#whole(tag);
    return null;
  }

  #tagOfPrefix(prefix: Prefix, rowTag: number): string | null {
    const { table, columns, chains } = this.#index;
    let leftover: string | null = null;
    for (let at = longestAround(table, columns, prefix); at >= 0; at = parentOf(this.#index, at)) {
      for (let i = chains.ofPrefix[at] ?? 0; i > 0; i = nextLink(chains, i)) {
        const tag = chains.tag[i] ?? 0;
        if (tag !== rowTag && leftover !== null) continue;
        const { name } = this.#details(tag);
        if (tag === rowTag) return name;
        if (!isAzureCloud(name)) leftover = name;
      }
    }
    return leftover;
  }

  #whole(tag: number): ServiceTag {
    const { tagStart, prefixesOfTag } = this.#index;
    const own = prefixesOfTag.subarray(tagStart[tag], tagStart[tag + 1]);
    return { ...this.#details(tag), prefixes: Array.from(own, (prefix) => this.#prefix(prefix)) };
  }

  #details(tag: number): TagDetails {
    return detailsOf(this.#index, tag);
  }

  #prefix(at: number): Prefix {
    const { family, words, length } = this.#index.columns;
    const own = family[at] === 4 ? 4 : 6;
    return { family: own, first: fromWords(own, words, 4 * at), length: length[at] ?? 0 };
  }
}

/** Finds the tag of a prefix when it is read: an explanation reads one of a row's hundreds. */
class NamedPrefix implements PrefixAnnotation {
  readonly prefix: Prefix;
  readonly #tagOf: (prefix: Prefix) => string | null;

  constructor(prefix: Prefix, tagOf: (prefix: Prefix) => string | null) {
    this.prefix = prefix;
    this.#tagOf = tagOf;
  }

  get serviceTag(): string | null {
    return this.#tagOf(this.prefix);
  }
}
