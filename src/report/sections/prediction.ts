import { h } from "../markup.ts";
import type { Section } from "../subject.ts";

/** The rules and the cautions of a prediction. */
export const prediction: Section = {
  id: "prediction",
  title: "What the prediction rests on",
  of({ result }) {
    if (result.kind !== "whatif") return null;
    const { cautions, rules } = result.report;
    return [
      cautions.length === 0
        ? null
        : h("ul", { class: "notes" }, ...cautions.map(({ text }) => h("li", { class: "problem" }, text))),
      h(
        "ul",
        { class: "notes" },
        ...rules.map(({ id, text, status, source }) =>
          h(
            "li",
            {},
            text,
            " ",
            h(
              "span",
              { class: "source" },
              "Rule ",
              h("a", { href: source, rel: "noreferrer noopener", target: "_blank" }, id),
              ", ",
              h("span", { class: `certainty ${status}` }, status),
              ".",
            ),
          ),
        ),
      ),
    ];
  },
};
