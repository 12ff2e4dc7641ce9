import { ageText } from "../../output/results/provenance.ts";
import type { RouteTable } from "../../routes/effective-route.ts";
import { nicName } from "../../routes/nic-name.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";

/**
 * The last fetched table. `named`: given as `last`, not used as the default.
 * @throws UserError if none was fetched.
 */
export async function lastTable(terminal: Terminal, named: boolean): Promise<RouteTable> {
  const { nicId, fetchedAt, body, subnet, nic, standIn } = await lastFetched(
    terminal,
    named ? nothingFetched : noSource,
  );
  const name = nicName(nicId);
  const again = named ? "" : "; --refresh fetches them again";
  const { cacheDirectory } = await import("../../store/files/cache-directory.ts");
  const { lastCloud } = await import("../../store/last-table.ts");
  const cloud = lastCloud(cacheDirectory(terminal.env)) ?? "public";
  const from = cloud === "public" ? "" : ` from the cloud ${cloud}`;
  terminal.note(`routes of ${name}, fetched${from} ${ageText(fetchedAt, Date.now())}${again}`);
  const { readRouteTable } = await import("../../routes/read/read-route-table.ts");
  const read = await readRouteTable(body, { kind: "cache", name: nicId, fetchedAt });
  const table = { ...read, ...(subnet && { subnet }), ...(nic && { nic }) };
  if (standIn === undefined) return table;
  const { withStandIn } = await import("../../routes/stand-in.ts");
  const whole = withStandIn(table, nicId, standIn);
  terminal.note(whole.origin.note);
  return whole;
}

/**
 * The resource id of the NIC of the last fetched table.
 * @throws UserError if none was fetched.
 */
export async function lastNic(terminal: Terminal): Promise<string> {
  return (await lastFetched(terminal, noSource)).nicId;
}

async function lastFetched(terminal: Terminal, missing: () => UserError) {
  const { cacheDirectory } = await import("../../store/files/cache-directory.ts");
  const { lastTable: cachedTable } = await import("../../store/last-table.ts");
  const { table, notes } = await cachedTable(cacheDirectory(terminal.env));
  for (const note of notes) terminal.note(note);
  if (table === null) throw missing();
  return table;
}

function noSource(): UserError {
  return new UserError(
    "no-route-source",
    "no route table given, and none was fetched before",
    "give a file, - for stdin, nic:NAME, vm:NAME, or sample:udr-and-endpoint",
  );
}

function nothingFetched(): UserError {
  return new UserError(
    "nothing-fetched",
    "no route table was fetched before",
    "vnet-explain routes --nic <name> fetches one; for a file named last, write ./last",
  );
}
