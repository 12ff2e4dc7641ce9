import type { DestinationAnswers, FoldedAnswer } from "../../../analysis/fleet/answers.ts";
import { foldedAnswerText } from "../../../output/results/snapshot/answer-text.ts";
import { membersText } from "../../../output/results/snapshot/summary-text.ts";
import { answerCard } from "../../card.ts";
import { h, type Markup } from "../../markup.ts";
import { splitCard } from "../../split-card.ts";
import type { Section } from "../../subject.ts";
import { memberList } from "./member-list.ts";

/** The answers of all subnets for the destinations on the command line. */
export const snapshotAnswers: Section = {
  id: "answers",
  title: "Which subnets send it where?",
  of({ result }) {
    if (result.kind !== "snapshot-whichroute" || result.report.destinations.length === 0) return null;
    return result.report.destinations.flatMap(destination);
  },
};

function destination({ destination: asked, hostName, answers }: DestinationAnswers): Markup[] {
  return [
    h(
      "h3",
      {},
      h("span", { class: "address" }, asked),
      hostName === null ? null : h("span", { class: "dim" }, ` (${hostName})`),
    ),
    ...answers.map(folded),
  ];
}

function folded(each: FoldedAnswer): Markup {
  const { members, answer, level } = each;
  return h(
    "details",
    { class: `route answer ${level}` },
    h(
      "summary",
      {},
      h("strong", {}, membersText(members)),
      " → ",
      h("span", { class: `diagnosis ${level}` }, foldedAnswerText(each)),
    ),
    h("p", {}, memberList(members)),
    "outcomes" in answer ? splitCard(answer) : answerCard(answer),
  );
}
