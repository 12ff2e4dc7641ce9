import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect } from "vitest";

const ajv = new Ajv({ strict: false, allErrors: true });

function schemaOf(name: string): { readonly definitions: Record<string, object> } {
  return JSON.parse(readFileSync(new URL(`../../../dist/schemas/${name}.json`, import.meta.url), "utf8"));
}

/** Checks a report against the package's schema of that name; `definition` for one of its parts, e.g. a line of ndjson. */
export function expectValid(name: string, report: unknown, definition?: string): void {
  const schema = schemaOf(name);
  const validate = ajv.compile(definition === undefined ? schema : { ...schema, $ref: `#/definitions/${definition}` });
  validate(report);
  expect(validate.errors).toBeNull();
}
