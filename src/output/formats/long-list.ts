/** A list of more objects is printed item by item at any depth, because its whole text may not fit the memory. */
const LONG = 1000;

/** Whether a value is a long list of objects, or has one as a field. */
export function isLong(value: object): boolean {
  if (Array.isArray(value)) return value.length > LONG && typeof value[0] === "object";
  return Object.values(value).some((field) => Array.isArray(field) && isLong(field));
}
