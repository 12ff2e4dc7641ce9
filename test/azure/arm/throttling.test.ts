import { describe, expect, test, vi } from "vitest";
import { Gate } from "../../../src/azure/arm/gate.ts";
import { OpenCalls } from "../../../src/azure/arm/open-calls.ts";
import type { PipelinePolicy } from "../../../src/azure/arm/pipeline-policies.ts";
import { pollPacePolicy } from "../../../src/azure/arm/polling.ts";
import { retryPolicy } from "../../../src/azure/arm/retries.ts";
import { mapBounded } from "../../../src/azure/map-bounded.ts";
import { TokenBucket } from "../token-bucket.ts";
import { VirtualPace } from "../virtual-pace.ts";

type Request = Parameters<PipelinePolicy["sendRequest"]>[0];
type Response = Awaited<ReturnType<PipelinePolicy["sendRequest"]>>;

/** What the policies read of an answer. */
function answer(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  const kept = new Map(Object.entries(headers));
  return { status, headers: kept, bodyAsText: "" } as unknown as Response;
}

/** An Azure of buckets, whose operations take some time, behind the policies of one client. */
class Simulation {
  readonly pace = new VirtualPace();
  readonly calls = new OpenCalls();
  readonly sent: { readonly at: number; readonly status: number }[] = [];
  readonly #gate = new Gate(this.pace);
  readonly #poll = pollPacePolicy(this.pace, this.calls);
  readonly #retry = retryPolicy(this.pace, this.#gate, this.calls);

  readonly #answer: (method: string, call: number, now: number) => Response;

  constructor(answers: (method: string, call: number, now: number) => Response) {
    this.#answer = answers;
  }

  /** One long-running call: the request, and polls until its answer. `withinMs`: its time limit. */
  async call(number: number, withinMs = 600_000): Promise<number> {
    const { signal } = new AbortController();
    this.calls.open(signal, this.pace.now() + withinMs);
    try {
      for (let method = "POST"; ; method = "GET") {
        const { status } = await this.#send(method, number, signal);
        if (status !== 202) return status;
      }
    } finally {
      this.calls.close(signal);
    }
  }

  #send(method: string, number: number, abortSignal: AbortSignal): Promise<Response> {
    const request = { method, url: "https://management.azure.com/x", abortSignal } as unknown as Request;
    return this.#poll.sendRequest(request, (polled) =>
      this.#retry.sendRequest(polled, async () => {
        const reply = this.#answer(method, number, this.pace.now());
        this.sent.push({ at: this.pace.now(), status: reply.status });
        return reply;
      }),
    );
  }
}

const LOCATION = { location: "https://management.azure.com/operationResults/1" };

/**
 * Operations of ten seconds.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling
 */
function azure(writes: TokenBucket, reads: TokenBucket) {
  const ends = new Map<number, number>();
  return (method: string, call: number, now: number): Response => {
    const wait = (method === "POST" ? writes : reads).take(now);
    if (wait > 0) return answer(429, { "retry-after": String(wait) });
    if (method === "POST") ends.set(call, now + 10_000);
    return now >= (ends.get(call) ?? 0) ? answer(200) : answer(202, LOCATION);
  };
}

const throttled = ({ sent }: Simulation) => sent.filter(({ status }) => status === 429).length;

describe("many operations at once", () => {
  test("a thousand NICs, 64 at once: within three minutes, never throttled, four requests each", async () => {
    const simulation = new Simulation(azure(new TokenBucket(200, 10), new TokenBucket(250, 25)));
    const numbers = Array.from({ length: 1000 }, (_, number) => number);
    const work = mapBounded(numbers, 64, (number) => simulation.call(number));
    expect(new Set(await simulation.pace.during(work))).toEqual(new Set([200]));
    expect(throttled(simulation)).toBe(0);
    expect(simulation.pace.now()).toBeLessThanOrEqual(180_000);
    expect(simulation.sent.length).toBeLessThanOrEqual(4000);
  });

  test("with little left of the allowance, all are answered, and few requests are refused", async () => {
    const simulation = new Simulation(azure(new TokenBucket(200, 10, 20), new TokenBucket(250, 25, 20)));
    const numbers = Array.from({ length: 300 }, (_, number) => number);
    const work = mapBounded(numbers, 64, (number) => simulation.call(number));
    expect(new Set(await simulation.pace.during(work))).toEqual(new Set([200]));
    expect(throttled(simulation)).toBeLessThanOrEqual(50);
  });
});

