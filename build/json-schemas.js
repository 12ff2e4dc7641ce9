import { createGenerator } from "ts-json-schema-generator";

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
      const source = `${JSON.stringify(generator.createSchema(type), null, 2)}\n`;
      this.emitFile({ type: "asset", fileName: `schemas/${name}.json`, source });
    }
  },
};
