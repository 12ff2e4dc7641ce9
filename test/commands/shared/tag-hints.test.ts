import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../../store/temporary-directory.ts";
import { run } from "../run-in-process.ts";

describe("without service tags, the hint updates those of the cloud that was asked about", () => {
  const env = { VNET_EXPLAIN_CACHE: temporaryDirectory() };
  const file = {
    stdin: JSON.stringify([row("10.0.0.0/8", "VnetLocal"), row("20.0.0.0/8", "VirtualNetworkServiceEndpoint")]),
  };

  it.each([
    ["tags status"],
    ["tags lookup 20.38.108.7"],
    ["tags list"],
    ["tags show Storage"],
    ["tags diff previous current"],
    ["routes -"],
    ["routes - --tag Storage"],
    ["whichroute 20.0.0.1 -f -"],
    ["whichroute 20.0.0.1 -f - --expect tag=Storage"],
    ["whatif - --add-endpoint Microsoft.Storage"],
  ])("%s", async (line) => {
    const answer = async (...cloud: readonly string[]) =>
      (await run([...line.split(" "), ...cloud], { env, columns: 400, ...file })).err;
    expect(await answer("--cloud", "usgov")).toMatch(/vnet-explain tags update --cloud usgov\b/);
    expect(await answer()).toMatch(/vnet-explain tags update(?! --cloud)/);
  });
});

function row(prefix: string, nextHopType: string) {
  return { source: "Default", state: "Active", addressPrefix: [prefix], nextHopType, nextHopIpAddress: [] };
}
