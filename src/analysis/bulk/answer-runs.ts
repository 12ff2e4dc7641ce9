import type { AddressBatch } from "../../net/address-batch.ts";
import type { BriefAnswer, Explanation } from "../../selection/explanation.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { AnswerClasses } from "./answer-classes.ts";
import type { Explainer } from "./explainer.ts";
import type { ForwardingTable } from "./forwarding-table.ts";
import { type Likeness, RecordRun } from "./record-run.ts";

/** Gives the explanations of a batch of addresses as a run. Classes are compiled when they are first asked for. */
export function answerRuns(
  explainer: Explainer,
  forwarding: ForwardingTable,
  tags: TagCatalogue | null,
): (batch: AddressBatch) => RecordRun<Explanation, BriefAnswer> {
  const compiled: { [alike in Likeness]?: AnswerClasses } = {};
  return (batch) =>
    new RecordRun(
      batch,
      (at) => explainer.explain(batch.address(at)),
      (at) => explainer.brief(batch.address(at)),
      (alike) => {
        compiled[alike] ??= new AnswerClasses(forwarding, tags, alike);
        return compiled[alike].of(batch);
      },
    );
}
