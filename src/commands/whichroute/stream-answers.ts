import { answerRuns } from "../../analysis/bulk/answer-runs.ts";
import { Explainer } from "../../analysis/bulk/explainer.ts";
import { ForwardingTable } from "../../analysis/bulk/forwarding-table.ts";
import type { RecordRun } from "../../analysis/bulk/record-run.ts";
import type { DestinationErrorCode } from "../../analysis/destinations/destination.ts";
import { destinationSet } from "../../analysis/destinations/destination-set.ts";
import { type DestinationSplit, splitByDecision } from "../../analysis/destinations/split.ts";
import type { Address } from "../../net/address.ts";
import type { AddressBatch } from "../../net/address-batch.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import { brief } from "../../selection/explain.ts";
import type { BriefAnswer, Explanation } from "../../selection/explanation.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { UserError } from "../../text/user-error.ts";
import { parseSingle } from "./destinations.ts";
import type { Expectations } from "./expectations.ts";

/** Answers the destinations of a stream and checks each against `--expect`. */
export class StreamAnswers {
  readonly #annotated: AnnotatedRouteTable;
  readonly #tags: TagCatalogue | null;
  readonly #expectations: Expectations;
  readonly #forwarding: ForwardingTable;
  readonly #explainer: Explainer;
  readonly #runOf: (batch: AddressBatch) => RecordRun<Explanation, BriefAnswer>;

  constructor(annotated: AnnotatedRouteTable, tags: TagCatalogue | null, expectations: Expectations) {
    this.#annotated = annotated;
    this.#tags = tags;
    this.#expectations = expectations;
    this.#forwarding = new ForwardingTable(annotated.table.routes);
    this.#explainer = new Explainer(annotated, this.#forwarding, tags);
    this.#runOf = answerRuns(this.#explainer, this.#forwarding, tags);
  }

  /** The answer in brief, without the reasons. */
  ofFlow(address: Address): BriefAnswer {
    if (this.#expectations.any) return brief(this.ofAddress(address));
    return this.#explainer.brief(address);
  }

  ofAddress(address: Address): Explanation {
    const explanation = this.#explainer.explain(address);
    this.#expectations.hold(explanation);
    return explanation;
  }

  ofBatch(batch: AddressBatch): RecordRun<Explanation, BriefAnswer> {
    const run = this.#runOf(batch);
    this.#expectations.holdAll(run);
    return run;
  }

  /** @throws UserError */
  ofText(text: string): Explanation | DestinationSplit {
    const each = parseSingle(text);
    if (each.kind === "address") return this.ofAddress(each.address);
    if (this.#expectations.any) throw unjudged(each.destination.text);
    return splitByDecision(destinationSet(each.destination, this.#tags), this.#annotated, this.#forwarding);
  }
}

/** The error for a prefix or tag in a stream with --expect. Skipping it silently would look like a passed check. */
export function unjudged(
  text: string,
  hint = "vnet-explain check judges every address of a prefix or a tag",
): UserError<DestinationErrorCode> {
  return new UserError("destination-not-address", `--expect works only with single addresses, not '${text}'`, hint);
}