describe("one gate for the calls of a subscription", () => {
  const once429 = (wait: string) => {
    let refused = false;
    return (_method: string, _call: number, _now: number) => {
      if (refused) return answer(200);
      refused = true;
      return answer(429, { "retry-after": wait });
    };
  };

  test("after a 429 nothing is sent until Retry-After, and then one request after the other", async () => {
    const simulation = new Simulation(once429("17"));
    const first = simulation.call(0);
    const others = simulation.pace
      .delay(1000)
      .then(() => Promise.all([1, 2, 3].map((number) => simulation.call(number))));
    await simulation.pace.during(Promise.all([first, others]));
    expect(simulation.sent.map(({ at }) => at)).toEqual([0, 17_000, 17_050, 17_100, 17_150]);
  });

  test("a call that cannot wait so long ends at once, without a request", async () => {
    const simulation = new Simulation(once429("17"));
    const first = simulation.call(0);
    const late = simulation.pace.delay(1000).then(() => simulation.call(1, 5000));
    const both = Promise.allSettled([first, late]);
    const [answered, refused] = await simulation.pace.during(both);
    expect(answered).toMatchObject({ value: 200 });
    expect(refused).toMatchObject({ reason: { name: "Throttled", retryAfter: 16_050 } });
    expect(simulation.sent.map(({ at }) => at)).toEqual([0, 17_000]);
  });

  test("each call has a deadline of its own: a short one beside a long one gives up alone", async () => {
    const simulation = new Simulation(() => answer(503, { "retry-after": "10" }));
    const ended: Record<string, number> = {};
    const call = async (name: string, withinMs: number) => {
      await simulation.call(0, withinMs);
      ended[name] = simulation.pace.now();
    };
    await simulation.pace.during(Promise.all([call("long", 600_000), call("short", 25_000)]));
    expect(ended).toEqual({ long: 40_000, short: 20_000 });
  });
});

