import { Explainer } from "../../analysis/bulk/explainer.ts";
import { ForwardingTable } from "../../analysis/bulk/forwarding-table.ts";
import { openIndex } from "../../service-tags/index/index-file.ts";
import { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { type PageData, TAGS_IN_PAGE } from "../page-data.ts";
import type { PageTable } from "../subject.ts";
import { tableOf } from "../table-data.ts";
import { byId } from "./dom.ts";

/** A table of the page, ready to answer. */
export interface ReadyTable extends Pick<PageTable, "label" | "annotated" | "table"> {
  readonly explainer: Explainer;
  /** The service tags that the page carries; null if it has none. */
  readonly tags: TagCatalogue | null;
}

/** Reads the page's data and compiles its tables. */
export async function readTables(): Promise<readonly ReadyTable[]> {
  const element = byId("data");
  const text = element.textContent ?? "";
  const json = element.dataset.encoding === "gzip" ? await new Response(inflated(bytesOf(text))).text() : text;
  const { tables } = JSON.parse(json) as PageData;
  const tags = await carriedTags();
  return tables.map(({ label, table: data }) => {
    const annotated = tableOf(data);
    const table = new ForwardingTable(annotated.table.routes);
    return { label, annotated, table, explainer: new Explainer(annotated, table, tags), tags };
  });
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

const inflated = (bytes: Uint8Array<ArrayBuffer>) =>
  new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));

async function carriedTags(): Promise<TagCatalogue | null> {
  const text = document.getElementById("tags")?.textContent ?? null;
  if (text === null) return null;
  const bytes = new Uint8Array(await new Response(inflated(bytesOf(text))).arrayBuffer());
  const index = openIndex(bytes.length, TAGS_IN_PAGE, (at, length) => bytes.subarray(at, at + length));
  return index === null ? null : new TagCatalogue(index);
}
