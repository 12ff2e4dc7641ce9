/** An object that is not an array, such as a JSON object; its fields are not yet checked. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The value of an object's own field; undefined for a missing or inherited field, and for values that are not objects.
 */
export function ownField(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The text in an object's own field; null where the field is missing or not text. */
export function textField(value: unknown, name: string): string | null {
  const found = ownField(value, name);
  return typeof found === "string" ? found : null;
}

/** The value if it is text other than "", else null. */
export function nonEmptyText(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** The texts in a list, other elements left out; none where the value is not a list. */
export function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
}
