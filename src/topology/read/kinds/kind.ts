import type { Resource } from "../../topology.ts";
import type { Draft } from "../draft.ts";
import type { Fields } from "../fields.ts";

/** A kind of resource that the program knows. */
export interface ResourceKind {
  /** Azure's names of its types, in lower case. */
  readonly types: readonly string[];
  /** Adds the resource, or the part of one, to the draft. */
  read(base: Resource, fields: Fields, draft: Draft): void;
}