describe("a request is sent five times, after 1, 2, 4 and 8 seconds, where its failure may be temporary", () => {
  const cut = (code: string) => Object.assign(new Error("it failed"), { code });
  /** When the request was sent, in seconds, where it fails so each time. Waits neither grow nor shrink by chance. */
  const attempts = async (...of: Parameters<typeof repeated>) => (await repeated(...of)).sent;
  const repeated = async (failure: Response | Error, withinMs?: number, by = 0.5) => {
    const chance = vi.spyOn(Math, "random").mockReturnValue(by);
    const sent: number[] = [];
    const simulation = new Simulation((_method, _call, now) => {
      sent.push(now / 1000);
      if (failure instanceof Error) throw failure;
      return failure;
    });
    const call = simulation.call(0, withinMs).catch((thrown) => thrown);
    const outcome = await simulation.pace.during(call).finally(() => chance.mockRestore());
    expect(outcome).toBe(failure instanceof Error ? failure : failure.status);
    return { sent, simulation };
  };

  const AGAIN = [0, 1, 3, 7, 15];
  const ONCE = [0];
  test.each<[failure: number | string, sent: readonly number[]]>([
    [408, AGAIN],
    [429, AGAIN],
    [500, AGAIN],
    [502, AGAIN],
    [503, AGAIN],
    [504, AGAIN],
    [501, ONCE],
    [505, ONCE],
    [400, ONCE],
    [404, ONCE],
    [409, ONCE],
    ["ANSWER_CUT", AGAIN],
    ["ECONNRESET", AGAIN],
    ["ETIMEDOUT", AGAIN],
    ["EPIPE", AGAIN],
    ["EAI_AGAIN", AGAIN],
    ["ECONNABORTED", AGAIN],
    ["ENOTFOUND", ONCE],
    ["ECONNREFUSED", ONCE],
  ])("%s is sent at %j", async (failure, sent) => {
    expect(await attempts(typeof failure === "number" ? answer(failure) : cut(failure))).toEqual(sent);
  });

  test.each<[headers: Readonly<Record<string, string>>, sent: readonly number[]]>([
    [{ "retry-after": "3" }, [0, 3, 6, 9, 12]],
    [{ "retry-after": "0" }, AGAIN],
    [{ "retry-after": "soon" }, AGAIN],
    [{ "retry-after": "" }, AGAIN],
    [{ "retry-after": "1.5" }, [0, 1.5, 3, 4.5, 6]],
    [{ "x-ms-retry-after-ms": "250", "retry-after": "9" }, [0, 0.25, 0.5, 0.75, 1]],
    [{ "retry-after-ms": "2000" }, [0, 2, 4, 6, 8]],
  ])("Azure may ask for another wait: %j", async (headers, sent) => {
    expect(await attempts(answer(503, headers))).toEqual(sent);
  });

  test.each<[failure: number | string, progress: readonly string[]]>([
    [408, ["Azure answered 408, next attempt in 1 s", "Azure answered 408, next attempt in 2 s"]],
    [503, ["Azure answered 503, next attempt in 1 s", "Azure answered 503, next attempt in 2 s"]],
    [429, ["Azure throttles requests, next attempt in 1 s", "Azure throttles requests, next attempt in 2 s"]],
    ["EPIPE", ["the connection was cut, next attempt in 1 s", "the connection was cut, next attempt in 2 s"]],
  ])("%s is reported while it waits", async (failure, progress) => {
    const { simulation } = await repeated(typeof failure === "number" ? answer(failure) : cut(failure), 3500);
    expect(simulation.pace.progressed).toEqual(progress);
  });

  test.each([
    [0, [0, 0.8, 2.4, 5.6, 12]],
    [1, [0, 1.2, 3.6, 8.4, 18]],
  ])("give or take a fifth: by chance %i", async (by, sent) => {
    const rounded = (await attempts(answer(500), undefined, by)).map((seconds) => Number(seconds.toFixed(3)));
    expect(rounded).toEqual(sent);
  });

  test("an error without a code is sent once", async () => {
    expect(await attempts(new Error("a bug"))).toEqual(ONCE);
  });

  test.each([
    [6999, [0, 1, 3]],
    [7000, [0, 1, 3, 7]],
  ])("not where the wait would outlast the deadline of %i ms", async (withinMs, sent) => {
    expect(await attempts(answer(500), withinMs)).toEqual(sent);
  });
});

describe("a temporary refusal", () => {
  for (const [rule, status, code] of [
    ["409", 409, "AnotherOperationInProgress"],
    ["429", 429, "RetryableErrorDueToAnotherOperation"],
  ] as const) {
    test(`${rule} for another operation with Retry-After: 0 is repeated until the deadline, with pauses`, async () => {
      const busy = () => {
        const reply = answer(status, { "retry-after": "0" });
        return { ...reply, bodyAsText: `{"error":{"code":"${code}","message":"wait"}}` };
      };
      const simulation = new Simulation(busy);
      expect(await simulation.pace.during(simulation.call(0, 60_000))).toBe(status);
      expect(simulation.pace.now()).toBeGreaterThan(45_000);
      expect(simulation.sent.length).toBeLessThanOrEqual(12);
    });
  }
});

