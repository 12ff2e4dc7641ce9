import { describe, expect, it } from "vitest";
import { run } from "../../commands/run-in-process.ts";

const SAMPLE = ["--sample", "udr-and-endpoint"];
const TAGS = ["--sample", "udr-and-endpoint"];

async function lines(args: readonly string[], stdin = ""): Promise<readonly string[]> {
  const { out } = await run([...args, "-o", "short", "-q"], { stdin });
  expect(out).toMatch(/\n$/);
  return out.trimEnd().split("\n");
}

const ANSWERS = [
  "8.8.8.8  DROPPED: to-nva (0.0.0.0/0) points to appliance 10.10.10.10, which is unreachable",
  "191.239.203.0  service endpoint Microsoft.Storage (Storage.WestEurope); bypasses an appliance",
  "2001:db8::1  NOT SENT: no row is IPv6, so the subnet has no IPv6 (inferred)",
];
const ASKED = ANSWERS.map((line) => line.split("  ")[0] ?? "");

describe("-o short prints one line for each", () => {
  it("destination, with its answer", async () => {
    expect(await lines(["whichroute", "--ip", ...ASKED, ...SAMPLE])).toEqual(ANSWERS);
  });

  it("destination of a stream, in the same words, with errors in order", async () => {
    const found = await lines(["whichroute", "--ip", "-", ...SAMPLE], `${ASKED.join("\n")}\n010.1.1.1\n10.0.0.0/15\n`);
    expect(found.slice(0, 3)).toEqual(ANSWERS);
    expect(found[3]).toMatch(/^010\.1\.1\.1 {2}refused: /);
    expect(found[4]).toBe("10.0.0.0/15  65,536 IPv4 to VnetLocal, 65,536 IPv4 by to-nva: DROPPED");
  });

  it("row of the route table", async () => {
    expect(await lines(["routes", ...SAMPLE])).toEqual([
      "0.0.0.0/0  Internet  Default  Invalid",
      "0.0.0.0/0  None 10.10.10.10  User to-nva",
      "10.0.0.0/16  VnetLocal  Default",
      "191.235.255.192/26  VirtualNetworkServiceEndpoint  Default  Storage.NorthEurope",
      "191.239.203.0/28  VirtualNetworkServiceEndpoint  Default  Storage.WestEurope",
    ]);
  });

  it("move", async () => {
    expect((await lines(["diff", "sample:udr", "sample:udr-and-endpoint"]))[1]).toBe(
      "16 IPv4  DROPPED by to-nva -> service endpoint (Storage.WestEurope)  191.239.203.0/28; service tags Storage.WestEurope, Storage and 2 more",
    );
  });

  it("result of a policy", async () => {
    const policy = `rules: [{id: web, to: internet, expect: {verdict: forward}}, {id: own, to: 10.0.0.0/16, expect: {next-hop: VnetLocal}}]`;
    const [web, own] = await lines(["check", "-", ...TAGS], policy);
    expect(web).toMatch(/^violated {2}error {2}web {2}sample:udr-and-endpoint {2}[\d,]+ of [\d,]+ IPv4 addresses$/);
    expect(own).toBe("holds  error  own  sample:udr-and-endpoint  65,536 IPv4 addresses");
  });
});
