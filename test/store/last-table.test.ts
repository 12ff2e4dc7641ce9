import { createHash } from "node:crypto";
import {
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cachedNics,
  type FetchedTable,
  keepTable,
  lastCloud,
  lastTable,
  tableOfNic,
} from "../../src/store/last-table.ts";
import { failure } from "./failure.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const SUBNET: FetchedTable["subnet"] = {
  id: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/app",
  region: "westeurope",
  serviceEndpoints: [{ service: "Microsoft.Storage", locations: ["westeurope", "northeurope"] }],
  routeTableId: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/routeTables/rt",
  privateEndpointNetworkPolicies: "Disabled",
  defaultOutboundAccess: false,
  natGateway: null,
};

const ADDRESSES: FetchedTable["nic"] = { privateIpAddresses: ["10.0.0.4"], publicIpAddresses: ["/pip"] };

function table(name: string, body = '{"value":[]}'): FetchedTable {
  const nicId = `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkInterfaces/${name}`;
  return { nicId, subscription: "s", fetchedAt: "2026-11-23T20:00:00.000Z", body, subnet: SUBNET, nic: ADDRESSES };
}

const onlyFile = (directory: string) => {
  const name = readdirSync(directory).find((file) => file !== "last.json");
  return join(directory, name ?? "none");
};

