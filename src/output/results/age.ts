const UNITS = [
  { name: "day", ms: 86_400_000 },
  { name: "hour", ms: 3_600_000 },
  { name: "minute", ms: 60_000 },
] as const;

/** How long ago an ISO 8601 time was, in words: `3 hours ago`. A time that lies ahead, by a clock that went back, is `just now`. */
export function ageText(time: string, now: number): string {
  const past = now - Date.parse(time);
  for (const { name, ms } of UNITS) {
    const count = Math.floor(past / ms);
    if (count >= 1) return `${count} ${name}${count === 1 ? "" : "s"} ago`;
  }
  return "just now";
}
