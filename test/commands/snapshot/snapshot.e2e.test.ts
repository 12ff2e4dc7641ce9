import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSnapshotDirectory } from "../../../src/store/snapshot/snapshot-directory.ts";
import { SECRET, syntheticFleet, syntheticScaleSet } from "../../azure/fleet/synthetic-fleet.ts";
import { SUBSCRIPTION, TOKEN } from "../../azure/live.ts";
import { armError, type Reply } from "../../azure/loopback-arm.ts";
import { fleetProgram, smallFleet, tablesOf } from "./fleet-program.ts";

const program = fleetProgram();

const OTHER = "00000000-0000-0000-0000-000000000002";
const BUSY: Reply = { status: 400, body: armError("SomethingElse", "It failed.") };
const DENIED: Reply = { status: 403, body: armError("AuthorizationFailed", "no authorization") };
const STOPPED: Reply = {
  status: 400,
  body: armError("NicMustBeAttachedToRunningVmToGetEffectiveRoutes", "not running"),
};

/** The counts of a summary that are not 0, and the other facts that most tests check. */
function summaryOf(stdout: string) {
  const { snapshot } = JSON.parse(stdout);
  const counts = Object.entries<number>(snapshot.counts).filter(([, count]) => count > 0);
  const { complete, asked, reused, subnets, subnetsWithTable } = snapshot;
  return { ...Object.fromEntries(counts), complete, asked, reused, subnets: `${subnetsWithTable}/${subnets}` };
}

