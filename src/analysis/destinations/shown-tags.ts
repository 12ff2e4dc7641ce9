import { parseAddress } from "../../net/address.ts";
import type { Explanation } from "../../selection/explanation.ts";
import { scopeOf } from "../../selection/notes/note-subject.ts";
import { same } from "../../text/same.ts";
import type { DestinationSplit } from "./split.ts";

type Winner = { readonly nextHopType: string } | null;

const isEndpoint = (winner: Winner) => winner !== null && same(winner.nextHopType, "VirtualNetworkServiceEndpoint");

/** Whether a service tag can hold the address: no tag has private addresses. */
export const canHaveTag = (address: string): boolean => scopeOf(parseAddress(address)) !== "private";

/** Whether service tags, if there were any, could show in one of the answers. */
export function showsTags(answers: readonly (Explanation | DestinationSplit)[]): boolean {
  return answers.some((answer) => {
    if ("outcomes" in answer) {
      return answer.outcomes.some(({ winner, example }) => isEndpoint(winner) || canHaveTag(example));
    }
    return answer.verdict !== "platform" && (isEndpoint(answer.winner) || canHaveTag(answer.destination));
  });
}
