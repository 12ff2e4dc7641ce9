import type { ServiceTagFile } from "../../routes/annotation.ts";
import type { RouteTableOrigin } from "../../routes/effective-route.ts";

function originName({ kind, name }: RouteTableOrigin): string {
  switch (kind) {
    case "sample":
      return `sample ${name}`;
    case "stdin":
      return "standard input";
    case "cache":
      return `${name} (kept from the last fetch)`;
    case "file":
    case "azure":
      return name;
    default:
      return kind satisfies never;
  }
}

const withNote = (text: string, note: string | null) => (note === null ? text : `${text}. ${note}`);

/** Whose route table it is, of when, and what its reader must know. */
export function routeTableText(origin: RouteTableOrigin): string {
  const fetched = origin.fetchedAt === null ? "" : `, fetched ${origin.fetchedAt}`;
  return withNote(`${originName(origin)}${fetched}`, origin.note);
}

/** Which service tags they are, of when, and what their reader must know. */
export function serviceTagFileText(file: ServiceTagFile | null): string {
  if (file === null) return "none given";
  const date = file.date === null ? "" : `, ${file.date}`;
  const number = file.changeNumber === null ? "" : `, change number ${file.changeNumber}`;
  return withNote(`${file.file} (${file.cloud ?? "cloud not told"}${number}${date})`, file.note);
}

const UNITS = [
  { name: "day", ms: 86_400_000 },
  { name: "hour", ms: 3_600_000 },
  { name: "minute", ms: 60_000 },
] as const;

/** Returns how long ago an ISO 8601 time was, as `3 hours ago`. A time in the future, after a clock was set back, is `just now`. */
export function ageText(time: string, now: number): string {
  const past = now - Date.parse(time);
  for (const { name, ms } of UNITS) {
    const count = Math.floor(past / ms);
    if (count >= 1) return `${count} ${name}${count === 1 ? "" : "s"} ago`;
  }
  return "just now";
}
