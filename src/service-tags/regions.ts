import { nearNames } from "../text/near-names.ts";
import { isAzureCloud, type TagDetails } from "./index/tag-index.ts";
import { regionName } from "./paired-regions.ts";
import { regionOfTag, serviceOfTag } from "./service-endpoints.ts";

type NamedTag = Pick<TagDetails, "name" | "region">;

/**
 * The regions of a tag file and their synonyms. The file abbreviates some regions: `AzureCloud.centralfrance` and
 * `Storage.FranceCentral` both have the region `centralfrance`. So the name that services give to a region is a
 * synonym of it, unless the region's own name is among them: `EastUS2Stage` is only a part of `eastus2`.
 * Cost: a pass over the tags.
 */
export class RegionNames {
  /** From each name, as `regionName` spells it, to the file's name of the region. */
  readonly #regions = new Map<string, string>();

  constructor(tags: Iterable<NamedTag>) {
    const named = new Map<string, Set<string>>();
    for (const { name, region } of tags) {
      if (region === null) continue;
      const own = regionName(region);
      const names = named.get(own) ?? new Set();
      named.set(own, names);
      const suffix = regionName(regionOfTag(name));
      if (suffix !== "" && !isAzureCloud(name)) names.add(suffix);
    }
    for (const region of named.keys()) this.#regions.set(region, region);
    for (const [region, names] of named) {
      if (names.has(region)) continue;
      for (const name of names) if (!this.#regions.has(name)) this.#regions.set(name, region);
    }
  }

  /** Every name of every region: `centralfrance`, `francecentral`. */
  get all(): readonly string[] {
    return [...this.#regions.keys()];
  }

  /** The file's name of a region, given any of its names in any spelling; an unknown name as `regionName` spells it. */
  canonical(name: string): string {
    const spelled = regionName(name);
    return this.#regions.get(spelled) ?? spelled;
  }

  /** Whether the tag is of the region, by its own region or by the region in its name. */
  holds(region: string, tag: NamedTag): boolean {
    const wanted = this.canonical(region);
    if (wanted === "") return false;
    return this.canonical(tag.region ?? "") === wanted || this.canonical(regionOfTag(tag.name)) === wanted;
  }

  /** All names of the region that `name` names, itself included. */
  synonyms(name: string): readonly string[] {
    const wanted = this.canonical(name);
    return [wanted, ...this.all.filter((known) => known !== wanted && this.#regions.get(known) === wanted)];
  }
}

/**
 * Up to three tags with a name like `wanted`, best first. A tag of the same service and region comes first, whatever
 * the region is called: `AzureCloud.francecentral` is `AzureCloud.centralfrance`.
 */
export function nearTags(wanted: string, tags: readonly NamedTag[]): readonly string[] {
  const names = tags.map(({ name }) => name);
  const service = serviceOfTag(wanted);
  const region = regionOfTag(wanted);
  const spellings =
    region === "" ? [] : new RegionNames(tags).synonyms(region).map((synonym) => `${service}.${synonym}`);
  const equal = new Set(spellings.map((spelling) => spelling.toLowerCase()));
  const found = names.filter((name) => equal.has(name.toLowerCase()));
  const near = found.length > 0 ? [] : spellings.flatMap((spelling) => nearNames(spelling, names));
  return [...new Set([...found, ...nearNames(wanted, names), ...near])].slice(0, 3);
}
