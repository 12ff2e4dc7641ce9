import type { AddressBatch } from "../../net/address-batch.ts";
import type { BriefAnswer, Explanation } from "../../selection/explanation.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { AnswerClasses } from "./answer-classes.ts";
import type { Explainer } from "./explainer.ts";
import type { ForwardingTable } from "./forwarding-table.ts";
import { type Detail, RecordRun } from "./record-run.ts";

/**
 * Returns a function that explains a batch of addresses as a RecordRun. The answer classes are compiled on first use.
 */
export function answerRuns(
  explainer: Explainer,
  forwarding: ForwardingTable,
  tags: TagCatalogue | null,
): (batch: AddressBatch) => RecordRun<Explanation, BriefAnswer> {
  const compiled: { [detail in Detail]?: AnswerClasses } = {};
  return (batch) =>
    new RecordRun(
      batch,
      (at) => explainer.explain(batch.address(at)),
      (at) => explainer.brief(batch.address(at)),
      (detail) => {
        compiled[detail] ??= new AnswerClasses(forwarding, tags, detail);
        return compiled[detail].of(batch);
      },
    );
}
