import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { SUBSCRIPTION, TOKEN } from "../azure/live.ts";
import { type LoopbackArm, startLoopbackArm } from "../azure/loopback-arm.ts";
import { type Ended, runBuilt, scratchDirectory } from "../built-program.ts";

/** The built program, signed in to a loopback Azure Resource Manager; both and the cache are new for each test. */
export interface LiveProgram {
  readonly arm: LoopbackArm;
  /** Holds the cache, and goes away with the test. */
  readonly directory: string;
  run(...args: string[]): Promise<Ended>;
}

/** Called once at the top of a file of tests. */
export function liveProgram(): LiveProgram {
  let arm: LoopbackArm;
  let scratch: ReturnType<typeof scratchDirectory>;

  beforeEach(async () => {
    arm = await startLoopbackArm({ token: TOKEN });
    scratch = scratchDirectory();
  });
  afterEach(async () => {
    await arm.close();
    scratch.remove();
  });
  return {
    get arm() {
      return arm;
    },
    get directory() {
      return scratch.path;
    },
    run: (...args) =>
      runBuilt([...args, "--arm-endpoint", arm.url], {
        env: {
          AZURE_ACCESS_TOKEN: TOKEN,
          AZURE_SUBSCRIPTION_ID: SUBSCRIPTION,
          AZURE_CONFIG_DIR: scratch.path,
          VNET_EXPLAIN_CACHE: join(scratch.path, "cache"),
        },
      }),
  };
}
