import { describe, expect, it } from "vitest";
import { formatAddress, parseAddress } from "../../src/net/address.ts";
import { formatPrefix, parsePrefix } from "../../src/net/prefix.ts";
import { TagCatalogue } from "../../src/service-tags/tag-catalogue.ts";
import { hasSharedData, listShared } from "../shared-data.ts";
import { referenceLookup, referenceTags, tellingAddresses } from "./reference.ts";
import { sharedCatalogue, sharedTagText } from "./shared-tags.ts";
import { tagsOf } from "./tags-for-tests.ts";

/** A fixed sequence, so that a failure can be seen again. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const small = tagsOf({
  AzureCloud: ["20.0.0.0/8"],
  "AzureCloud.westeurope": ["20.1.0.0/16"],
  Storage: ["20.1.0.0/16", "20.1.2.0/24", "2603:1020::/32"],
  "Storage.WestEurope": ["20.1.2.0/24"],
  Zeta: ["20.1.2.0/24"],
});

describe("the tags of an address, most specific first", () => {
  it.each([
    [
      "the longest prefix comes first, a region before none, AzureCloud last",
      "20.1.2.3",
      ["Storage.WestEurope", "Storage", "Zeta", "AzureCloud.westeurope", "AzureCloud"],
    ],
    ["a tag stands once, by its longest prefix", "20.1.9.9", ["Storage", "AzureCloud.westeurope", "AzureCloud"]],
    ["IPv6 is looked up too", "2603:1020::1", ["Storage"]],
    ["an address in no tag has none", "8.8.8.8", []],
    ["an IPv4-mapped address is the IPv4 address", "::ffff:20.2.0.1", ["AzureCloud"]],
  ])("%s", (_, address, names) => {
    expect(small.lookup(parseAddress(address)).map((match) => match.name)).toEqual(names);
  });

  it.each([
    ["20.1.2.0/25", ["Storage.WestEurope", "Storage", "Zeta", "AzureCloud.westeurope", "AzureCloud"]],
    ["20.1.2.0/24", ["Storage.WestEurope", "Storage", "Zeta", "AzureCloud.westeurope", "AzureCloud"]],
    ["20.1.2.0/23", ["Storage", "AzureCloud.westeurope", "AzureCloud"]],
    ["20.0.0.0/8", ["AzureCloud"]],
    ["20.0.0.0/7", []],
    ["2603:1020:1::/48", ["Storage"]],
  ])("of %s, those that hold all of its addresses", (prefix, names) => {
    expect(small.lookupPrefix(parsePrefix(prefix)).map((match) => match.name)).toEqual(names);
  });

  it("each with its prefix, region and system service", () => {
    expect(small.lookup(parseAddress("20.1.2.3"))[0]).toEqual({
      name: "Storage.WestEurope",
      addressPrefix: "20.1.2.0/24",
      region: "westeurope",
      systemService: "Service of Storage.WestEurope",
    });
  });
});

describe("tags by name", () => {
  it.each([
    ["storage.westeurope", ["20.1.2.0/24"]],
    ["Storage", ["20.1.0.0/16", "20.1.2.0/24", "2603:1020::/32"]],
  ])("%s, in any case, with its prefixes in the file's order", (name, prefixes) => {
    expect(small.tag(name)?.prefixes.map(formatPrefix)).toEqual(prefixes);
  });

  it.each([
    ["storage.westeurope", true],
    ["Storage", true],
    ["AzureFrontDoor", true],
    ["Stor", false],
    ["Storage.", false],
    ["AzureFrontDoor.Frontend", false],
  ])("%s is known, also by tags below it alone: %s", (name, known) => {
    expect(tagsOf({ Storage: [], "Storage.WestEurope": [], "AzureFrontDoor.Backend": [] }).knows(name)).toBe(known);
  });

  it("an unknown name gives none", () => {
    expect(small.tag("Storage.Atlantis")).toBeNull();
  });

  it("each has its details, with or without its prefixes", () => {
    const details = {
      ...{ name: "Zeta", region: null, systemService: "Service of Zeta", changeNumber: "1" },
      networkFeatures: ["API", "NSG"],
    };
    expect(small.details()[4]).toEqual(details);
    expect([...small.tags()][4]).toEqual({ ...details, prefixes: [parsePrefix("20.1.2.0/24")] });
    expect(small.names()).toEqual(["AzureCloud", "AzureCloud.westeurope", "Storage", "Storage.WestEurope", "Zeta"]);
  });

  it("a tag that the index lacks is a bug", () => {
    const broken = new TagCatalogue({ ...small.index, tags: [] });
    expect(() => broken.lookup(parseAddress("20.1.2.3"))).toThrow(new RangeError("the tag index has no tag 3"));
  });

  it("the most specific one of an address, or none", () => {
    expect(["20.1.2.3", "20.9.0.0", "8.8.8.8"].map((text) => small.mostSpecific(parseAddress(text)))).toEqual([
      "Storage.WestEurope",
      "AzureCloud",
      null,
    ]);
  });
});

describe.skipIf(!hasSharedData)("on real tag files", () => {
  const files = listShared("data/service-tags");

  it.each(files)(
    "%s: look-ups agree with a scan of the JSON at prefixes' ends, within and anywhere",
    { tags: ["slow"], timeout: 60_000 },
    (file) => {
      const reference = referenceTags(sharedTagText(file));
      const catalogue = sharedCatalogue(file);
      const addresses = tellingAddresses(reference, 400, sequence(1));
      const wrong = addresses.filter((address) => {
        const found = catalogue.lookup(address).map((match) => `${match.name} ${match.addressPrefix}`);
        return found.join() !== referenceLookup(reference, address).join();
      });
      expect(wrong.map(formatAddress)).toEqual([]);
      expect(addresses.length).toBeGreaterThan(2000);
    },
  );

  it.each(files)("%s: every tag comes back with every prefix", { tags: ["slow"] }, (file) => {
    const reference = referenceTags(sharedTagText(file));
    const tags = [...sharedCatalogue(file).tags()];
    expect(tags.map((tag) => [tag.name, tag.prefixes.length])).toEqual(
      reference.map((tag) => [tag.name, tag.prefixes.length]),
    );
    expect(tags.map((tag) => tag.prefixes)).toEqual(reference.map((tag) => tag.prefixes));
  });
});
