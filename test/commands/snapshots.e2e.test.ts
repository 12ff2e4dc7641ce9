import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runBuilt } from "../built-program.ts";
import { tagText } from "../store/tags/tag-text.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";
import { DIRECT, exportFolder, FLEET, NVA, snapshotDirectory } from "./snapshot-fixture.ts";

const scratch = temporaryDirectory();
const directory = snapshotDirectory(join(scratch, "prod"));
const changed = snapshotDirectory(
  join(scratch, "changed"),
  FLEET.map(([nic, subnet, body]) => [nic, subnet, body === NVA ? DIRECT : body]),
);
const folder = exportFolder(join(scratch, "exports"), { "web.json": NVA, "README.md": "# exports" });
const policy = join(scratch, "policy.yaml");
writeFileSync(policy, "rules: [{id: nva, to: 8.8.8.8, expect: {via: 10.0.1.4}}]\n");

describe("the built program reads snapshots and folders", () => {
  it.each([
    [["whichroute", "8.8.8.8", directory], 0, "2 answers, from 3 subnets"],
    [["whichroute", "8.8.8.8", directory, "--expect", "via=10.0.1.4"], 3, "hub/mgmt"],
    [["whichroute", "8.8.8.8", folder, "-o", "short"], 0, "8.8.8.8  1 table  appliance 10.0.1.4"],
    [["routes", directory], 0, "spoke/batch"],
    [["routes", directory, "--subnet", "hub/mgmt"], 0, "Internet"],
    [["check", policy, directory, "-o", "junit"], 3, '<testsuite name="hub/mgmt" tests="1" failures="1"'],
    [["diff", directory, changed, "--exit-code"], 3, "addresses change next hop in 1 of 3 subnets"],
    [["report", directory, "8.8.8.8", "--out", "-"], 0, "Which subnets forward alike"],
    [["whatif", directory, "--subnet", "hub/app", "--remove-route", "to-nva"], 0, "to-nva"],
  ])("%j", async (args, code, text) => {
    const ended = await runBuilt(args);
    expect(ended.stdout).toContain(text);
    expect(ended.code).toBe(code);
  });
});

it("the service tags of one subnet's table are those of the snapshot's cloud", async () => {
  const path = snapshotDirectory(join(scratch, "china"), FLEET, { manifest: { cloud: "china" } });
  const tags = join(scratch, "ServiceTags_China_20990105.json");
  writeFileSync(tags, tagText({ cloud: "China" }));
  const env = { VNET_EXPLAIN_CACHE: join(scratch, "cache") };
  expect((await runBuilt(["tags", "update", "--from", tags, "--cloud", "china"], { env })).code).toBe(0);
  const { stdout } = await runBuilt(["whichroute", "8.8.8.8", path, "--subnet", "hub/app", "-o", "json"], { env });
  expect(JSON.parse(stdout).serviceTagFile?.cloud).toBe("China");
});
