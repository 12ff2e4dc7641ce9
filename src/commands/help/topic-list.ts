/** The help topics and their summaries; `topics.ts` has the texts and is loaded for `help <topic>` alone. */
export const TOPICS: readonly (readonly [topic: string, summary: string])[] = [
  ["sources", "where route tables come from: files, NICs, samples"],
  ["destinations", "what whichroute accepts, and how each is answered"],
  ["precedence", "how Azure chooses a route, in short"],
  ["rules", "every rule by which Azure chooses a route, with sources"],
  ["next-hops", "next hop types: raw, portal and Network Watcher names"],
  ["output", "formats, columns and streams"],
  ["exit-codes", "what each exit code means"],
  ["trace", "how trace finds the path of a packet: rules, branches, --addresses"],
  ["policies", "how to write a policy for check"],
  ["sign-in", "how to reach Azure: sign-in, subscription, cloud"],
  ["data", "what is kept where, and how old it may be"],
  ["environment", "environment variables"],
];

/** The names of the help topics. */
export const TOPIC_NAMES = TOPICS.map(([topic]) => topic);
