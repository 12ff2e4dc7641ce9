import { expect, test } from "vitest";
import { conclude } from "../../../src/analysis/trace/conclusion.ts";
import type { Hop, TraceEnd } from "../../../src/analysis/trace/trace.ts";

const end = (hop: number, disposition: TraceEnd["disposition"], text: string = disposition): TraceEnd => ({
  hop,
  disposition,
  text,
});

test.each<[string, readonly TraceEnd[], string, string]>([
  ["no end", [], "unknown", ""],
  ["one end", [end(1, "dropped")], "dropped", "dropped"],
  ["ends that are alike", [end(1, "dropped", "a"), end(2, "dropped", "b")], "dropped", "a; b"],
  ["ends with one text", [end(1, "dropped", "a"), end(2, "dropped", "a")], "dropped", "a"],
  [
    "failures first, what is not known last",
    (["unknown", "delivered", "leaves-azure", "refused", "no-route", "dropped", "loop"] as const).map((each, at) =>
      end(at, each),
    ),
    "depends",
    "loop; dropped; no-route; refused; leaves-azure; delivered; unknown",
  ],
  ["a possible loop, which says all of its hop", [end(1, "unknown"), end(1, "loop")], "depends", "loop"],
  ["a possible loop of another hop", [end(2, "unknown"), end(1, "loop")], "depends", "loop; unknown"],
  ["a possible loop where another end is known", [end(1, "delivered"), end(1, "loop")], "depends", "loop; delivered"],
])("of %s the answer is the disposition of all, and each text once", (_, ends, disposition, text) => {
  expect(conclude([], ends)).toEqual({ disposition, certainty: "documented", text });
});

test("the certainty is that of the least sure hop", () => {
  const hops = ["observed", "assumed", "documented"].map((certainty) => ({ certainty }) as Hop);
  expect(conclude(hops, [end(1, "delivered")]).certainty).toBe("assumed");
});
