import { describe, expect, it } from "vitest";
import { hasSharedData, sharedPath } from "../../shared-data.ts";
import { run } from "../run-in-process.ts";

const OLD = sharedPath("data/cases/tags/region-old.json");
const NEW = sharedPath("data/cases/tags/region-new.json");
const FRANCE = ["AzureCloud.centralfrance", "Storage.FranceCentral"];

describe.runIf(hasSharedData)("--region takes every name of a region", () => {
  it.each([
    [["--region", "francecentral"], FRANCE],
    [["--region", "centralfrance"], FRANCE],
    [["--region", "France Central"], FRANCE],
    [["--service", "AzureCloud", "--region", "francecentral"], ["AzureCloud.centralfrance"]],
  ])("tags list %j", async (filter, names) => {
    const { code, out } = await run(["tags", "list", "--tags", NEW, ...filter, "-o", "json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out).tags.map(({ name }: { name: string }) => name)).toEqual(names);
  });

  it("no tag of a known service in a known region is an empty list without a suggestion", async () => {
    const file = sharedPath("data/service-tags/ServiceTags_Public_20231106.json");
    const listed = ["tags", "list", "--tags", file, "--service", "AzureFrontDoor", "--region", "West Europe"];
    const { code, err } = await run(listed);
    expect(code).toBe(0);
    expect(err).toMatch(/no service tag matches$/m);
  });

  it.each([["francecentral"], ["centralfrance"], ["France Central"]])("tags diff --region '%s'", async (region) => {
    const { code, out } = await run(["tags", "diff", OLD, NEW, "--region", region, "--exit-code"]);
    expect(code).toBe(3);
    expect(out).toMatch(/~ AzureCloud\.centralfrance .*\n +\+ 70\.152\.232\.0\/24/);
  });

  it.each([
    [["tags", "list", "--tags", NEW, "--region", "francecentrl"], /francecentrl'\n.*did you mean: francecentral/],
    [["tags", "list", "--tags", NEW, "--region", "atlantis"], /has region 'atlantis'\n.*tags list shows/],
    [["tags", "diff", OLD, NEW, "--region", "francecentrl"], /did you mean: francecentral/],
    [["tags", "diff", OLD, NEW, "--tag", "AzureCloud.francecentral"], /did you mean: AzureCloud\.centralfrance/],
    [["tags", "show", "AzureCloud.francecentral", "--tags", NEW], /did you mean: AzureCloud\.centralfrance/],
  ])("%j is refused with the near name", async (args, message) => {
    const { code, out, err } = await run(args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(message);
  });
});
