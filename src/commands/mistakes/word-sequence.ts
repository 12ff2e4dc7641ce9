import { meantBy } from "../../analysis/destinations/meant/meant.ts";
import { lengthOfNetmask } from "../../net/netmask.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";

/**
 * Rejects destinations that are valid one by one but mean something else together: an address and its netmask, the two
 * ends of a range, `-` beside other destinations. `noTable`: no route table is given.
 * @throws UserError
 */
export function refuseSequence(destinations: readonly string[], noTable: boolean): void {
  destinations.forEach((word, at) => {
    const pair = destinations.slice(at - 1, at + 1);
    const length = at === 0 ? null : lengthOfNetmask(word);
    if (length !== null && length >= SHORTEST_MASK && length < 32) refuseMeant(pair, pair.join("/"));
    if (word === "-" && at > 0) {
      const around = destinations.slice(at - 1, at + 2);
      refuseMeant(around, around.join(""));
    }
  });
  if (!noTable || !destinations.includes("-")) return;
  throw new UserError(
    "destination-options",
    "--ip - cannot be combined with other destinations",
    "give all on stdin, or write -f - for a route table on stdin",
    "usage",
    { correction: { words: ["-"], instead: ["-f", "-"], lead: "for a route table on stdin" } },
  );
}

/** A shorter netmask does not begin with 255. It is rather an address: 0.0.0.0. */
const SHORTEST_MASK = 8;

function refuseMeant(words: readonly string[], together: string): void {
  const meant = meantBy(together);
  if (meant === null || meant.kind !== "destinations") return;
  const message = `'${quotedText(words.join(" "))}' ${meant.problem}`;
  throw new UserError("destination-options", message, `write ${meant.words.join(" ")}`, "usage", {
    correction: { words, instead: meant.words },
  });
}

/**
 * Rejects route tables without a destination. Of two files, the first may be a list of destinations, judging by its
 * name.
 * @throws UserError
 */
export function refuseSourcesAlone(sources: readonly string[]): void {
  const [first = "", second] = sources;
  if (second === undefined) {
    const hint = "give an address, such as 10.1.2.3, a prefix, tag:NAME, internet or - for stdin";
    throw new UserError("destination-options", "no destination given", hint, "usage", {
      correction: { words: [first], instead: ["10.1.2.3", first], lead: "give an address too, for example" },
    });
  }
  const list = [first, second].find((word) => /\.(txt|csv|tsv|list|log)$/i.test(word));
  if (list === undefined) return;
  const message = `two route tables given:\n${quotedText(first, 200)} and ${quotedText(second, 200)}`;
  throw new UserError("two-sources", message, `write @${list} for the destinations in a file`, "usage", {
    correction: { words: [list], instead: [`@${list}`], lead: "for the destinations in a file" },
  });
}
