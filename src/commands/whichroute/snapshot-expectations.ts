import type { Member } from "../../analysis/fleet/members.ts";
import type { SnapshotSummary } from "../../analysis/fleet/summary.ts";
import { membersText, namesText } from "../../output/results/snapshot/summary-text.ts";
import type { Explanation } from "../../selection/explanation.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";
import type { Expectations } from "./expectations.ts";

/** The expectations of `--expect`, checked against the answers of each table of a snapshot. */
export class SnapshotExpectations {
  readonly #expectations: Expectations;
  /** The members with each unmet expectation, by its text. */
  readonly #unmet = new Map<string, Member[]>();
  readonly #answering = new Set<Member>();

  constructor(expectations: Expectations) {
    this.#expectations = expectations;
  }

  /** Checks an answer that these members share. */
  hold(explanation: Explanation, members: readonly Member[]): void {
    for (const member of members) this.#answering.add(member);
    for (const text of this.#expectations.unmetBy(explanation)) {
      this.#unmet.set(text, [...(this.#unmet.get(text) ?? []), ...members]);
    }
  }

  /**
   * Prints each unmet expectation on stderr, with the subnets that do not meet it.
   * @throws UserError if there is any, or if something that could have answered did not.
   */
  conclude({ complete, withoutTable, unreadSubscriptions }: SnapshotSummary, { ask }: Pick<Terminal, "ask">): void {
    for (const [text, members] of this.#unmet) ask(`${fromText(members)}: ${text}`);
    const failed = new Set([...this.#unmet.values()].flat());
    if (failed.size > 0) {
      const which = `${failed.size} of ${membersText([...this.#answering])}`;
      const do_ = failed.size === 1 ? "does" : "do";
      throw new UserError(
        "unexpected-answer",
        `${which} ${do_} not answer as expected`,
        "see the lines above",
        "unexpected",
      );
    }
    if (complete) return;
    if (withoutTable.length > 0) ask(`not judged, without a table: ${fromText(withoutTable)}`);
    const unread = unreadSubscriptions.map(({ id, name }) => ({ name: `subscription ${name ?? id}` }));
    if (unread.length > 0) ask(`not judged, because it could not be read: ${namesText(unread)}`);
    throw new UserError(
      "snapshot-incomplete",
      "the snapshot is incomplete, so what is missing is not judged",
      "take the snapshot again; the existing tables are as expected",
      "unexpected",
    );
  }
}

const fromText = (members: readonly Pick<Member, "name" | "subnet">[]) =>
  members.length === 1 ? namesText(members) : `${membersText(members)} (${namesText(members)})`;