describe("a snapshot", () => {
  it("asks one running NIC of each subnet, and its table stands in for the others", async () => {
    const tables = program.offer();
    const { code, stdout, stderr } = await program.snapshot(["-o", "json"]);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("14 NICs in 7 subnets: 7 tables to fetch");
    expect(summaryOf(stdout)).toEqual({ ok: 13, stopped: 1, complete: true, asked: 7, reused: 0, subnets: "7/7" });
    expect([...tables.asked.values()]).toEqual(Array.from({ length: 7 }, () => 1));
    const found = tablesOf(program.directory);
    expect(Object.keys(found)).toHaveLength(14);
    const standIns = Object.entries(found).filter(([, text]) => text.includes(" by "));
    expect(standIns).toHaveLength(7);
  });

  it("with --all-nics asks each running one", async () => {
    const tables = program.offer();
    const { code, stdout } = await program.snapshot(["--all-nics", "-o", "json"]);
    expect(code).toBe(0);
    expect(summaryOf(stdout)).toEqual({ ok: 13, stopped: 1, complete: true, asked: 13, reused: 0, subnets: "7/7" });
    expect(tables.asked.size).toBe(13);
  });

  it("of one network asks the NICs of that network alone", async () => {
    const tables = program.offer();
    const { code, stdout, stderr } = await program.snapshot(["--vnet", "vnet-spoke1", "-o", "json"]);
    expect(code).toBe(0);
    expect(stderr).toContain("4 NICs in 2 subnets: 2 tables to fetch");
    expect(summaryOf(stdout)).toMatchObject({ asked: 2, subnets: "2/2", ok: 3, stopped: 1 });
    expect(tables.asked.size).toBe(2);
  });

  it("of one subnet counts in the singular", async () => {
    program.offer();
    const { stderr } = await program.snapshot(["--vnet", "vnet-hub", "--subnet", "nva"]);
    expect(stderr).toContain("2 NICs in 1 subnet: 1 table to fetch, ");
  });

  it("keeps bodies byte for byte, and nothing secret", async () => {
    const body = '{"value":[ ], "unknown":"\u00e9\u{1F310}"}\n';
    program.offer({ bodyOf: () => body });
    expect((await program.snapshot()).code).toBe(0);
    const { journal, body: bodyOf } = readSnapshotDirectory(program.directory);
    expect(bodyOf(journal[0]?.body ?? "")).toBe(body);
    const files = readdirSync(program.directory, { recursive: true, withFileTypes: true }).filter((each) =>
      each.isFile(),
    );
    expect(files.map(({ name }) => name).sort()).toContain("manifest.json");
    for (const { parentPath, name } of files) {
      const text = readFileSync(join(parentPath, name), "utf8");
      for (const secret of [SECRET, TOKEN]) expect(text.includes(secret), name).toBe(false);
    }
  });

  it("says that NICs of a scale set have no table of their own, and which one stands in", async () => {
    const subnet = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-fleet/providers/Microsoft.Network/virtualNetworks/vnet-hub/subnets/nva`;
    program.offer({ resources: [...smallFleet(), ...syntheticScaleSet(SUBSCRIPTION, "aks", subnet, 3)] });
    const { code, stdout } = await program.snapshot(["-o", "json"]);
    expect(code).toBe(0);
    expect(summaryOf(stdout)).toMatchObject({ "no-api": 3, complete: true });
    const { journal } = readSnapshotDirectory(program.directory);
    const ofSet = journal.filter(({ outcome }) => outcome === "no-api");
    expect(ofSet.map(({ standInId }) => standInId?.split("/").at(-1))).toEqual([
      "nic-vm-nva1",
      "nic-vm-nva1",
      "nic-vm-nva1",
    ]);
  });

  it("with --dry-run requests no table, estimates the cost, and writes nothing", async () => {
    const tables = program.offer();
    const { code, stdout } = await program.snapshot(["--dry-run", "-o", "json"]);
    expect(code).toBe(0);
    expect(tables.asked.size).toBe(0);
    expect(existsSync(program.directory)).toBe(false);
    expect(JSON.parse(stdout).snapshot).toMatchObject({
      dryRun: true,
      asked: 7,
      cost: { writes: 7, reads: 14, seconds: 10 },
    });
  });

  it("reports NICs of one subnet whose tables differ", async () => {
    const row = (prefix: string) => ({
      source: "Default",
      state: "Active",
      addressPrefix: [prefix],
      nextHopType: "VnetLocal",
      nextHopIpAddress: [],
    });
    const body = (nic: string) =>
      JSON.stringify({ value: [row(nic === "nic-vm-nva2" ? "10.9.0.0/16" : "10.0.0.0/16")] });
    program.offer({ bodyOf: body });
    const { code, stdout } = await program.snapshot(["--all-nics"]);
    expect(code).toBe(0);
    expect(stdout).toContain("NICs of vnet-hub/nva have 2 different tables: nic-vm-nva1, nic-vm-nva2");
  });
});

describe("when some NICs do not answer", () => {
  const first = (nic: string) => nic === "nic-vm-nva1";

  for (const [rule, reply, counts] of [
    ["a failure", BUSY, { ok: 12, failed: 1 }],
    ["a VM that is stopped meanwhile", STOPPED, { ok: 12, stopped: 2 }],
  ] as const) {
    it(`${rule}: another NIC of the subnet is asked, and the snapshot is complete`, async () => {
      const tables = program.offer({ instead: (nic) => (first(nic) ? reply : null) });
      const { code, stdout } = await program.snapshot(["-o", "json"]);
      expect(code).toBe(0);
      expect(summaryOf(stdout)).toMatchObject({ ...counts, complete: true, asked: 8, subnets: "7/7" });
      expect(tables.asked.get("nic-vm-nva2")).toBe(1);
    });
  }

  it("a subnet without any answer: the rest is kept, exit 1, and --max-age asks for the rest", async () => {
    program.offer({ instead: (nic) => (nic.startsWith("nic-vm-nva") ? BUSY : null) });
    const { code, stdout, stderr } = await program.snapshot(["-o", "json"]);
    expect(code).toBe(1);
    expect(summaryOf(stdout)).toMatchObject({ failed: 2, complete: false, asked: 8, subnets: "6/7" });
    expect(stderr).toContain("the snapshot is not complete: 2 NICs could not be read");
    expect(stderr).toContain("--max-age 1h");
    expect(readSnapshotDirectory(program.directory).manifest.complete).toBe(false);
    const again = program.offer();
    const { code: then, stdout: whole } = await program.snapshot(["--max-age", "1h", "-o", "json"]);
    expect(then).toBe(0);
    expect(summaryOf(whole)).toMatchObject({ complete: true, asked: 1, reused: 6, subnets: "7/7" });
    expect([...again.asked.keys()]).toEqual(["nic-vm-nva1"]);
  });

  it("all refused: exit 4, with the role that is needed", async () => {
    program.offer({ instead: () => DENIED });
    const { code, stderr, stdout } = await program.snapshot();
    expect(code).toBe(4);
    expect(stderr).toContain("Azure refused every route table");
    expect(stderr).toContain("Network Contributor");
    expect(stdout).toContain("denied");
  });

  it("a sign-in that expires during the run: exit 4, and the next run resumes", async () => {
    let asked = 0;
    const ended: Reply = { status: 401, body: armError("ExpiredAuthenticationToken", "expired") };
    program.offer({ instead: (_, __, { method }) => (method === "POST" && ++asked > 3 ? ended : null) });
    const { code, stderr } = await program.snapshot(["--concurrency", "1"]);
    expect(code).toBe(4);
    expect(stderr).toContain("the sign-in to Azure has expired");
    const tables = program.offer();
    const { code: then, stderr: note } = await program.snapshot();
    expect(then).toBe(0);
    expect(note).toContain("resuming the interrupted run of");
    expect(tables.asked.size).toBe(4);
  });

  it("a subscription that may not be read: its outcome, and the rest goes on", async () => {
    const subscriptions = [
      { id: SUBSCRIPTION, name: "prod" },
      { id: OTHER, name: "closed", readable: false },
    ];
    program.offer({ azure: { subscriptions } });
    const { code, stdout, stderr } = await program.snapshot(["--subscription", SUBSCRIPTION, "--subscription", OTHER]);
    expect(code).toBe(1);
    expect(stderr).toContain("1 subscription could not be read");
    expect(stdout).toContain("7 of 7 have a route table");
    const { manifest } = readSnapshotDirectory(program.directory);
    expect(manifest.inventory?.subscriptions.map(({ id, outcome }) => [id, outcome])).toEqual([
      [SUBSCRIPTION, "ok"],
      [OTHER, "denied"],
    ]);
  });

  it("no NIC in scope: exit 1, and no directory is left", async () => {
    program.offer({
      resources: syntheticFleet({ subscription: SUBSCRIPTION, networks: 1, subnets: 1, nics: 0 }).filter(
        ({ type }) => !type.endsWith("networkInterfaces"),
      ),
    });
    const { code, stderr } = await program.snapshot();
    expect(code).toBe(1);
    expect(stderr).toContain("no network interface of the subscription is in scope");
    expect(existsSync(program.directory)).toBe(false);
  });

  it("one in ten answers throttled or broken: the same tables", async () => {
    program.offer();
    await program.snapshot(["--all-nics"]);
    const whole = tablesOf(program.directory);
    let requests = 0;
    const again: Readonly<Record<string, string>> = { "retry-after-ms": "20" };
    program.offer({
      instead: () => {
        requests++;
        if (requests % 10 === 3) return { status: 429, headers: again, body: armError("TooManyRequests", "later") };
        return requests % 10 === 7 ? { status: 503, headers: again, body: armError("ServerBusy", "later") } : null;
      },
    });
    const { code, stderr } = await program.snapshot(["--all-nics"]);
    expect(code, stderr).toBe(0);
    expect(requests).toBeGreaterThan(26);
    expect(tablesOf(program.directory)).toEqual(whole);
  });
});

describe("a directory that cannot be used", () => {
  for (const rest of [[], ["--dry-run"]]) {
    const how = rest.length === 0 ? "" : "; a dry run says so too";
    it(`with files of another kind is left as it is${how}`, async () => {
      program.offer();
      mkdirSync(program.directory);
      writeFileSync(join(program.directory, "thesis.tex"), "precious");
      const { code, stderr } = await program.snapshot(rest);
      expect(code).toBe(2);
      expect(stderr).toContain("holds files that are not part of a snapshot");
      expect(readdirSync(program.directory)).toEqual(["thesis.tex"]);
      expect(program.arm.seen).toEqual([]);
    });

    it.skipIf(process.platform === "win32")(`that its owner made read-only is left as it is${how}`, async () => {
      program.offer();
      await program.snapshot();
      const before = readFileSync(join(program.directory, "manifest.json"), "utf8");
      chmodSync(program.directory, 0o500);
      const { code, stderr } = await program.snapshot(rest);
      expect(statSync(program.directory).mode & 0o777).toBe(0o500);
      chmodSync(program.directory, 0o700);
      expect(code).toBe(1);
      expect(stderr).toContain("is read-only");
      expect(readFileSync(join(program.directory, "manifest.json"), "utf8")).toBe(before);
    });
  }

  it("with a damaged journal: a dry run plans what the run would do", async () => {
    program.offer();
    await program.snapshot();
    const journal = join(program.directory, "journal.ndjson");
    truncateSync(journal, statSync(journal).size - 40);
    const { code, stdout, stderr } = await program.snapshot(["--dry-run", "--max-age", "1h", "-o", "json"]);
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout).snapshot.asked).toBeLessThan(2);
    expect((await program.snapshot()).code).toBe(0);
  });

  it("with a snapshot of another scope stays unchanged", async () => {
    program.offer();
    await program.snapshot(["--vnet", "vnet-spoke1"]);
    const before = readFileSync(join(program.directory, "manifest.json"), "utf8");
    const { code, stderr } = await program.snapshot();
    expect(code).toBe(2);
    expect(stderr).toContain("holds a snapshot of --vnet vnet-spoke1");
    expect(readFileSync(join(program.directory, "manifest.json"), "utf8")).toBe(before);
  });

  it.skipIf(process.platform === "win32")(
    "on a full disk: exit 1, what was there stays, and a later run resumes",
    async () => {
      program.offer();
      await program.snapshot();
      const before = tablesOf(program.directory);
      const limited = { through: ["sh", "-c", 'ulimit -f 1; exec "$0" "$@"'] }; // acts like a full disk
      const { code, stderr } = await program.snapshot([], limited);
      expect(code).toBe(1);
      expect(stderr).toContain("cannot write the snapshot");
      expect(tablesOf(program.directory)).toEqual(before);
      expect((await program.snapshot()).code).toBe(0);
    },
  );

  it("is closed to others, and its lock is gone after the run", async () => {
    program.offer();
    await program.snapshot();
    expect(readdirSync(program.directory).sort()).toEqual([
      "bodies",
      "inventory.ndjson",
      "journal.ndjson",
      "manifest.json",
    ]);
    if (process.platform !== "win32") expect((statSync(program.directory).mode & 0o777).toString(8)).toBe("700");
  });
});

describe("the options", () => {
  for (const [args, message] of [
    [["--concurrency", "0"], "from 1 to 500"],
    [["--concurrency", "many"], "from 1 to 500"],
    [["--max-age", "1"], "a time with its unit"],
    [["--max-age", "-1h"], "a time with its unit"],
    [["--subscription", "a", "--management-group", "b"], "cannot be used with"],
  ] as const) {
    it(`${args.join(" ")}: rejected`, async () => {
      const { code, stderr } = await program.snapshot(args);
      expect(code).toBe(2);
      expect(stderr).toContain(message);
      expect(existsSync(program.directory)).toBe(false);
    });
  }
});
