/**
 * Equality without case: Azure compares resource names and the values of its open sets (source, state, next hop type)
 * that way.
 */
export function same(left: string, right: string): boolean {
  return left.length === right.length && left.toLowerCase() === right.toLowerCase();
}
