import { expect, test } from "vitest";
import { parseAddress } from "../../src/net/address.ts";
import { parsePrefix } from "../../src/net/prefix.ts";
import { lookupAddress, lookupPrefix } from "../../src/service-tags/lookup-report.ts";
import { sampleTags } from "../../src/service-tags/sample-tags.ts";

const AZURE = [
  { name: "AzureCloud.westeurope", addressPrefix: "191.239.200.0/22", region: "westeurope", systemService: null },
  { name: "AzureCloud", addressPrefix: "191.239.200.0/22", region: null, systemService: null },
];
const STORAGE = [
  {
    name: "Storage.WestEurope",
    addressPrefix: "191.239.203.0/28",
    region: "westeurope",
    systemService: "AzureStorage",
  },
  { name: "Storage", addressPrefix: "191.239.203.0/28", region: null, systemService: "AzureStorage" },
  ...AZURE,
];

test("an address is looked up in the embedded excerpt of tags", () => {
  const lookup = lookupAddress(parseAddress("191.239.203.5"), sampleTags());
  expect(lookup).toEqual({ address: "191.239.203.5", serviceTags: STORAGE });
});

test.each([
  ["191.239.203.0/29", "191.239.203.0/29", STORAGE],
  ["191.239.203.0/24", "191.239.203.0/24", AZURE],
  ["191.239.203.1/32", "191.239.203.1", STORAGE],
  ["::1/128", "::1", []],
])("the prefix %s is looked up as %s", (prefix, address, serviceTags) => {
  expect(lookupPrefix(parsePrefix(prefix), sampleTags())).toEqual({ address, serviceTags });
});

test("the excerpt says what it is, and has the tags of North Europe too", () => {
  expect(sampleTags().file).toEqual({
    cloud: "Public",
    changeNumber: "279",
    numbering: "weekly-file",
    file: "embedded sample",
    date: "2023-11-06",
    note: "An excerpt of Microsoft's file: 5 of its tags, with the prefixes that the sample routes need.",
  });
  expect(sampleTags().details()).toEqual(
    [
      ["AzureCloud", null, null] as const,
      ["AzureCloud.westeurope", "westeurope", null] as const,
      ["Storage", null, "AzureStorage"] as const,
      ["Storage.NorthEurope", "northeurope", "AzureStorage"] as const,
      ["Storage.WestEurope", "westeurope", "AzureStorage"] as const,
    ].map(([name, region, systemService]) => ({
      name,
      region,
      systemService,
      changeNumber: null,
      networkFeatures: [],
    })),
  );
  expect(lookupAddress(parseAddress("191.235.255.192"), sampleTags()).serviceTags).toEqual([
    {
      name: "Storage.NorthEurope",
      addressPrefix: "191.235.255.192/26",
      region: "northeurope",
      systemService: "AzureStorage",
    },
    { name: "Storage", addressPrefix: "191.235.255.192/26", region: null, systemService: "AzureStorage" },
  ]);
});
