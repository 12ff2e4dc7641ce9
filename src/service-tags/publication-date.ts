/** The date in a file's name of Microsoft's form, `ServiceTags_Public_20231106.json`, as YYYY-MM-DD; null where it has none. */
export function publishedIn(file: string): string | null {
  const found = /ServiceTags_[A-Za-z]+_(\d{4})(\d{2})(\d{2})/.exec(file);
  return found === null ? null : `${found[1]}-${found[2]}-${found[3]}`;
}
