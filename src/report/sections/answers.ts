import { sharesOf } from "../../analysis/coverage/shares.ts";
import { parseAddress } from "../../net/address.ts";
import { explain } from "../../selection/explain.ts";
import { answerCard } from "../card.ts";
import { exampleOf, examplesOf } from "../examples.ts";
import { type Element, h, type Markup } from "../markup.ts";
import { splitCard } from "../split-card.ts";
import type { PageSubject, Section } from "../subject.ts";
import { asked } from "../texts.ts";

/** The number of examples beside the address field. */
const MOST_EXAMPLES = 6;

/** The address field, and the answers for the destinations on the command line. */
export const answers: Section = {
  id: "answer",
  title: "Which route?",
  of(subject) {
    const { result, answers: canAnswer } = subject;
    const given = result.kind === "whichroute" ? result.report.explanations : [];
    const moved = result.kind === "diff" || result.kind === "whatif" ? result.report.moves[0] : undefined;
    if (!canAnswer && given.length === 0) return null;
    return [
      canAnswer ? field(subject) : null,
      ...given.map((each) => {
        if ("error" in each) return null;
        return "outcomes" in each ? splitCard(each) : answerCard(each);
      }),
      moved === undefined ? null : sideBySide(exampleOf(moved.prefixes, moved.example), subject),
    ];
  },
};

/** Returns the answers of every table for an address that moves. */
function sideBySide(text: string, { tables }: PageSubject): Element {
  const address = parseAddress(text);
  return h(
    "div",
    { class: "cards" },
    ...tables.map(({ annotated, label }) => answerCard(explain(annotated, address, null), label)),
  );
}

/** Works only with script, so it is hidden until then. */
function field(subject: PageSubject): Markup {
  return [
    h(
      "form",
      { id: "ask", hidden: true, autocomplete: "off" },
      h("label", { for: "ip" }, "Address or prefix"),
      h("input", {
        id: "ip",
        type: "text",
        inputmode: "text",
        spellcheck: "false",
        autocapitalize: "off",
        placeholder: "10.1.2.3 or 10.0.0.0/8",
        "aria-describedby": "refusal",
      }),
      h("button", { type: "button", id: "copy-link", hidden: true }, "Copy link"),
      h("p", { id: "refusal", role: "status" }, ""),
      h("p", { class: "examples" }, "Try ", examples(subject)),
    ),
    h("div", { id: "typed", class: "cards", "aria-live": "polite", hidden: true }, ""),
    h(
      "p",
      { id: "no-script", class: "dim" },
      "With scripts on, this page answers for any address or prefix that you type here. Everything below works without them.",
    ),
  ];
}

/** Returns links to answers: addresses that move, else one of each next hop. */
function examples({ tables, result }: PageSubject): Markup {
  const [first] = tables;
  if (first === undefined) return null;
  const found =
    result.kind === "diff" || result.kind === "whatif"
      ? result.report.moves.slice(0, MOST_EXAMPLES).map(({ prefixes, example }) => exampleOf(prefixes, example))
      : sharesOf(first.annotated, first.table)
          .filter(({ v4, place }) => v4 > 0n && place.verdict !== "platform")
          .slice(0, MOST_EXAMPLES)
          .map(examplesOf(first));
  return found.map((address, at): Markup => [at === 0 ? "" : ", ", asked(address)]);
}
