import { isStateful } from "../../analysis/trace/symmetry.ts";
import type { AppliedTraceRule, Hop, Trace } from "../../analysis/trace/trace.ts";
import { answerOf, askedOf, decisiveRule, LEVELS, verifiedTexts } from "../../output/results/trace/answer.ts";
import { nextHopsOf, type TraceReport, tracesOf } from "../../output/results/trace/report.ts";
import { lastPart } from "../../text/last-part.ts";
import { answerCard } from "../card.ts";
import { type Element, h, type Markup } from "../markup.ts";
import { pathPictures } from "../path/drawing.ts";
import { type Direction, pathGraph } from "../path/path-graph.ts";
import type { Section } from "../subject.ts";
import { nextHop } from "../texts.ts";

/** The path of a packet: a picture of both directions, then each hop in words. */
export const path: Section = {
  id: "path",
  title: "The path",
  of({ result }) {
    if (result.kind !== "trace") return null;
    const { report } = result;
    const graph = pathGraph(report);
    const label = tracesOf(report).map(({ trace }) => `${askedOf(trace)}: ${trace.text}`);
    const pictures = pathPictures(graph, `${label.join("; reply ")}. The lists of hops say the same.`);
    return [
      ...tracesOf(report).map(({ direction, trace }) => headline(direction, trace)),
      symmetryText(report),
      verificationList(report),
      h("div", { class: "drawing", tabindex: "0", role: "group", "aria-label": "Picture of the path" }, ...pictures),
      legend(report),
      ...tracesOf(report).map(({ direction, trace }) => hopList(direction, trace)),
    ];
  },
};

function headline(direction: Direction, trace: Trace): Element {
  return h(
    "div",
    { class: `card ${LEVELS[trace.disposition]}` },
    h("p", { class: "label" }, direction === "there" ? "the packet" : "its reply"),
    h(
      "h3",
      {},
      h("span", { class: "address" }, askedOf(trace)),
      " ",
      h("span", { class: "diagnosis" }, answerOf(trace)),
    ),
  );
}

function symmetryText({ symmetry, symmetric, returnReason }: TraceReport): Markup {
  if (returnReason !== null) return h("p", {}, h("strong", {}, "Reply not traced: "), returnReason, ".");
  if (symmetry === null) return null;
  const word = symmetric === null ? "Symmetry not known" : symmetric ? "Symmetric" : "Not symmetric";
  return [
    h(
      "p",
      { class: "symmetry" },
      h("strong", { class: symmetric === true ? "holds" : "warn" }, word),
      `: ${symmetry.text}.`,
    ),
    ...symmetry.notes
      .filter(({ text }) => text !== symmetry.text)
      .map(({ level, text }) => h("ul", { class: "notes" }, h("li", { class: level }, text))),
  ];
}

/** Network Watcher's answers, beside those of the trace. */
function verificationList(report: TraceReport): Markup {
  const texts = verifiedTexts(report);
  if (texts.length === 0) return null;
  return h(
    "ul",
    { class: "notes" },
    ...texts.map(({ text, agrees }) => h("li", { class: agrees === false ? "problem" : "" }, text)),
  );
}

function legend(report: TraceReport): Element {
  const loops = tracesOf(report).some(({ trace }) => trace.ends.some(({ disposition }) => disposition === "loop"));
  return h(
    "p",
    { class: "dim legend" },
    h("span", { class: "key there" }, "the packet"),
    report.return === null ? null : h("span", { class: "key back" }, "its reply"),
    loops ? h("span", { class: "key looping" }, "a loop") : null,
    report.symmetric === false && report.return !== null
      ? h("span", { class: "key one-sided" }, "a stateful hop that sees only one direction")
      : null,
  );
}

function hopList(direction: Direction, { hops, notes, ends }: Trace): Element {
  return h(
    "div",
    { class: "hops" },
    h("h3", {}, direction === "there" ? "Hops of the packet" : "Hops of its reply"),
    noteList(notes),
    h(
      "ol",
      {},
      ...hops.map((hop) =>
        hopItem(
          direction,
          hop,
          ends.filter((end) => end.hop === hop.index).map(({ text }) => text),
          hops.length,
        ),
      ),
    ),
  );
}

