import { same } from "../../text/same.ts";
import { isRecord, ownField, textField } from "../../text/type-guards.ts";
import { GRAPH_API_VERSION } from "../arm/api-version.ts";
import type { AzureCalls } from "../arm/calls.ts";
import type { ArmClient } from "../arm/client.ts";
import type { Pace } from "../arm/pace.ts";
import { inAzuresWords } from "../arm/pages.ts";
import { RESOURCE_GRAPH } from "../arm/reads.ts";
import { type AzureError, azureError, isAzureError } from "../failure/azure-error.ts";

/** The most that Resource Graph takes. */
const MOST_ROWS_A_PAGE = 1000;

const MOST_PAGES = 5000;

/** How often a query runs whose answer changes between pages. */
const MOST_ATTEMPTS = 3;

const NOT_SERVED: readonly string[] = [
  "not-allowed",
  "not-found",
  "provider-not-registered",
  "api-version",
  "azure-refused",
];

/** Whether an error says that Resource Graph does not serve this sign-in or this Azure, so that only lists can. */
export function needsLists(error: unknown): boolean {
  return isAzureError(error) && NOT_SERVED.includes(error.code);
}

/** Where a query looks. */
export type GraphScope =
  | { readonly subscriptions: readonly string[] }
  | { readonly managementGroups: readonly string[] };

interface Page {
  readonly rows: readonly unknown[];
  readonly total: number;
  readonly skipToken: string | null;
  readonly truncated: boolean;
  readonly quota: Quota;
}

interface Quota {
  /** How many queries more Resource Graph takes now; null where it does not say. */
  readonly remaining: number | null;
  /** Milliseconds until it takes more. */
  readonly resetsAfter: number;
}

/**
 * Queries of Azure Resource Graph, all pages of them, no faster than the user's quota allows.
 * https://learn.microsoft.com/azure/governance/resource-graph/concepts/paging-results
 * https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests
 */
export class ResourceGraph {
  readonly #pace: Pace;
  /** When the quota has room again, in milliseconds since 1970. */
  #opens = 0;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /**
   * Returns what `keep` makes of each row, without nulls. The query must project `id` and order by it. `onPage` gets
   * the number of rows so far, and of all rows. One request for 1,000 rows, or for fewer where rows are large.
   * @throws AzureError, among them `answer-incomplete` for an answer that is truncated, or that lacks rows.
   */
  async rows<T>(
    calls: AzureCalls,
    query: string,
    scope: GraphScope,
    keep: (row: unknown) => T | null,
    onPage: (rows: number, total: number) => void = () => {},
  ): Promise<readonly T[]> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#pages(calls, { query, ...scope }, keep, onPage);
      if (answer.complete) return answer.found;
      if (attempt >= MOST_ATTEMPTS) throw incomplete(`holds ${answer.rows} of ${answer.total} resources`);
    }
  }

  async #pages<T>(
    calls: AzureCalls,
    query: object,
    keep: (row: unknown) => T | null,
    onPage: (rows: number, total: number) => void,
  ) {
    const found: T[] = [];
    const ids = new Set<string>();
    const tokens = new Set<string>();
    let rows = 0;
    let most = MOST_ROWS_A_PAGE;
    let first: number | null = null;
    let token: string | null = null;
    for (;;) {
      await this.#room();
      const page = await this.#page(calls, query, token, most);
      if (page === "too-large") {
        if (most === 1) throw tooLarge();
        most = Math.ceil(most / 4);
        continue;
      }
      this.#heed(page.quota);
      first ??= page.total;
      rows += page.rows.length;
      for (const row of page.rows) {
        const id = textField(row, "id");
        if (id !== null) ids.add(id);
        const item = keep(row);
        if (item !== null) found.push(item);
      }
      onPage(rows, page.total);
      token = page.skipToken;
      if (token === null) {
        if (page.truncated) throw incomplete("is truncated");
        const complete = first === page.total && rows === page.total && ids.size === rows;
        return { found, complete, rows: ids.size, total: page.total };
      }
      if (tokens.has(token) || tokens.add(token).size > MOST_PAGES) throw incomplete("has no end");
    }
  }

  async #page(calls: AzureCalls, query: object, token: string | null, most: number): Promise<Page | "too-large"> {
    const options = { resultFormat: "objectArray", $top: most, ...(token === null ? {} : { $skipToken: token }) };
    try {
      return await calls.run(RESOURCE_GRAPH, (client) => post(client, { ...query, options }));
    } catch (error) {
      if (isAzureError(error) && error.code === "answer-too-large") return "too-large";
      throw error;
    }
  }

  /** Waits until the quota has room. */
  async #room(): Promise<void> {
    const wait = this.#opens - this.#pace.now();
    if (wait > 0) await this.#pace.delay(wait, undefined);
  }

  #heed({ remaining, resetsAfter }: Quota): void {
    if (remaining !== null && remaining < 1) this.#opens = this.#pace.now() + resetsAfter;
  }
}

