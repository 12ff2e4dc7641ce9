import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { expectValid } from "../../output/results/schemas.ts";
import { hasSharedData, sharedPath } from "../../shared-data.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";
import { run } from "../run-in-process.ts";
import { body, exportFolder } from "../snapshot-fixture.ts";

const scratch = temporaryDirectory();
const APPLIANCE = "0.0.0.0/0 VirtualAppliance 10.0.1.4 to-nva";
const exports = exportFolder(join(scratch, "exports"), {
  "web.json": body("10.1.0.0/16 VnetLocal", "10.0.0.0/16 VNetPeering", APPLIANCE),
  "direct.json": body("10.1.0.0/16 VnetLocal", "10.2.0.0/16 VNetPeering"),
  "nva.json": body("10.0.0.0/16 VnetLocal", "10.1.0.0/16 VNetPeering", "10.2.0.0/16 VNetPeering"),
  "db.json": body("10.2.0.0/16 VnetLocal", "10.0.0.0/16 VNetPeering", APPLIANCE),
});
const map = join(scratch, "map.csv");
writeFileSync(map, "address,name\n10.1.0.4,web\n10.1.0.5,direct\n10.0.1.4,nva\n10.2.0.4,db\n");
const policy = join(scratch, "policy.yaml");
writeFileSync(policy, "rules:\n  - id: by-nva\n    reach: {from: [web, direct], to: 10.2.0.4/31, through: nva}\n");

const check = (...more: readonly string[]) => run(["check", policy, exports, "--addresses", map, ...more]);

describe("check of reach rules", () => {
  it("exits with 3, and shows which sources bypass the appliance and by which path", async () => {
    const { code, out } = await check();
    expect(code).toBe(3);
    expect(out).toMatch(/[x✗] by-nva +direct +10\.2\.0\.4\/31 \(2 IPv4\)\s+expected: through nva; actual: direct, /);
    expect(out).toContain("failed  violated: 1 error; holds: 1\n");
  });

  it("prints JSON that fits its schema and has the walks", async () => {
    const report = JSON.parse((await check("-o", "json")).out);
    expectValid("check", report);
    expect(report.results[0].reach.findings).toMatchObject([
      { status: "violated", prefixes: ["10.2.0.4/31"], disposition: "delivered" },
    ]);
  });

  it.each([
    ["csv", /^by-nva,error,violated,direct,.*10\.2\.0\.4\/31.*expected: through nva/m],
    ["junit", /<failure message="2 IPv4 addresses: expected: through nva; actual: direct, db/],
    ["sarif", /"disposition": ?"delivered"/],
    ["html", /through nva; actual: direct, db/],
    ["markdown", /expected: through nva/],
  ])("as %s names the way", async (format, expected) => {
    const { code, out } = await check("-o", format);
    expect(code).toBe(3);
    expect(out).toMatch(expected);
  });

  it("without the address map, rules are neither proven nor violated", async () => {
    const { code, out } = await run(["check", policy, exports]);
    expect(code).toBe(3);
    expect(out).toContain("not judged");
  });

  it("for a single table are not judged, and the result says what is missing", async () => {
    const { code, out } = await run(["check", policy, join(exports, "web.json")]);
    expect(code).toBe(3);
    expect(out).toContain("it needs a snapshot");
  });
});

describe.skipIf(!hasSharedData)("check of reach rules on a measured lab", () => {
  it("finds that replies between the regions take another appliance", async () => {
    const addresses = join(scratch, "lab.csv");
    writeFileSync(addresses, "address,name\n10.11.0.4,hub1-ep\n10.31.0.4,c1-ep\n10.10.1.4,nva1-nic\n10.20.1.4,nva2\n");
    const rule = join(scratch, "lab.yaml");
    writeFileSync(rule, "rules:\n  - reach: {from: hub1-ep, to: 10.31.0.4, symmetric: true}\n");
    const lab = sharedPath("data/labs/netlab-hubless/baseline-pre-delta3/converted");
    const { code, out } = await run(["check", rule, lab, "--addresses", addresses, "-o", "json"]);
    expect(code).toBe(3);
    const [finding] = JSON.parse(out).results[0].reach.findings;
    expect(finding.status).toBe("violated");
    expect(finding.mismatches[0]).toContain("there through nva1-nic, back through nva2");
  });
});
