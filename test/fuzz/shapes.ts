/** The same rows in every shape in which they are exported. */

type Row = Readonly<Record<string, unknown>>;

const pascal = (name: string) => name.slice(0, 1).toUpperCase() + name.slice(1);

/** The output of `Get-AzEffectiveRouteTable | ConvertTo-Json`. */
export function powershellText(rows: readonly Row[]): string {
  const objects = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, value]) => [pascal(key), value])),
  );
  return JSON.stringify(objects.length === 1 ? objects[0] : objects, null, 4).replaceAll("\n", "\r\n");
}

/** The same from Windows PowerShell 5: lists are wrapped, or flattened to text at the depth limit of ConvertTo-Json. */
export function oldPowershellText(rows: readonly Row[]): string {
  const objects = rows.map((row, at) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => {
        if (!Array.isArray(value)) return [pascal(key), value];
        return [pascal(key), at % 2 === 0 ? { value, Count: value.length } : value.join(" ")];
      }),
    ),
  );
  return JSON.stringify(objects);
}

const PORTAL_WORDS: Readonly<Record<string, string>> = {
  VnetLocal: "Virtual network",
  VNetPeering: "Virtual network peering",
  VirtualNetworkServiceEndpoint: "VirtualNetworkServiceEndpoint",
};

/** The portal's download. */
export function portalText(rows: readonly Row[], delimiter = ","): string {
  const cell = (value: unknown) => {
    const text = Array.isArray(value) ? value.join(", ") : String(value ?? "-");
    const shown = PORTAL_WORDS[text] ?? (text === "" ? "-" : text);
    return /["\r\n]/.test(shown) || shown.includes(delimiter) ? `"${shown.replaceAll('"', '""')}"` : shown;
  };
  const heading = [
    "Source",
    "State",
    "Address Prefixes",
    "Next Hop Type",
    "Next Hop IP Address",
    "User Defined Route Name",
  ];
  const lines = rows.map((row) =>
    [row.source, row.state, row.addressPrefix, row.nextHopType, row.nextHopIpAddress, row.name].map(cell),
  );
  return [heading, ...lines].map((cells) => `${cells.join(delimiter)}\r\n`).join("");
}
