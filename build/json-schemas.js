import { createGenerator } from "ts-json-schema-generator";

/** Titles of schemas that are not the output of a command of the same name. */
const TITLES = {
  error: "vnet-explain: an error, on stderr with -o json",
  "flow-log": "vnet-explain whichroute --flow-log -o json",
  policy: "vnet-explain: a policy for check",
};

/** The version of the output, the `schemaVersion` of its JSON. */
const VERSION = "1.0";

/** Names a schema. Its address is a name that nothing resolves: the schema ships in the package. */
function named(name, schema) {
  const { $schema, ...rest } = schema;
  const title = TITLES[name] ?? `vnet-explain ${name.replace("-", " ")} -o json`;
  return { $schema, $id: `urn:vnet-explain:schema:${name}:${VERSION}`, title, ...rest };
}

/** Writes a JSON Schema for each field of the type `Schemas`, from the program's own types. */
export const jsonSchemas = {
  name: "json-schemas",
  generateBundle() {
    const generator = createGenerator({
      path: "src/output/results/kinds.ts",
      tsconfig: "tsconfig.json",
      skipTypeCheck: true,
      additionalProperties: false,
      expose: "all",
    });
    for (const [name, { $ref }] of Object.entries(generator.createSchema("Schemas").definitions.Schemas.properties)) {
      const type = $ref.replace("#/definitions/", "");
      // Compact: programs read it, and it is a tenth of the package.
      const source = `${JSON.stringify(named(name, generator.createSchema(type)))}\n`;
      this.emitFile({ type: "asset", fileName: `schemas/${name}.json`, source });
    }
  },
};
