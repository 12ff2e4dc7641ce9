import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * The Azure SDK for networks is a megabyte of generated code for 158 groups of operations, all of which its client makes at once. The
 * program calls four; what only the others need is left out of the bundle. Types and unit tests have the whole.
 */
const GROUPS = ["networkInterfaces", "networkWatchers", "serviceTags", "subnets"];

const SDK = fileURLToPath(new URL("./node_modules/@azure/arm-network/dist/esm/", import.meta.url));
const CLIENT = "networkManagementClient.js";

const source = (path) => readFileSync(SDK + path, "utf8");

/** What the client's constructor makes of a group. */
const MADE = /^\s+this\.(\w+) =\s+new \w+Impl\(this\);$/gm;

function withoutOtherGroups(code) {
  const groups = new Set([...code.matchAll(MADE)].map(([, group]) => group));
  const missing = GROUPS.filter((group) => !groups.has(group));
  if (missing.length > 0) throw new Error(`the Azure SDK's client makes no ${missing.join(", ")}: see rolldown.sdk.js`);
  return code.replace(MADE, (made, group) => (GROUPS.includes(group) ? made : ""));
}

/** The declarations of a module by their names. */
function declarations(path) {
  const texts = source(path).split(/^export const /m);
  return new Map(texts.slice(1).map((text) => [text.slice(0, text.indexOf(" ")), text]));
}

const found = (pattern, text) => [...text.matchAll(pattern)].map(([, name]) => name);

/**
 * The mappers (how each type is read and written) that the groups need: those that they and their parameters name, and those that these
 * name in turn. A serializer looks mappers up by name, so no bundler can tell.
 */
function neededMappers() {
  const mappers = declarations("models/mappers.js");
  const parameters = declarations("models/parameters.js");
  const open = [CLIENT, ...GROUPS.map((group) => `operations/${group}.js`)]
    .map(source)
    .flatMap((text) => [
      ...found(/\bMappers\.(\w+)/g, text),
      ...found(/\bParameters\.(\w+)/g, text).flatMap((name) =>
        found(/\bmapper: (\w+)Mapper\b/g, parameters.get(name) ?? ""),
      ),
    ]);
  const needed = new Set();
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const text = mappers.get(name);
    if (text === undefined || needed.has(name)) continue;
    needed.add(name);
    open.push(...found(/(?:className: "|\.\.\.|polymorphicDiscriminator: )(\w+)/g, text));
  }
  return [...needed].sort();
}

const NEEDED = "\0needed-mappers";

/** What the SDK loads at every start, and makes only where the environment names a proxy. */
const PROXY_AGENTS = new Map([
  ["http-proxy-agent", "HttpProxyAgent"],
  ["https-proxy-agent", "HttpsProxyAgent"],
]);
const LATER = "\0later:";

/** A class that is loaded when the first of it is made. */
const madeLater = (path, name) =>
  `export function ${name}(...words) { return new (require(${JSON.stringify(path)}).${name})(...words); }`;

/** Leaves out of the Azure SDK what the program does not call. */
export const slimSdk = {
  name: "slim-azure-sdk",
  async resolveId(id, importer = "") {
    if (id === "needed-mappers") return NEEDED;
    if (!PROXY_AGENTS.has(id) || !importer.replaceAll("\\", "/").includes("/ts-http-runtime/")) return null;
    return `${LATER}${id}:${(await this.resolve(id, importer, { skipSelf: true })).id}`;
  },
  load(id) {
    if (id.startsWith(LATER)) {
      const [name, ...path] = id.slice(LATER.length).split(":");
      return madeLater(path.join(":"), PROXY_AGENTS.get(name));
    }
    if (id !== NEEDED) return null;
    const names = neededMappers().join(", ");
    return `import { ${names} } from ${JSON.stringify(`${SDK}models/mappers.js`)};\nexport const needed = { ${names} };`;
  },
  transform(code, id) {
    if (!id.replaceAll("\\", "/").includes("/@azure/arm-network/")) return null;
    const slim = id.endsWith(CLIENT) ? withoutOtherGroups(code) : code;
    const named = slim.replace("createSerializer(Mappers,", "createSerializer(needed,");
    const imported = named === slim ? "" : 'import { needed } from "needed-mappers";\n';
    return { code: imported + named, moduleSideEffects: false };
  },
};