describe("Azure says by a code that another operation keeps the resource", () => {
  const BUSY = '{"error":{"code":"RetryableError"}}';
  const IN_PROGRESS = '{"error":{"message":"Another operation on this or dependent resource is in progress. Wait"}}';
  test.each<[status: number, body: string, repeated: boolean]>([
    [400, BUSY, true],
    [400, '{"error":{"code" : "retryableerror"}}', true],
    [400, '{"error":{"code":"Odd","details":[{"code":"AnotherOperationInProgress"}]}}', true],
    [400, '{"error":{"code":"CanceledAndSupersededDueToAnotherOperation"}}', true],
    [400, '{"error":{"code":"RetryableErrors"}}', false],
    [400, '{"error":{"code":"NonRetryableError"}}', false],
    [400, '{"error":{"message":"RetryableError"}}', false],
    [400, '{"error":{"decode":"x"}}', false],
    [400, `${" ".repeat(10_000 - BUSY.length)}${BUSY}`, true],
    [400, `${" ".repeat(10_000)}${BUSY}`, false],
    [399, BUSY, false],
    [409, IN_PROGRESS, true],
    [409, IN_PROGRESS.toLowerCase(), true],
    [409, IN_PROGRESS.replace("Another operation on", "It says: another operation on"), false],
    [409, IN_PROGRESS.replace("progress.", "progressive"), false],
    [400, IN_PROGRESS, false],
  ])("HTTP %i %s: %s", async (status, bodyAsText, repeated) => {
    const simulation = new Simulation(() => ({ ...answer(status), bodyAsText }));
    expect(await simulation.pace.during(simulation.call(0, 60_000))).toBe(status);
    expect(simulation.sent.length > 5).toBe(repeated);
    expect(new Set(simulation.pace.progressed.map((text) => text.replace(/\d+ s$/, "")))).toEqual(
      new Set(repeated ? ["another operation is running, next attempt in "] : []),
    );
  });

  test("an answer without a body is not that", async () => {
    const simulation = new Simulation(() => ({ ...answer(400), bodyAsText: null }));
    expect(await simulation.pace.during(simulation.call(0))).toBe(400);
    expect(simulation.sent).toHaveLength(1);
  });
});

test("a request of no call, without a signal, ends with what it failed of", async () => {
  const { pace, calls } = new Simulation(() => answer(200));
  const failure = new Error("odd");
  const request = { method: "GET", url: "https://management.azure.com/x" } as unknown as Request;
  const sent = retryPolicy(pace, new Gate(pace), calls).sendRequest(request, () => Promise.reject(failure));
  await expect(pace.during(sent)).rejects.toBe(failure);
});

test("a busy resource (429) delays no other call", async () => {
  let busy = 3;
  const simulation = new Simulation((_method, call) => {
    if (call > 0 || busy-- <= 0) return answer(200);
    return { ...answer(429), bodyAsText: '{"error":{"code":"RetryableError","message":"wait"}}' };
  });
  const other = simulation.pace.delay(100).then(() => simulation.call(1));
  const ends: number[] = [];
  other.then(() => ends.push(simulation.pace.now()));
  await simulation.pace.during(Promise.all([simulation.call(0), other]));
  expect(ends).toEqual([100]);
});