const hopId = (direction: Direction, index: number) => `${direction}-${index}`;

const KINDS = {
  nic: "network interface",
  host: "destination",
  "load-balancer": "load balancer",
  firewall: "firewall",
  "managed-appliance": "managed appliance",
  gateway: "gateway",
  hub: "virtual hub",
} as const satisfies Record<Hop["kind"], string>;

function hopItem(direction: Direction, hop: Hop, ends: readonly string[], count: number): Element {
  const { index, name, network, address, disposition, next, explanation, rules, kind, assumptions } = hop;
  const decisive = decisiveRule(hop);
  const others = rules.filter((rule) => rule !== decisive);
  const level = disposition === null ? "" : ` ${LEVELS[disposition]}`;
  const what = [kind === "nic" && hop.applianceId !== null ? "appliance" : KINDS[kind], network ?? ""];
  const goesOn = next.length === 1 && next[0] === index + 1 && index < count;
  return h(
    "li",
    { class: `card${level}`, id: hopId(direction, index) },
    h("p", { class: "label" }, `${index} · ${what.filter((part) => part !== "").join(" · ")}`),
    h(
      "h4",
      {},
      name,
      address === null || address === name ? null : [" ", h("span", { class: "address" }, address)],
      isStateful(hop) ? [" ", h("span", { class: "stateful" }, "stateful")] : null,
    ),
    routeLine(hop),
    ruleLine(decisive, hop.certainty),
    ...ends.filter((text) => text !== decisive.text).map((text) => h("p", { class: "end" }, h("strong", {}, text))),
    next.length === 0 || goesOn
      ? null
      : h(
          "p",
          { class: "goes" },
          next.length === 1 ? "Goes on to hop " : "Branches to hops ",
          next.map(
            (to, at): Markup => [at === 0 ? "" : ", ", h("a", { href: `#${hopId(direction, to)}` }, String(to))],
          ),
        ),
    noteList(hop.notes),
    assumptions.length === 0
      ? null
      : h("ul", { class: "notes" }, ...assumptions.map(({ text }) => h("li", {}, h("strong", {}, "assumed: "), text))),
    others.length === 0
      ? null
      : h(
          "details",
          {},
          h("summary", { class: "dim" }, "Other rules that took part"),
          ...others.map((rule) => ruleLine(rule, rule.status)),
        ),
    explanation === null
      ? null
      : h("details", {}, h("summary", { class: "dim" }, "Why this route wins"), answerCard(explanation)),
  );
}

function routeLine(hop: Hop): Markup {
  const { winner } = hop;
  if (hop.kind === "load-balancer") {
    return hop.loadBalancingRules.length === 0 ? null : h("p", { class: "won" }, hop.loadBalancingRules.join(", "));
  }
  if (winner === null) return null;
  const own =
    "nextHops" in winner
      ? [winner.origin, winner.asPath.length === 0 ? null : `AS ${winner.asPath.join(" ")}`]
      : [winner.source, winner.name];
  const shown = own.filter((part): part is string => part !== null && part !== "" && !part.includes("/"));
  const hops = nextHopsOf(hop).map(lastPart);
  const type = winner.nextHopType ?? "";
  return h(
    "p",
    { class: "won" },
    h("span", { class: "prefix" }, winner.addressPrefix),
    ` ${shown.join(" ")}`,
    type === "" && hops.length === 0 ? null : [" → ", nextHop(type, hops)],
  );
}

/** The last part of a resource id; an address unchanged. */

function ruleLine({ id, text, source }: AppliedTraceRule, certainty: Hop["certainty"]): Element {
  return h(
    "p",
    { class: "rule" },
    text.endsWith(".") ? text : `${text}.`,
    " ",
    h(
      "span",
      { class: "source" },
      "Rule ",
      h("a", { href: source, rel: "noreferrer noopener", target: "_blank" }, id),
      ", ",
      h("span", { class: `certainty ${certainty}` }, certainty),
      ".",
    ),
  );
}

const noteList = (notes: Hop["notes"]): Markup =>
  notes.length === 0
    ? null
    : h("ul", { class: "notes" }, ...notes.map(({ level, text }) => h("li", { class: level }, text)));
