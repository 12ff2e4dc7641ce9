/**
 * Whether a name of a rule means a subnet or a NIC: its whole name, the name of its network alone, or either with `*`
 * for any characters. Ignores case. Cost: linear in the two, for each `*`.
 */
export function matchesName(wanted: string, name: string): boolean {
  const [network = name] = name.split("/");
  const pattern = wanted.trim().toLowerCase();
  return matches(pattern, name.toLowerCase()) || (!pattern.includes("/") && matches(pattern, network.toLowerCase()));
}

/** Each part between stars is found after the one before it, as early as possible; the last ends the text. */
function matches(pattern: string, text: string): boolean {
  const parts = pattern.split("*");
  const first = parts.shift() ?? "";
  const last = parts.pop();
  if (last === undefined) return first === text;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}
