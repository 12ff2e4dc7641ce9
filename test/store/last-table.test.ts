import { createHash } from "node:crypto";
import {
  chownSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
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
import { patchFiles } from "./patched-files.ts";
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

const DAMAGED = {
  table: null,
  notes: ["the table fetched last is damaged in the cache and is ignored; fetch it again with --nic"],
};

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

  it("lies in a file named by its NIC's id in lower case, with its version and its fingerprint", () => {
    const cache = temporaryDirectory();
    const kept = table("VM1");
    keepTable(cache, kept, "china");
    const name = `${createHash("sha256").update(kept.nicId.toLowerCase()).digest("hex")}.json`;
    const { nicId, subscription, fetchedAt, body, subnet, nic } = kept;
    const sha256 = createHash("sha256")
      .update(JSON.stringify([nicId, subscription, fetchedAt, body, subnet, nic]))
      .digest("hex");
    const directory = join(cache, "tables");
    expect(readdirSync(directory).sort()).toEqual([name, "last.json"].sort());
    expect(readFileSync(join(directory, name), "utf8")).toBe(
      `${JSON.stringify({ schemaVersion: 1, ...kept, sha256 })}\n`,
    );
    expect(readFileSync(join(directory, "last.json"), "utf8")).toBe(`${JSON.stringify({ nicId, cloud: "china" })}\n`);
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
      expect(await tableOfNic(cache, nicId)).toEqual(DAMAGED);
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
    expect(await tableOfNic(cache, table("vm3").nicId)).toEqual({ table: null, notes: [] });
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
      expect(await tableOfNic(cache, table("vm1").nicId)).toEqual({ table: null, notes: [] });
      expect(lastCloud(cache)).toBeNull();
      expect(await cachedNics(cache)).toEqual([]);
    }
  });

  it("cut at any byte is absent with a note", async () => {
    const cache = temporaryDirectory();
    keepTable(cache, table("vm1"), "public");
    const path = onlyFile(join(cache, "tables"));
    for (let length = statSync(path).size - 2; length >= 0; length -= 7) {
      truncateSync(path, length);
      expect(await lastTable(cache), `cut at ${length}`).toEqual(DAMAGED);
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
      keepTable(cache, table("vm1"), "public");
      writeFileSync(join(cache, "tables", "last.json"), text);
      expect(await lastTable(cache)).toEqual(DAMAGED);
    },
  );

  it("is absent without a note where no pointer leads to it", async () => {
    const cache = temporaryDirectory();
    keepTable(cache, table("vm1"), "public");
    rmSync(join(cache, "tables", "last.json"));
    expect(await lastTable(cache)).toEqual({ table: null, notes: [] });
    expect(lastCloud(cache)).toBeNull();
    expect((await cachedNics(cache)).map(({ name }) => name)).toEqual(["vm1"]);
  });

  it("does not wait for the disk, because a damaged table is fetched again", async () => {
    const cache = temporaryDirectory();
    patchFiles({ fsyncSync: () => expect.unreachable("waited for the disk") });
    keepTable(cache, table("vm1"), "public");
    expect((await lastTable(cache)).table).toEqual(table("vm1"));
  });

  it("whose pointer leads to no table is absent, without a note", async () => {
    const cache = temporaryDirectory();
    keepTable(cache, table("vm1"), "public");
    rmSync(onlyFile(join(cache, "tables")));
    expect(await lastTable(cache)).toEqual({ table: null, notes: [] });
  });

  it("in a cache that is not the program's own is absent, with the reason", async () => {
    const cache = temporaryDirectory();
    writeFileSync(join(cache, "thesis.tex"), "");
    const why = `${realpathSync(cache)} holds files that are not of the cache`;
    const notes = [`the cache is ignored: ${why}; set VNET_EXPLAIN_CACHE to a directory of your own`];
    expect(await lastTable(cache)).toEqual({ table: null, notes });
    expect(await tableOfNic(cache, table("vm1").nicId)).toEqual({ table: null, notes });
    expect([lastCloud(cache), await cachedNics(cache)]).toEqual([null, []]);
  });

  it("is listed with the others, fetched last first: by its name, or by its id where another NIC stands in", async () => {
    const cache = temporaryDirectory();
    const [one, other] = [table("vm1"), { ...table("vm2"), standIn: table("vm3").nicId }];
    keepTable(cache, one, "public");
    utimesSync(onlyFile(join(cache, "tables")), 1, 1);
    keepTable(cache, other, "public");
    expect((await lastTable(cache)).table).toEqual(other);
    const { subscription, fetchedAt } = one;
    expect(await cachedNics(cache)).toEqual([
      { name: other.nicId, nicId: other.nicId, subscription, fetchedAt },
      { name: "vm1", nicId: one.nicId, subscription, fetchedAt },
    ]);
  });

  it("is listed once: a file with a longer name is none of the cache's", async () => {
    const cache = temporaryDirectory();
    keepTable(cache, table("vm1"), "public");
    const directory = join(cache, "tables");
    const path = onlyFile(directory);
    const [name = ""] = path.split("/").slice(-1);
    for (const other of [`x${name}`, `${name}x`]) copyFileSync(path, join(directory, other));
    expect((await cachedNics(cache)).map((nic) => nic.name)).toEqual(["vm1"]);
  });

  it("that cannot be kept is an error, and the one before it stays", async () => {
    const cache = temporaryDirectory();
    keepTable(cache, table("vm1", "one"), "public");
    const path = onlyFile(join(cache, "tables"));
    rmSync(path);
    mkdirSync(path); // a directory in the file's place: no permission bit stops root
    const why = "there is a directory where the file should be";
    const error = await failure(() => keepTable(cache, table("vm1", "two"), "public"));
    expect(error.message).toBe(`cannot write the cache: ${why}\n  ${realpathSync(path)}`);
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
    const why = `${realpathSync(cache)} belongs to another user (uid 12345)`;
    const notes = [`the cache is ignored: ${why}; set VNET_EXPLAIN_CACHE to a directory of your own`];
    expect(await lastTable(cache)).toEqual({ table: null, notes });
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

  it("stays the last one, and others' files stay, where a hundred tables are newer by the clock of the file system", () => {
    const cache = temporaryDirectory();
    const now = Date.now() + 9_000_000;
    keepTable(cache, table("vm0"), "public");
    const directory = join(cache, "tables");
    const hash = "0".repeat(64);
    const others = [`x${hash}.json`, `${hash}.jsonx`, "xlast.json", "last.jsonx"];
    for (const name of others) writeFileSync(join(directory, name), "");
    for (let k = 0; k < 105; k++) {
      const path = join(directory, `${k.toString(16).padStart(64, "0")}.json`);
      writeFileSync(path, "{}");
      utimesSync(path, now / 1000, now / 1000);
    }
    keepTable(cache, table("vm1"), "public", now);
    expect(readdirSync(directory)).toEqual(expect.arrayContaining(["last.json", ...others]));
    expect(lastCloud(cache)).toBe("public");
  });
});
