import { formatPrefix } from "../../src/net/prefix.ts";
import { SAMPLE_NAMES, sampleRouteTable } from "../../src/routes/samples.ts";
import { sampleTags } from "../../src/service-tags/sample-tags.ts";
import { listShared, readShared } from "../shared-data.ts";

/** Seed inputs: the real files if available, else the embedded samples and made-up inputs. */

/** The UTF-8 bytes of a text, one character per byte. */
export const asBytes = (text: string): string => Buffer.from(text, "utf8").toString("latin1");

/** The bytes of such a text. */
export const bytesOf = (input: string): Uint8Array => new Uint8Array(Buffer.from(input, "latin1"));

function sharedTexts(folder: string, pick: (name: string) => boolean = () => true): readonly string[] {
  return listShared(folder)
    .filter(pick)
    .map((name) => readShared(`${folder}/${name}`));
}

type Row = Readonly<Record<string, unknown>>;

/**
 * The rows of the embedded tables, of the real captures and of the worked examples, as Azure Resource Manager writes
 * them.
 */
export function armTables(): readonly (readonly Row[])[] {
  const samples = SAMPLE_NAMES.map((name) => sampleRouteTable(name).routes.map(({ fields }) => fields));
  const captures = sharedTexts("data/captures").map((text) => JSON.parse(text).value as Row[]);
  const examples = sharedTexts("oracle", (name) => name.endsWith(".json")).map((text) => JSON.parse(text).routes);
  return [...captures, ...(examples as Row[][]).filter(Array.isArray), ...samples, [RICH, RICH_V6]];
}

/** A row with every field ever seen, and one unknown field. */
const RICH: Row = {
  name: "to-nva",
  source: "User",
  state: "Active",
  addressPrefix: ["10.0.0.0/8", "172.16.0.0/12"],
  nextHopType: "VirtualAppliance",
  nextHopIpAddress: ["10.0.1.4", "10.0.1.5"],
  disableBgpRoutePropagation: false,
  hasBgpOverride: true,
  destinationServiceTags: ["Storage.WestEurope"],
  tagMap: { Storage: ["191.239.203.0/28"] },
  unheardOf: [1, { deep: true }],
};

const RICH_V6: Row = { ...RICH, name: null, addressPrefix: ["fd00::/8", "::/0"], source: "VirtualNetworkGateway" };

/** Recorded responses of Azure, and other JSON that people mistake for routes: errors, tag lists, next hops. */
export function recordings(): readonly string[] {
  const made = [
    { error: { code: "AuthorizationFailed", message: "The client does not have authorization.", details: [] } },
    { code: "ResourceNotFound", message: "not found" },
    { nextHopType: "VirtualAppliance", nextHopIpAddress: "10.0.1.4", routeTableId: "System Route" },
    null,
  ].map((value) => JSON.stringify(value));
  return [...sharedTexts("data/recordings"), ...made];
}

/** The texts of tag files, small ones first. For speed, most large files are excerpts. */
export function tagTexts(): readonly string[] {
  const names = listShared("data/service-tags");
  const small = names
    .filter((name) => /Germany|China/.test(name))
    .map((name) => readShared(`data/service-tags/${name}`));
  const excerpts = names.map((name) => excerpt(readShared(`data/service-tags/${name}`)));
  return [madeUpTags(), ...excerpts, ...small];
}

/** The names of the largest real tag files. */
export function largeTagTexts(): readonly string[] {
  return listShared("data/service-tags")
    .filter((name) => /Public_20(23|25)/.test(name))
    .map((name) => readShared(`data/service-tags/${name}`));
}

/** Twelve tags of a file, in its own text. */
function excerpt(text: string): string {
  const file = JSON.parse(text.replace(/^\uFEFF/, ""));
  const step = Math.max(1, Math.floor(file.values.length / 12));
  return JSON.stringify({ ...file, values: file.values.filter((_: unknown, at: number) => at % step === 0) }, null, 2);
}

/** The embedded tags as a file, with every field that such a file can have. */
export function madeUpTags(): string {
  const tags = sampleTags();
  const values = [...tags.tags()].map(({ name, region, systemService, prefixes }, at) => ({
    name,
    id: name,
    properties: {
      changeNumber: at % 2 === 0 ? at : String(at),
      region: region ?? "",
      regionId: at,
      platform: "Azure",
      systemService: systemService ?? "",
      addressPrefixes: [...prefixes.map(formatPrefix), ...(at === 0 ? [] : ["2603:1020:0206::/48", "::/0"])],
      networkFeatures: at % 2 === 0 ? ["API", "NSG", "UDR", "FW", "VSE"] : null,
    },
  }));
  return JSON.stringify({ changeNumber: 279, cloud: "Public", values }, null, 2);
}
