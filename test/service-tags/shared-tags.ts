import { compileTags } from "../../src/service-tags/index/compile-tags.ts";
import { TagCatalogue } from "../../src/service-tags/tag-catalogue.ts";
import { parseTagFile } from "../../src/service-tags/tag-file.ts";
import { readShared } from "../shared-data.ts";

/** The text of a real tag file, read in place. */
export function sharedTagText(file: string): string {
  return readShared(`data/service-tags/${file}`);
}

/** The catalogue of a real tag file. */
export function sharedCatalogue(file: string): TagCatalogue {
  return new TagCatalogue(compileTags(parseTagFile(sharedTagText(file), file)));
}
