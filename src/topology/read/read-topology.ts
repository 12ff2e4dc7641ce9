import { quotedText } from "../../text/quoted-text.ts";
import { isRecord } from "../../text/type-guards.ts";
import { nameOf, typeOf } from "../resource-id.ts";
import type { Resource, Topology } from "../topology.ts";
import { Draft } from "./draft.ts";
import { Fields } from "./fields.ts";
import { KINDS } from "./kinds/kinds.ts";
import { ReducedNetworks } from "./reduced-network.ts";

/** A resource, or a part of one, that was left out. */
interface SkippedPart {
  /** The resource's id, or its position: `resource 12`. Printable. */
  readonly resource: string;
  /** The path of the field: `ipConfigurations[0].privateIPAddress`; null for the whole resource. */
  readonly path: string | null;
  readonly reason: string;
}

/** The result of reading resources. */
export interface TopologyRead {
  readonly topology: Topology;
  /** The number of resources, or parts of one, of a known kind. */
  readonly known: number;
  readonly skipped: readonly SkippedPart[];
}

/** The longest id that Azure allows has some 800 characters. */
const LONGEST_ID = 2000;

/** A list may hold lists: several answers of several commands. */
const DEEPEST = 3;

/**
 * The topology that resources describe, as Azure Resource Manager and Resource Graph answer (`properties`), or as az
 * and PowerShell print. Lists, and the `value` or `data` of an answer, count as what they hold. Resources of other
 * types and unknown fields are ignored. Parts that cannot be read are left out and reported. Never throws. Linear.
 */
export function readTopology(resources: Iterable<unknown>): TopologyRead {
  const skipped: SkippedPart[] = [];
  const draft = new Draft();
  const reduced = new ReducedNetworks();
  let place = 0;
  let known = 0;
  for (const resource of opened(resources, DEEPEST)) {
    place++;
    const own = place;
    const report = (path: string | null, reason: string) =>
      skipped.push({ resource: shownId(resource) ?? `resource ${own}`, path, reason });
    if (!isRecord(resource)) {
      report(null, "not an object");
      continue;
    }
    const fields = new Fields(resource, report);
    if (reduced.take(resource, fields)) {
      known++;
      continue;
    }
    const id = fields.text("id");
    if (id === null) {
      const type = fields.text("type")?.toLowerCase() ?? "";
      if (KINDS.has(type)) report(null, "no id");
      continue;
    }
    if (id.length > LONGEST_ID) {
      report(null, "its id is too long");
      continue;
    }
    const kind = KINDS.get(typeOf(id) ?? "");
    if (kind === undefined) continue;
    known++;
    kind.read(baseOf(id, fields), fields, draft);
  }
  reduced.addTo(draft);
  return { topology: draft.topology(), known, skipped };
}

function baseOf(id: string, fields: Fields): Resource {
  return { id, name: fields.text("name") ?? nameOf(id), region: fields.region() };
}

function shownId(resource: unknown): string | null {
  if (!isRecord(resource)) return null;
  const id = resource.id ?? resource.Id ?? resource.name ?? resource.Name;
  return typeof id === "string" && id !== "" ? quotedText(id, 300) : null;
}

function* opened(resources: Iterable<unknown>, depth: number): Iterable<unknown> {
  for (const resource of resources) {
    const list = Array.isArray(resource) ? (resource as unknown[]) : answerList(resource);
    if (list === null || depth === 0) yield resource;
    else yield* opened(list, depth - 1);
  }
}

/** The list in an answer of Azure's: `value`, or of Resource Graph `data`. */
function answerList(resource: unknown): readonly unknown[] | null {
  if (!isRecord(resource) || "id" in resource || "Id" in resource) return null;
  const list = resource.value ?? resource.data;
  return Array.isArray(list) ? (list as unknown[]) : null;
}
