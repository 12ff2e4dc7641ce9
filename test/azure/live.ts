import type { Pace } from "../../src/azure/arm/pace.ts";
import type { AzureOptions } from "../../src/azure/azure-options.ts";
import type { NicOptions } from "../../src/azure/nic/nic-options.ts";
import type { NicTarget } from "../../src/azure/nic/nic-target.ts";
import { AzureSession } from "../../src/azure/session.ts";
import type { LoopbackArm } from "./loopback-arm.ts";

/** Does not look like a token: only code that has learnt it can hide it. */
export const TOKEN = "correct-horse-battery-staple-42";
export const SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";

/** Virtual time that passes only while a task waits, and the waits. */
export interface FakePace extends Pace {
  readonly waits: number[];
  readonly progressed: string[];
}

export function fakePace(): FakePace {
  let now = Date.parse("2026-11-23T00:00:00Z");
  const waits: number[] = [];
  const progressed: string[] = [];
  return {
    waits,
    progressed,
    now: () => now,
    delay: async (ms, signal) => {
      signal?.throwIfAborted();
      waits.push(Math.round(ms));
      now += ms;
    },
    progress: (text) => progressed.push(text),
  };
}

/** A session of which most tests read one NIC. */
export class LiveSession extends AzureSession {
  readonly #nic: NicOptions;

  constructor(nic: NicOptions, options: AzureOptions) {
    super(options);
    this.#nic = nic;
  }

  override findNic(nic: NicOptions = this.#nic): Promise<NicTarget> {
    return super.findNic(nic);
  }
}

/** A session with the loopback server and a token; every wait of it takes no time. `target`: the NIC to find. */
export function liveSession(
  arm: Pick<LoopbackArm, "url">,
  { target, ...more }: Partial<AzureOptions> & { readonly target?: NicOptions | null } = {},
): LiveSession {
  return new LiveSession(target ?? { nic: "vm-app197", resourceGroup: "rg-demo" }, {
    cloud: "public",
    armEndpoint: arm.url,
    auth: null,
    subscription: SUBSCRIPTION,
    timeoutMs: 60_000,
    environment: { AZURE_ACCESS_TOKEN: TOKEN, AZURE_CONFIG_DIR: "/dev/null/none" },
    pace: fakePace(),
    identityEndpointAnswers: async () => false,
    ...more,
  });
}

/** Returns the error that a promise rejects with; fails if it resolves. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("it did not fail");
}
