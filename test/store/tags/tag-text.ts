/** What varies between the tag files that tests make up. */
export interface TagTextOptions {
  readonly cloud?: string;
  readonly changeNumber?: number | string;
  /** How many prefixes the one tag has. */
  readonly prefixes?: number;
  /** The second part of every address. */
  readonly part?: number;
}

/** The text of a small service tag file with the one tag `Storage`: 10.PART.0.0/24, 10.PART.1.0/24, … */
export function tagText({ cloud = "Public", changeNumber = 1, prefixes = 120, part = 0 }: TagTextOptions = {}): string {
  const addressPrefixes = Array.from({ length: prefixes }, (_, k) => `10.${part}.${k}.0/24`);
  const properties = { changeNumber: 1, region: "", platform: "Azure", systemService: "AzureStorage", addressPrefixes };
  return JSON.stringify({ changeNumber, cloud, values: [{ name: "Storage", id: "Storage", properties }] }, null, 2);
}
