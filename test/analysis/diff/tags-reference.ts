import { BlockList } from "node:net";

interface Json {
  readonly values: readonly { readonly name: string; readonly properties: { readonly addressPrefixes: string[] } }[];
}

/** The prefixes of each tag, as text from the file. */
type TagLists = ReadonlyMap<string, ReadonlySet<string>>;

const familyOf = (address: string) => (address.includes(":") ? "ipv6" : "ipv4");

/** Node's BlockList of the prefixes. Slow: a lookup walks the whole list. */
export function blockList(prefixes: Iterable<string>): BlockList {
  const list = new BlockList();
  for (const prefix of prefixes) {
    const [address = "", length] = prefix.split("/");
    list.addSubnet(address, Number(length), familyOf(address));
  }
  return list;
}

export const isIn = (list: BlockList, address: string) => list.check(address, familyOf(address));

/** Slow, obvious reader of a tag file. */
export function tagLists(text: string): TagLists {
  const { values } = JSON.parse(text.replace(/^\uFEFF/, "")) as Json;
  return new Map(values.map(({ name, properties }) => [name, new Set(properties.addressPrefixes)]));
}

const without = (these: ReadonlySet<string>, those: ReadonlySet<string>) =>
  [...these].filter((each) => !those.has(each));

/** Differences between two files, counted from the text alone. */
export function countedDifferences(older: TagLists, newer: TagLists) {
  const changed = [...newer].flatMap(([name, now]) => {
    const was = older.get(name);
    if (was === undefined) return [];
    const [added, removed] = [without(now, was), without(was, now)];
    return added.length + removed.length === 0 ? [] : [{ name, added, removed }];
  });
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const only = (these: TagLists, those: TagLists) => {
    const lists = [...these].filter(([name]) => !those.has(name)).map(([, list]) => list.size);
    return { tags: lists.length, prefixes: sum(lists) };
  };
  return {
    changed,
    totals: {
      changed: {
        tags: changed.length,
        prefixesAdded: sum(changed.map(({ added }) => added.length)),
        prefixesRemoved: sum(changed.map(({ removed }) => removed.length)),
      },
      added: only(newer, older),
      removed: only(older, newer),
    },
  };
}
