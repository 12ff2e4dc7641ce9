import { UNSET_VARIABLE } from "../../text/unset-variable.ts";
import { UserError } from "../../text/user-error.ts";
import type { RouteSourceOptions } from "./route-source.ts";

/** How an argument names a route table, for help and hints. */
export const TABLE_SOURCES = "a file or a directory, - (stdin), nic:NAME, vm:NAME, sample:NAME, or last (fetched last)";

/**
 * The source that an argument names: `nic:NAME`, `vm:NAME`, `sample:NAME`, `last`, else a file.
 * @throws UserError for an empty word, and for a kind without a name.
 */
export function sourceOf(
  word: string,
): Pick<RouteSourceOptions, "file" | "sample" | "nic" | "vm" | "last" | "gateway" | "hub" | "circuit"> {
  if (word.trim() === "")
    throw new UserError("unknown-word", "the argument for a route table is empty", UNSET_VARIABLE);
  const [, kind = "", name = ""] = /^(nic|vm|sample|gateway|hub|circuit):(.*)$/is.exec(word) ?? [];
  if (kind !== "" && name === "") {
    throw new UserError(
      "no-table-name",
      `a name is missing after '${word}'`,
      `write ${word}NAME, or give ${TABLE_SOURCES}`,
    );
  }
  switch (kind.toLowerCase()) {
    case "nic":
      return { nic: name };
    case "vm":
      return { vm: name };
    case "sample":
      return { sample: name };
    case "gateway":
      return { gateway: name };
    case "hub":
      return { hub: name };
    case "circuit":
      return { circuit: name };
    default:
      return word === "last" ? { last: true } : { file: word };
  }
}
