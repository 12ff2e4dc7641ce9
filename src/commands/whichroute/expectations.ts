import type { RecordRun } from "../../analysis/bulk/record-run.ts";
import { tagHint } from "../../analysis/destinations/destination-set.ts";
import {
  type Expectation,
  isExpectationError,
  parseExpectation,
  parseRouterExpectation,
} from "../../analysis/expectation/expectation.ts";
import { mismatches, routerMismatches } from "../../analysis/expectation/mismatch.ts";
import { unknownNextHopHint } from "../../analysis/expectation/unknown-next-hop.ts";
import type { GatewayTable } from "../../routes/gateways/gateway-table.ts";
import type { Explanation } from "../../selection/explanation.ts";
import type { GatewayExplanation } from "../../selection/gateways/explain-gateway.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { Cloud } from "../../store/tags/clouds.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";
import { tagsMissingError } from "../shared/tag-source.ts";

/**
 * Rejects a text that is an expectation neither about a NIC nor about a router. The table, which is read later, decides
 * which of the two it must be.
 * @throws UserError
 */
export function checkExpectations(texts: readonly string[]): void {
  for (const text of texts) {
    try {
      parseExpectation(text);
    } catch (error) {
      if (!isExpectationError(error) || !isOfRouters(text)) throw error;
    }
  }
}

function isOfRouters(text: string): boolean {
  try {
    parseRouterExpectation(text);
    return true;
  } catch (error) {
    if (isExpectationError(error)) return false;
    throw error;
  }
}

/** Counts answers, and the unexpected ones among them. */
class Tally {
  readonly #terminal: Terminal;
  #answers = 0;
  #failed = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Counts an answer and prints each unmet expectation on stderr, one per line; returns whether all are met. */
  add(unmet: readonly { readonly text: string }[]): boolean {
    this.#answers++;
    if (unmet.length > 0) this.#failed++;
    for (const { text } of unmet) this.#terminal.ask(text);
    return unmet.length === 0;
  }

  /** Counts an answer that equals an expected one. */
  addFine(): void {
    this.#answers++;
  }

  /** @throws UserError if any answer was not as expected. */
  conclude(): void {
    if (this.#failed === 0) return;
    const which = this.#answers === 1 ? "the answer is" : `${this.#failed} of ${this.#answers} answers are`;
    throw new UserError("unexpected-answer", `${which} not as expected`, "see the lines above", "unexpected");
  }
}

/** The expectations of `--expect` about the table of a router, checked against every answer of a run. */
export class RouterExpectations {
  readonly #expected: readonly Expectation[];
  readonly #tally: Tally;

  /** @throws UserError for a text that is not an expectation about a router. */
  constructor(texts: readonly string[], terminal: Terminal) {
    this.#expected = texts.map(parseRouterExpectation);
    this.#tally = new Tally(terminal);
  }

  /** Prints each unmet expectation on stderr, one per line. */
  hold(explanation: GatewayExplanation, { instances }: Pick<GatewayTable, "instances">): void {
    this.#tally.add(routerMismatches(explanation, this.#expected, instances));
  }

  /** @throws UserError if any answer was not as expected. */
  conclude(): void {
    this.#tally.conclude();
  }
}

/** The expectations of `--expect`, checked against every answer of a run. */
export class Expectations {
  readonly #expected: readonly Expectation[];
  readonly #tally: Tally;
  /** For each class of equal answers in a run: whether it is as expected. */
  readonly #fine: boolean[] = [];

  /** @throws UserError for a text that is not an expectation. */
  constructor(texts: readonly string[], terminal: Terminal) {
    this.#expected = texts.map(parseExpectation);
    this.#tally = new Tally(terminal);
  }

  /** Whether there is any expectation. */
  get any(): boolean {
    return this.#expected.length > 0;
  }

  /**
   * Ensures that every expected tag exists. A misspelt tag would never match, so `tag!=` would always hold.
   * @throws UserError for an expected tag that the tags do not have, or if there are no tags.
   */
  requireTagsIn(tags: TagCatalogue | null, cloud?: Cloud | null): void {
    const named = this.#expected.filter(({ key }) => key === "tag").flatMap(({ values }) => values);
    for (const name of named) {
      if (tags === null) {
        throw tagsMissingError("--expect tag=... needs service tags", cloud ?? undefined);
      }
      if (tags.knows(name)) continue;
      const message = `--expect tag=...: unknown service tag '${quotedText(name)}'`;
      throw new UserError("unknown-tag", message, tagHint(name, tags));
    }
  }

  /**
   * Ensures that every expected next hop type is known or one of the tables' own.
   * @throws UserError
   */
  requireNextHopsIn(types: ReadonlySet<string>): void {
    for (const { key, values } of this.#expected) {
      if (key !== "next-hop") continue;
      for (const value of values) {
        const hint = unknownNextHopHint(value, types);
        if (hint === null) continue;
        throw new UserError("expectation-value", `unknown next hop type '${quotedText(value)}'`, hint);
      }
    }
  }

  /** Returns a line for each unmet expectation, without counting it. */
  unmetBy(explanation: Explanation): readonly string[] {
    return mismatches(explanation, this.#expected).map(({ text }) => text);
  }

  /** Prints each unmet expectation on stderr, one per line; returns whether all are met. */
  hold(explanation: Explanation): boolean {
    return this.#tally.add(mismatches(explanation, this.#expected));
  }

  /** The same for every answer of a run. Answers of one class are equal, so one of them decides for all. */
  holdAll({ addresses, record, classes }: RecordRun<Explanation, unknown>): void {
    if (!this.any) return;
    const numbers = classes("record");
    for (let at = 0; at < addresses.count; at++) {
      const number = numbers[at] ?? 0;
      if (this.#fine[number] === true) this.#tally.addFine();
      else this.#fine[number] = this.hold(record(at));
    }
  }

  /** @throws UserError if any answer was not as expected. */
  conclude(): void {
    this.#tally.conclude();
  }
}
