import { h, type Markup } from "../../markup.ts";
import { counted } from "../../texts.ts";

/** The number of names shown. The others are folded. */
const SHOWN = 3;

/** Returns names of subnets: the first, and the others folded behind a count. */
export function memberList(members: readonly { readonly name: string }[]): Markup {
  const names = members.map(({ name }) => name);
  const rest = names.length - SHOWN;
  if (rest <= 1) return names.length === 0 ? null : h("div", { class: "names" }, names.join(", "));
  return h(
    "details",
    { class: "names" },
    h("summary", {}, `${names.slice(0, SHOWN).join(", ")} and ${counted(rest, "other")}`),
    names.slice(SHOWN).join(", "),
  );
}