describe("the table fetched last", () => {
  it("comes back byte for byte, whatever it holds", async () => {
    const cache = temporaryDirectory();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 200 }), async (body) => {
        keepTable(cache, table("vm1", body), "public");
        expect(await lastTable(cache)).toEqual({ table: table("vm1", body), notes: [] });
      }),
      { numRuns: 30 },
    );
  });

  it("says which cloud it came from; one that does not say is of none", async () => {
    const cache = temporaryDirectory();
    expect(lastCloud(cache)).toBeNull();
    keepTable(cache, table("vm1"), "usgov");
    expect(lastCloud(cache)).toBe("usgov");
    writeFileSync(join(cache, "tables", "last.json"), JSON.stringify({ nicId: "x", cloud: "elsewhere" }));
    expect(lastCloud(cache)).toBeNull();
  });

  it.each(["nicId", "subscription", "fetchedAt", "body"])(
    "is damaged without its %s, though its checksum is that of what is left",
    async (field) => {
      const cache = temporaryDirectory();
      const { nicId } = table("vm1");
      keepTable(cache, table("vm1"), "public");
      const file = onlyFile(join(cache, "tables"));
      const kept = { ...JSON.parse(readFileSync(file, "utf8")), [field]: null };
      const content = [kept.nicId, kept.subscription, kept.fetchedAt, kept.body, kept.subnet, kept.nic];
      const sha256 = createHash("sha256").update(JSON.stringify(content)).digest("hex");
      writeFileSync(file, JSON.stringify({ ...kept, sha256 }), { mode: 0o600 });
      const { table: found, notes } = await tableOfNic(cache, nicId);
      expect([found, notes.length]).toEqual([null, 1]);
    },
  );

  it("comes back without a subnet where that was not to be read", async () => {
    const cache = temporaryDirectory();
    keepTable(cache, { ...table("vm1"), subnet: null }, "public");
    expect((await lastTable(cache)).table?.subnet).toBeNull();
  });

  it("comes back without the NIC's addresses where it was kept by a version that did not read them", async () => {
    const cache = temporaryDirectory();
    const old = { ...table("vm1"), subnet: null, nic: null };
    keepTable(cache, old, "public");
    const file = onlyFile(join(cache, "tables"));
    const { nicId, subscription, fetchedAt, body } = old;
    const sha256 = createHash("sha256")
      .update(JSON.stringify([nicId, subscription, fetchedAt, body, null]))
      .digest("hex");
    writeFileSync(
      file,
      JSON.stringify({ schemaVersion: 1, nicId, subscription, fetchedAt, body, subnet: null, sha256 }),
    );
    expect(await lastTable(cache)).toEqual({ table: old, notes: [] });
  });

  it("is the last of several, and each NIC keeps its own, in any case of its id", async () => {
    const cache = temporaryDirectory();
    keepTable(cache, table("vm1", "one"), "public");
    keepTable(cache, table("vm2", "two"), "public");
    expect((await lastTable(cache)).table?.body).toBe("two");
    expect((await tableOfNic(cache, table("VM1").nicId.toUpperCase())).table?.body).toBe("one");
    expect((await tableOfNic(cache, table("vm3").nicId)).table).toBeNull();
    expect((await cachedNics(cache)).map(({ name }) => name).sort()).toEqual(["vm1", "vm2"]);
  });

  it.skipIf(process.platform === "win32")("is readable by its owner alone", async () => {
    const cache = temporaryDirectory();
    keepTable(cache, table("vm1"), "public");
    for (const name of readdirSync(join(cache, "tables"))) {
      expect(statSync(join(cache, "tables", name)).mode & 0o777).toBe(0o600);
    }
  });

  it("is absent in an empty cache and without a place for one", async () => {
    for (const cache of [null, temporaryDirectory(), join(temporaryDirectory(), "none")]) {
      expect(await lastTable(cache)).toEqual({ table: null, notes: [] });
      expect(await cachedNics(cache)).toEqual([]);
    }
  });

  it("cut at any byte is absent with a note", async () => {
    const cache = temporaryDirectory();
    keepTable(cache, table("vm1"), "public");
    const path = onlyFile(join(cache, "tables"));
    for (let length = statSync(path).size - 2; length >= 0; length -= 7) {
      truncateSync(path, length);
      const { table: found, notes } = await lastTable(cache);
      expect([found, notes.length], `cut at ${length}`).toEqual([null, 1]);
    }
    expect(await cachedNics(cache)).toEqual([]);
  });

  it("with any bit of its content changed is absent with a note", async () => {
    const cache = temporaryDirectory();
    keepTable(cache, table("vm1"), "public");
    const path = onlyFile(join(cache, "tables"));
    const bytes = readFileSync(path);
    const start = bytes.indexOf("nicId") + 8;
    for (let at = start; at < bytes.length - 4; at += 3) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      writeFileSync(path, damaged);
      expect((await lastTable(cache)).table, `byte ${at}`).toBeNull();
    }
  });

  it.each(["", "{", "null", "[]", '{"nicId":1}', '{"__proto__":{"nicId":"x"}}'])(
    "with a damaged pointer %j is absent with a note",
    async (text) => {
      const cache = temporaryDirectory();
      mkdirSync(join(cache, "tables"));
      writeFileSync(join(cache, "tables", "last.json"), text);
      const { table: found, notes } = await lastTable(cache);
      expect([found, notes.length]).toEqual([null, 1]);
    },
  );

  it("that cannot be kept is an error, and the one before it stays", async () => {
    const cache = temporaryDirectory();
    keepTable(cache, table("vm1", "one"), "public");
    const path = onlyFile(join(cache, "tables"));
    rmSync(path);
    mkdirSync(path); // a directory in the file's place: no permission bit stops root
    await failure(() => keepTable(cache, table("vm1", "two"), "public"));
    rmSync(path, { recursive: true });
    keepTable(cache, table("vm1", "one"), "public");
    expect((await lastTable(cache)).table?.body).toBe("one");
    writeFileSync(join(cache, "file"), "");
    expect((await failure(() => keepTable(join(cache, "file"), table("vm1"), "public"))).code).toBe(
      "write-not-a-directory",
    );
  });

  it.runIf(process.getuid?.() === 0)("in another user's cache is not believed", async () => {
    const cache = temporaryDirectory();
    keepTable(cache, table("vm1"), "public");
    chownSync(cache, 12345, 12345);
    const { table: found, notes } = await lastTable(cache);
    expect(found).toBeNull();
    expect(notes[0]).toContain("another user");
  });

  it("of a hundred NICs at most are kept, and what a killed process left goes away after an hour", async () => {
    const cache = temporaryDirectory();
    const now = Date.now();
    keepTable(cache, table("vm0"), "public");
    const directory = join(cache, "tables");
    const litter = join(directory, ".last.json.0123456789ab.tmp");
    writeFileSync(litter, "half");
    for (let k = 0; k < 105; k++) {
      const path = join(directory, `${k.toString(16).padStart(64, "0")}.json`);
      writeFileSync(path, "{}");
      utimesSync(path, (now - 9_000_000) / 1000, (now - 9_000_000 - k) / 1000);
    }
    keepTable(cache, table("vm1"), "public", now);
    expect(readdirSync(directory)).toContain(".last.json.0123456789ab.tmp"); // it may still be written
    utimesSync(litter, 1, 1);
    keepTable(cache, table("vm1"), "public", now);
    expect(readdirSync(directory)).not.toContain(".last.json.0123456789ab.tmp");
    expect(readdirSync(directory).filter((name) => name !== "last.json").length).toBe(100);
  });
});
