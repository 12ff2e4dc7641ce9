import type { Candidate, Explanation } from "../selection/explanation.ts";
import type { Note } from "../selection/notes/notes.ts";
import { type Element, h, type Markup } from "./markup.ts";
import { bar, nextHop } from "./texts.ts";

const MARKS = {
  won: ["✓", "wins"],
  lost: ["✗", "loses"],
  inactive: ["·", "inactive"],
} as const;

/** Returns the card of an answer. `label` names the table, where the page has several. */
export function answerCard(answer: Explanation, label = ""): Element {
  const { destination, hostName, diagnosis, next, serviceTags, networkWatcher } = answer;
  return h(
    "article",
    { class: `card ${diagnosis.level}` },
    label === "" ? null : h("p", { class: "label" }, label),
    h(
      "h3",
      {},
      h("span", { class: "address" }, destination),
      hostName === null ? null : h("span", { class: "dim" }, ` (${hostName})`),
      h("span", { class: "arrow", "aria-hidden": "true" }, " → "),
      h("span", { class: "diagnosis" }, diagnosis.text),
    ),
    next === null ? null : h("p", { class: "next" }, h("strong", {}, "Next: "), next),
    rule(answer),
    candidates(answer),
    notes(answer),
    networkWatcher === null
      ? null
      : h("p", { class: networkWatcher.agrees === true ? "agrees" : "differs" }, networkWatcher.text),
    serviceTags.length === 0
      ? null
      : h("p", { class: "tags" }, "Service tags: ", serviceTags.map(({ name }) => name).join(", ")),
  );
}

/** Returns problems and remarks. The mechanics of the next hop are folded. */
function notes({ notes: all }: Explanation): Markup {
  const list = (shown: readonly Note[]) =>
    shown.length === 0
      ? null
      : h("ul", { class: "notes" }, ...shown.map(({ level, text }) => h("li", { class: level }, text)));
  const details = all.filter(({ level }) => level === "detail");
  return [
    list(all.filter(({ level }) => level !== "detail")),
    details.length === 0
      ? null
      : h("details", {}, h("summary", { class: "dim" }, "How this next hop works"), list(details)),
  ];
}

function rule({ rule: { id, text, source }, certainty }: Explanation): Element {
  const link = h("a", { href: source, rel: "noreferrer noopener", target: "_blank" }, id);
  const sure = h("span", { class: `certainty ${certainty}` }, certainty);
  return h("p", { class: "rule" }, text, " ", h("span", { class: "source" }, "Rule ", link, ", ", sure, "."));
}

/** The most covering rows that a card lists. A table can have thousands of equal ones. */
const MOST_CANDIDATES = 50;

function candidates({ candidates: all, destination }: Explanation): Markup {
  if (all.length === 0) return null;
  const bits = destination.includes(":") ? 128 : 32;
  const shown = all.slice(0, MOST_CANDIDATES);
  return [
    h(
      "table",
      { class: "candidates" },
      h("caption", { class: "unseen" }, `Routes that cover ${destination}`),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ...[h("span", { class: "unseen" }, "Outcome"), "Prefix", "Length", "Route", "Next hop", "Why"].map((head) =>
            h("th", { scope: "col" }, head),
          ),
        ),
      ),
      h("tbody", {}, ...shown.map((each) => candidateRow(each, bits))),
    ),
    all.length > shown.length ? h("p", { class: "dim" }, `and ${all.length - shown.length} more rows`) : null,
  ];
}

function candidateRow(candidate: Candidate, bits: number): Element {
  const { outcome, addressPrefix, source, name, nextHopType, nextHopIpAddress, label } = candidate;
  const [mark, word] = MARKS[outcome];
  const length = Number(addressPrefix.slice(addressPrefix.indexOf("/") + 1));
  return h(
    "tr",
    { class: outcome },
    h("td", { class: "mark" }, h("span", { "aria-hidden": "true" }, mark), h("span", { class: "unseen" }, word)),
    h("td", { class: "prefix" }, addressPrefix),
    h("td", { class: "length" }, bar(length / bits)),
    h("td", {}, [source, name].filter((part) => part !== null).join(" ")),
    h("td", {}, nextHop(nextHopType, nextHopIpAddress)),
    h("td", { class: "why" }, label),
  );
}
