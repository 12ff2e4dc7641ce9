import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect } from "vitest";

const ajv = new Ajv({ strict: false, allErrors: true });

interface Schema {
  readonly $id: string;
  readonly title: string;
}

/** The package's schemas, each added to `ajv` when it is first read. */
const known = new Map<string, Schema>();

function schemaOf(name: string): Schema {
  let schema = known.get(name);
  if (schema === undefined) {
    schema = JSON.parse(readFileSync(new URL(`../../../dist/schemas/${name}.json`, import.meta.url), "utf8")) as Schema;
    known.set(name, schema);
    ajv.addSchema(schema);
  }
  return schema;
}

/**
 * Checks a report against the package's schema of that name; `definition` for one of its parts, e.g. a line of ndjson.
 */
export function expectValid(name: string, report: unknown, definition?: string): void {
  const { $id } = schemaOf(name);
  const validate = ajv.getSchema(definition === undefined ? $id : `${$id}#/definitions/${definition}`);
  if (validate === undefined) throw new Error(`the schema ${name} has no definition ${definition}`);
  validate(report);
  expect(validate.errors).toBeNull();
}
