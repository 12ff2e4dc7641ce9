import type { AzureCalls } from "../arm/calls.ts";
import { listed } from "../arm/pages.ts";
import type { AzureRead } from "../arm/reads.ts";

/** Only about a tenth of an answer is kept. */
const LIMITS = { pages: 5000, size: 2 ** 30, items: 1_000_000 };

/**
 * Reads all pages of a list and returns what `keep` makes of each resource, without nulls. `path` starts with a slash
 * and has the `api-version`. @throws AzureError
 */
export function rawList<T>(
  calls: AzureCalls,
  read: AzureRead,
  path: string,
  keep: (resource: unknown) => T | null,
): Promise<readonly T[]> {
  return calls.run(read, async (client) => {
    const found: T[] = [];
    const all = listed(
      client,
      ({ context, operations }) =>
        operations.listPages<unknown>(
          context,
          () => context.pathUnchecked(path).get(),
          async ({ body }) => body,
          ["200"],
        ),
      LIMITS,
    );
    for await (const resource of all) {
      const item = keep(resource);
      if (item !== null) found.push(item);
    }
    return found;
  });
}

/** The path of a resource, safe to request; null for a text from outside that is not the id of a resource. */
export function pathOf(id: string): string | null {
  const [start, ...parts] = id.split("/");
  if (start !== "" || parts.length < 4) return null;
  if (parts.some((part) => part === "" || part === "." || part === "..")) return null;
  return parts.map((part) => `/${encodeURIComponent(part)}`).join("");
}
