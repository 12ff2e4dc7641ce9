/** The text without any of the characters at its start and its end. */
export function stripped(text: string, characters: ReadonlySet<string>): string {
  const all = [...text];
  const first = all.findIndex((each) => !characters.has(each));
  const last = all.findLastIndex((each) => !characters.has(each));
  return all.slice(Math.max(first, 0), last + 1).join("");
}
