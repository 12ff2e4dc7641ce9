import type { ServiceTagFile } from "../../routes/annotation.ts";
import type { RouteTableOrigin } from "../../routes/effective-route.ts";
import { nicName } from "../../routes/nic-name.ts";

function originName({ kind, name }: RouteTableOrigin): string {
  switch (kind) {
    case "sample":
      return `sample ${name}`;
    case "stdin":
      return "standard input";
    case "cache":
      return `${name} (cached from the last fetch)`;
    case "snapshot":
      return `${name} (from a snapshot)`;
    case "file":
    case "azure":
      return name;
    default:
      return kind satisfies never;
  }
}

/** Returns an ISO 8601 time without its fraction of a second. */
export const shownTime = (time: string): string => time.replace(/\.\d+Z$/, "Z");

/** Returns the origin of routes and tags in a few words: the source, its time, the date of the tags. */
export function dataText(origin: RouteTableOrigin, tags: ServiceTagFile | null): string {
  const { kind, name, fetchedAt, standIn } = origin;
  const of = standIn === undefined ? "" : ` (routes of ${nicName(standIn)})`;
  const from = ["azure", "cache", "snapshot"].includes(kind)
    ? `network interface ${nicName(name)}${of}`
    : originName(origin);
  const time = fetchedAt === null ? "" : `, fetched ${shownTime(fetchedAt)}`;
  const tagged = tags === null ? "" : `; service tags ${tags.date === null ? tags.file : `of ${tags.date}`}`;
  return `${from}${time}${tagged}`;
}

const withNote = (text: string, note: string | null) => (note === null ? text : `${text}. ${note}`);

/** Returns a route table's source, time of fetching and note. */
export function routeTableText(origin: RouteTableOrigin): string {
  const fetched = origin.fetchedAt === null ? "" : `, fetched ${origin.fetchedAt}`;
  return withNote(`${originName(origin)}${fetched}`, origin.note);
}

/** Returns a tag file's name, cloud, date and note. */
export function serviceTagFileText(file: ServiceTagFile | null): string {
  if (file === null) return "none given";
  const date = file.date === null ? "" : `, ${file.date}`;
  const number = file.changeNumber === null ? "" : `, change number ${file.changeNumber}`;
  return withNote(`${file.file} (${file.cloud ?? "unknown cloud"}${number}${date})`, file.note);
}

const UNITS = [
  { name: "day", ms: 86_400_000 },
  { name: "hour", ms: 3_600_000 },
  { name: "minute", ms: 60_000 },
] as const;

/** Returns the age of an ISO 8601 time, e.g. `3 hours ago`; `just now` for a time in the future (a clock set back). */
export function ageText(time: string, now: number): string {
  const past = now - Date.parse(time);
  for (const { name, ms } of UNITS) {
    const count = Math.floor(past / ms);
    if (count >= 1) return `${count} ${name}${count === 1 ? "" : "s"} ago`;
  }
  return "just now";
}
