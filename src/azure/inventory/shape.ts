import { isRecord } from "../../text/type-guards.ts";

/**
 * The fields of a resource that the program uses. `true` keeps a text, a number, a flag, or a list of those; a list
 * holds the shape of its elements. Everything else is dropped: other fields may hold secrets.
 */
export type Shape = true | readonly [Shape] | { readonly [field: string]: Shape };

/** A reference to a resource. */
export const REFERENCE: Shape = { id: true };

/** A part of a resource, such as a subnet in a network. */
export function part(properties: Shape): Shape {
  return { id: true, name: true, properties };
}

/** The part of a value that fits the shape; undefined where none does. Names of fields are compared without case. */
export function keep(value: unknown, shape: Shape): unknown {
  if (shape === true) return isPlain(value) || (Array.isArray(value) && value.every(isPlain)) ? value : undefined;
  if (isListShape(shape)) {
    if (!Array.isArray(value)) return undefined;
    const [element] = shape;
    return value.map((each: unknown) => keep(each, element)).filter((each) => each !== undefined);
  }
  if (!isRecord(value)) return undefined;
  const fields = fieldsOf(shape);
  const kept: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(value)) {
    const field = each === null ? undefined : fields.get(name.toLowerCase());
    if (field === undefined) continue;
    const found = keep(each, field.shape);
    if (found !== undefined) kept[field.name] = found;
  }
  return kept;
}

type Fields = { readonly [field: string]: Shape };
type FieldMap = ReadonlyMap<string, { readonly name: string; readonly shape: Shape }>;

const FIELDS = new WeakMap<Fields, FieldMap>();

function fieldsOf(shape: Fields): FieldMap {
  const known = FIELDS.get(shape);
  if (known !== undefined) return known;
  const fields = new Map(Object.entries(shape).map(([name, shape]) => [name.toLowerCase(), { name, shape }] as const));
  FIELDS.set(shape, fields);
  return fields;
}

function isListShape(shape: readonly [Shape] | Fields): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function isPlain(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
