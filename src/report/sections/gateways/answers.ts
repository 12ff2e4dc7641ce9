import type { GatewayPart } from "../../../analysis/gateways/split.ts";
import { addressesText, groupText } from "../../../output/results/address-text.ts";
import { hopText } from "../../../routes/gateways/gateway-report.ts";
import type { GatewayExplanation } from "../../../selection/gateways/explain-gateway.ts";
import { lastPart } from "../../../text/last-part.ts";
import { type Element, h } from "../../markup.ts";
import type { Section } from "../../subject.ts";
import { table } from "../../texts.ts";

/** The answers of a hub, a gateway, a Route Server or a circuit for the destinations on the command line. */
export const gatewayAnswers: Section = {
  id: "gateway-answers",
  title: "Which route?",
  of({ result }) {
    if (result.kind !== "gateway-whichroute" || result.report.explanations.length === 0) return null;
    const { explanations, gatewayTable } = result.report;
    const shown = explanations.flatMap((each) => ("error" in each ? [] : [each]));
    const whole = shown.filter(({ part }) => part === null);
    const sets = new Map<string, GatewayPart[]>();
    for (const each of shown) {
      if (each.part !== null) sets.set(each.destination, [...(sets.get(each.destination) ?? []), each]);
    }
    return [
      ...whole.map((each) => cardOf(each, gatewayTable.instances.length)),
      ...Array.from(sets, ([name, parts]) => partsCard(name, parts, gatewayTable.instances.length)),
    ];
  },
};

/** The card of a set of addresses: its parts, largest first. */
function partsCard(name: string, parts: readonly GatewayPart[], instances: number): Element {
  const notes = new Map(parts.flatMap((part) => part.notes).map((note) => [note.text, note]));
  return h(
    "article",
    { class: "card" },
    h("h3", {}, h("span", { class: "address" }, name)),
    table(
      `Where the addresses of ${name} go`,
      ["Addresses", "Answer", "Prefixes"],
      parts.map((each) => [
        addressesText(each.part.addresses),
        `${each.instances.length < instances ? `at ${each.instances.join(", ")}: ` : ""}${each.text} (${each.certainty})`,
        groupText(each.part),
      ]),
    ),
    notesList([...notes.values()]),
  );
}

const notesList = (notes: GatewayExplanation["notes"]) =>
  notes.length === 0
    ? null
    : h("ul", { class: "notes" }, ...notes.map((note) => h("li", { class: note.level }, note.text)));

const MARKS = { won: "✓ wins", lost: "✗ loses" } as const;

function cardOf(answer: GatewayExplanation, instances: number): Element {
  const { destination, hostName, text, level, rule, certainty, candidates, notes } = answer;
  const link = h("a", { href: rule.source, rel: "noreferrer noopener", target: "_blank" }, rule.id);
  return h(
    "article",
    { class: `card ${level}` },
    answer.instances.length < instances ? h("p", { class: "label" }, answer.instances.join(", ")) : null,
    h(
      "h3",
      {},
      h("span", { class: "address" }, destination),
      hostName === null ? null : h("span", { class: "dim" }, ` (${hostName})`),
      h("span", { class: "arrow", "aria-hidden": "true" }, " → "),
      h("span", { class: "diagnosis" }, text),
    ),
    h(
      "p",
      { class: "rule" },
      rule.text,
      " ",
      h(
        "span",
        { class: "source" },
        "Rule ",
        link,
        ", ",
        h("span", { class: `certainty ${certainty}` }, certainty),
        ".",
      ),
    ),
    candidates.length === 0
      ? null
      : table(
          `Rows that cover ${destination}`,
          ["", "Prefix", "Next hop", "Origin", "AS path", "Reason"],
          candidates.map((row) => [
            MARKS[row.outcome],
            row.addressPrefix,
            [row.nextHopType ?? "", row.nextHops.map((hop) => hopText(hop.text, hop.name)).join(", ")].join(" ").trim(),
            lastPart(row.origin ?? ""),
            row.asPath?.join("-") ?? "",
            row.label,
          ]),
          ["", "prefix"],
        ),
    notesList(notes),
  );
}
