import { describe, expect, it } from "vitest";
import { formatAddress, parseAddress } from "../../src/net/address.ts";
import { scratchDirectory } from "../built-program.ts";
import { Random } from "../fuzz/random.ts";
import { hasSharedData, listShared } from "../shared-data.ts";
import { grepcidrLookups, hasGrepcidr } from "./grepcidr.ts";
import { referenceLookup, referenceTags, tellingAddresses } from "./reference.ts";
import { sharedCatalogue, sharedTagText } from "./shared-tags.ts";

/** Prefixes to take addresses from, of each file: some six addresses each. */
const PREFIXES = 250;

describe.skipIf(!hasGrepcidr)("grepcidr", () => {
  it("names the tags that hold an address", () => {
    const scratch = scratchDirectory();
    const text = JSON.stringify({
      values: [
        { name: "A", properties: { addressPrefixes: ["10.0.0.0/8", "10.1.0.0/16", "fd00::/8"] } },
        { name: "B", properties: { addressPrefixes: ["10.1.2.0/24"] } },
        { name: "Empty", properties: { addressPrefixes: [] } },
      ],
    });
    const addresses = ["10.1.2.3", "10.9.9.9", "11.0.0.0", "fd00::1", "fe00::"].map(parseAddress);
    const found = grepcidrLookups(referenceTags(text), addresses, scratch.path);
    expect([...found].map(([address, names]) => `${address} ${[...names].join()}`)).toEqual([
      "10.1.2.3 A,B",
      "10.9.9.9 A",
      "11.0.0.0 ",
      "fd00::1 A",
      "fe00:: ",
    ]);
    scratch.remove();
  });

  it.skipIf(!hasSharedData).each(listShared("data/service-tags"))(
    "%s: look-ups, a linear scan and grepcidr agree, IPv4 and IPv6",
    (file) => {
      const scratch = scratchDirectory();
      const tags = referenceTags(sharedTagText(file));
      const catalogue = sharedCatalogue(file);
      const random = new Random("grepcidr", file);
      const addresses = tellingAddresses(tags, PREFIXES, () => random.next() / 2 ** 32);
      const theirs = grepcidrLookups(tags, addresses, scratch.path);
      const wrong = addresses.flatMap((address) => {
        const matches = catalogue.lookup(address);
        const ours = matches.map(({ name }) => name);
        const scanned =
          referenceLookup(tags, address).join() === matches.map((each) => `${each.name} ${each.addressPrefix}`).join();
        const found = [...(theirs.get(formatAddress(address)) ?? [])];
        return scanned && [...ours].sort().join() === found.sort().join()
          ? []
          : [`${formatAddress(address)}: ${ours} / ${found}`];
      });
      expect(wrong).toEqual([]);
      expect(addresses.length).toBeGreaterThan(5 * PREFIXES);
      scratch.remove();
    },
    120_000,
  );
});