describe("whether an operation still runs", () => {
  const STATE = { "azure-asyncoperation": "https://management.azure.com/operations/1" };
  /** How long the call waits before its second request; null where it makes none. */
  const waited = async (first: Response, second: Response) => {
    const replies = [first, second, answer(200)];
    const simulation = new Simulation(() => replies.shift() ?? answer(200));
    const policy = pollPacePolicy(simulation.pace, simulation.calls);
    const { signal } = new AbortController();
    simulation.calls.open(signal, 600_000);
    const send = (method: string) =>
      policy.sendRequest(
        { method, url: "https://management.azure.com/x", abortSignal: signal } as unknown as Request,
        async () => replies.shift() ?? answer(200),
      );
    await simulation.pace.during(send("POST"));
    await simulation.pace.during(send("GET"));
    const before = simulation.pace.now();
    await simulation.pace.during(send("GET"));
    return simulation.pace.now() - before;
  };
  const said = (body: string, status = 200, headers = {}) => ({ ...answer(status, headers), bodyAsText: body });

  test.each<[rule: string, second: Response, waits: number]>([
    ["a state", said('{"status":"Running"}'), 500],
    ["a success", said('{"status":"Succeeded"}'), 0],
    ["a failure", said('{"status":"FAILED"}'), 0],
    ["the end of it, in American", said('{"status":"Canceled"}'), 0],
    ["the end of it, in English", said('{"status":"Cancelled"}'), 0],
    ["no state", said("{}"), 0],
    ["a state that is no text", said('{"status":7}'), 0],
    ["no JSON", said("<html>"), 0],
    ["no body", said(""), 0],
    ["202", said("", 202), 500],
    ["a redirect", said('{"status":"Running"}', 300), 0],
  ])("an operation that is asked for its state: %s", async (_, second, waits) => {
    expect(await waited(answer(202, STATE), second)).toBe(waits);
  });

  test("an operation has no result until it ends, whatever the body of a poll says", async () => {
    expect(await waited(answer(202, LOCATION), said('{"status":"Running"}', 200, STATE))).toBe(0);
  });

  test("a first answer of 200 with the address of a state is that of a running operation", async () => {
    expect(await waited(answer(200, STATE), said('{"status":"Running"}'))).toBe(500);
    expect(await waited(answer(200), said("", 202, LOCATION))).toBe(0);
  });

  test("progress says that Azure computes", async () => {
    let left = 2;
    const simulation = new Simulation(() => (left-- > 0 ? answer(202, LOCATION) : answer(200)));
    await simulation.pace.during(simulation.call(0));
    expect(simulation.pace.progressed).toEqual(Array(2).fill("Azure is computing the answer"));
  });

  test("the address of the result is taken from an answer that is the result, since the SDK would ask for it", async () => {
    const simulation = new Simulation(() => answer(200));
    const policy = pollPacePolicy(simulation.pace, simulation.calls);
    const sent = async (status: number) => {
      const request = { method: "POST", url: "https://management.azure.com/x" } as unknown as Request;
      const { headers } = await policy.sendRequest(request, async () => answer(status, LOCATION));
      return headers.get("location");
    };
    expect([await sent(200), await sent(202), await sent(400)]).toEqual([
      undefined,
      LOCATION.location,
      LOCATION.location,
    ]);
  });
});

describe("the schedule of polls", () => {
  const polls = async (headers: Readonly<Record<string, string>>) => {
    let left = 9;
    const simulation = new Simulation(() => (left-- > 0 ? answer(202, { ...LOCATION, ...headers }) : answer(200)));
    await simulation.pace.during(simulation.call(0));
    return simulation.sent.map(({ at }) => at / 1000);
  };

  test("without Retry-After", async () => {
    expect(await polls({})).toEqual([0, 0, 0.5, 1.5, 2.5, 3.5, 5.5, 7.5, 9.5, 11.5]);
  });

  test.each([
    [16, 833],
    [17, 10_000],
  ])("where %i run at once, each is asked about after %i ms at first", async (count, first) => {
    const simulation = new Simulation((_, __, now) => (now < 11_000 ? answer(202, LOCATION) : answer(200)));
    const numbers = Array.from({ length: count }, (_, number) => number);
    await simulation.pace.during(mapBounded(numbers, count, (number) => simulation.call(number)));
    expect(Math.floor(simulation.sent[count]?.at ?? 0)).toBe(first);
  });

  test("an Azure that asks for less than the schedule is polled as the schedule says", async () => {
    expect(await polls({ "retry-after-ms": "1" })).toEqual([
      0, 0.001, 0.501, 1.501, 2.501, 3.501, 5.501, 7.501, 9.501, 11.501,
    ]);
  });
});