async function post({ context, operations }: ArmClient, body: object): Promise<Page | "too-large"> {
  const path = `/providers/Microsoft.ResourceGraph/resources?api-version=${GRAPH_API_VERSION}`;
  const response = await context.pathUnchecked(path).post({ body });
  if (response.status === "400" && isTooLarge(response.body)) return "too-large";
  // Rejects other answers as the SDK does.
  const checked = operations.listPages<unknown>(
    context,
    async () => response,
    async (answer) => answer.body,
    ["200"],
    { itemName: "data" },
  );
  const first = await checked
    .byPage()
    [Symbol.asyncIterator]()
    .next()
    .catch((thrown: unknown) => {
      throw inAzuresWords(thrown, response.body);
    });
  const rows = first.done === true ? [] : first.value;
  const answer: unknown = response.body;
  const total = ownField(answer, "totalRecords");
  if (typeof total !== "number") throw unreadable();
  return {
    rows,
    total,
    skipToken: textField(answer, "$skipToken") || null,
    truncated: ["true", true].includes(ownField(answer, "resultTruncated") as string | boolean),
    quota: quotaOf(response.headers),
  };
}

/** Resource Graph's limit of 16 MB for an answer. It says so in the details of the error. */
function isTooLarge(body: unknown): boolean {
  const error = ownField(body, "error");
  const details = ownField(error, "details");
  const codes = [error, ...(Array.isArray(details) ? details : [])].map((each) => textField(each, "code"));
  return codes.some((code) => same(code ?? "", "ResponsePayloadTooLarge"));
}

function quotaOf(headers: unknown): Quota {
  const header = (name: string) => (isRecord(headers) ? textField(headers, name) : null);
  const remaining = header("x-ms-user-quota-remaining");
  const [, hours, minutes, seconds] = /^(\d+):(\d+):(\d+)/.exec(header("x-ms-user-quota-resets-after") ?? "") ?? [];
  const after = hours === undefined ? 5 : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return {
    remaining: remaining !== null && /^\d+$/.test(remaining) ? Number(remaining) : null,
    resetsAfter: 1000 * Math.min(after, 60),
  };
}

function incomplete(how: string): AzureError {
  return azureError(
    "answer-incomplete",
    `Resource Graph's answer ${how}`,
    "run again, because resources may have changed; or narrow the scope, e.g. with --subscription",
  );
}

function tooLarge(): AzureError {
  return azureError(
    "answer-too-large",
    "one resource is larger than Resource Graph can answer",
    "narrow the scope, e.g. with --subscription, to find and leave it out",
  );
}

function unreadable(): AzureError {
  return azureError(
    "answer-unreadable",
    "Resource Graph's answer has an unexpected form",
    "a proxy or --arm-endpoint may have answered instead; --debug shows more",
  );
}
