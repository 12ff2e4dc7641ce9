import { expect, test } from "vitest";
import { flowAnswer } from "../../../src/analysis/flow-log/answer.ts";
import { flowTuples, isRefusedTuple } from "../../../src/analysis/flow-log/read-flow-log.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import { sampleRouteTable } from "../../../src/routes/samples.ts";
import { brief, explain } from "../../../src/selection/explain.ts";
import { sampleTags } from "../../../src/service-tags/sample-tags.ts";
import { all, bytesOf } from "../lines/bytes.ts";

const tags = sampleTags();
const annotated = annotateTable(sampleRouteTable("udr-and-endpoint"), tags);

async function answerOf(tuple: string) {
  const record = {
    flowLogVersion: 4,
    macAddress: "6045BD7431F1",
    flowRecords: { flows: [{ flowGroups: [{ rule: "R", flowTuples: [tuple] }] }] },
  };
  const [tuples] = await all(flowTuples(bytesOf(JSON.stringify({ records: [record] }))));
  const [read] = tuples ?? [];
  if (read === undefined || isRefusedTuple(read)) throw new Error("the tuple was not read");
  return flowAnswer(read, brief(explain(annotated, read.address, tags)));
}

test.each([
  [
    "an outbound flow to storage takes the service endpoint route",
    "1700000000123,10.0.0.4,191.239.203.0,50000,443,6,O,E,NX,7,1158,12,8143",
    {
      lookedUp: "destination",
      destination: "191.239.203.0",
      verdict: "forward",
      rule: "longest-prefix",
      addressPrefix: "191.239.203.0/28",
      nextHopType: "VirtualNetworkServiceEndpoint",
      nextHopIpAddress: [],
      serviceTag: "Storage.WestEurope",
      name: null,
      bytesToSource: 8143,
      record: 1,
    },
  ],
  [
    "the replies of an inbound flow go to its source, where a user route drops them",
    "1700000000123,192.0.2.7,10.0.0.4,50000,443,6,I,B,NX,0,0,0,0",
    {
      lookedUp: "source",
      destination: "192.0.2.7",
      verdict: "drop",
      addressPrefix: "0.0.0.0/0",
      name: "to-nva",
      nextHopType: "None",
      nextHopIpAddress: ["10.10.10.10"],
      serviceTag: null,
    },
  ],
  [
    "a platform address has no route",
    "1700000000123,10.0.0.4,168.63.129.16,50000,53,17,O,B,NX,0,0,0,0",
    { destination: "168.63.129.16", verdict: "platform", addressPrefix: null, nextHopType: null, nextHopIpAddress: [] },
  ],
])("%s", async (_, tuple, expected) => {
  const answer = await answerOf(tuple);
  expect(answer).toMatchObject(expected);
  expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
});
