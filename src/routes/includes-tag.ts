import { same } from "../text/same.ts";

/**
 * Whether a tag is the named one or lies below it: Storage includes Storage.WestEurope, and AzureFrontDoor includes
 * AzureFrontDoor.Backend. Ignores case.
 */
export const includesTag = (tag: string, name: string): boolean =>
  same(tag, name) || name.toLowerCase().startsWith(`${tag.toLowerCase()}.`);
