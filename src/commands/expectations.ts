import { type Expectation, needServiceTags } from "../analysis/expectation.ts";
import { mismatches } from "../analysis/expectation-mismatch.ts";
import type { Terminal } from "../output/terminal.ts";
import type { ServiceTagSource } from "../routes/annotation.ts";
import type { Explanation } from "../selection/explanation.ts";
import { ServiceTagsMissingError } from "./service-tags-missing-error.ts";
import { HOW_TO_GET_TAGS } from "./tag-source.ts";
import { UnexpectedAnswer } from "./unexpected-answer.ts";

/** What `--expect` asks of every answer of a run, counted over all of them. */
export class Expectations {
  readonly #expected: readonly Expectation[];
  readonly #terminal: Terminal;
  #answers = 0;
  #failed = 0;

  constructor(expected: readonly Expectation[], terminal: Terminal) {
    this.#expected = expected;
    this.#terminal = terminal;
  }

  /** @throws ServiceTagsMissingError where a tag is expected and there are none to judge by. */
  requireTagsIn(tags: ServiceTagSource | null): void {
    if (tags !== null || !needServiceTags(this.#expected)) return;
    throw new ServiceTagsMissingError("--expect tag=... cannot be judged without service tags", HOW_TO_GET_TAGS);
  }

  /** Tells each expectation that the answer does not meet, one a line on stderr. */
  hold(explanation: Explanation): void {
    this.#answers++;
    const found = mismatches(explanation, this.#expected);
    if (found.length > 0) this.#failed++;
    for (const { text } of found) this.#terminal.ask(text);
  }

  /** @throws UnexpectedAnswer where an answer was not as expected. */
  conclude(): void {
    if (this.#failed === 0) return;
    const which = this.#answers === 1 ? "the answer is" : `${this.#failed} of ${this.#answers} answers are`;
    throw new UnexpectedAnswer("unexpected-answer", `${which} not as expected`, "see the lines above");
  }
}
