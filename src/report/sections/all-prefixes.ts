import { h } from "../markup.ts";
import type { Section } from "../subject.ts";
import { isOfOneTable } from "./shares.ts";

/** Every prefix, in a list whose visible part the script fills. Hidden without script. */
export const allPrefixes: Section = {
  id: "all-prefixes",
  title: "All prefixes",
  of({ tables: [only, ...others], result }) {
    if (only === undefined || others.length > 0 || !isOfOneTable(result.kind)) return null;
    return [
      h(
        "form",
        { id: "filter", class: "filter" },
        h("label", { for: "filter-text" }, "Filter"),
        h("input", {
          id: "filter-text",
          type: "search",
          spellcheck: "false",
          placeholder: "a name, a tag, a next hop, or an address",
        }),
        h("button", { type: "button", id: "copy-csv" }, "Copy as CSV"),
        h("p", { id: "filter-count", role: "status" }, ""),
      ),
      h("div", { id: "list", class: "scroll list", tabindex: "0", role: "group", "aria-label": "All prefixes" }, ""),
    ];
  },
};
