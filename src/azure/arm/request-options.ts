import type { ArmClient } from "./client.ts";

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly bodyAsText?: string | null;
}

/** What every request of a call is sent with. */
export interface RequestOptions {
  readonly abortSignal?: AbortSignal;
  readonly onResponse?: (answer: RawAnswer) => void;
}

/**
 * The client with these options on every request. The SDK takes such options for a call, but gives none of them to the
 * requests for further pages, and to polls only a signal of its own.
 */
export function withRequestOptions(client: ArmClient, options: RequestOptions): ArmClient {
  const { context } = client;
  const pathUnchecked: typeof context.pathUnchecked = (path, ...rest) => {
    const resource = context.pathUnchecked(path, ...rest);
    return {
      ...resource,
      get: (given) => resource.get({ ...given, ...options }),
      post: (given) => resource.post({ ...given, ...options }),
    };
  };
  return { ...client, context: { ...context, path: pathUnchecked, pathUnchecked } };
}
