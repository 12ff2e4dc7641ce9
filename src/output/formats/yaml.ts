/**
 * Control characters, invisible format characters, line separators, lone surrogates: what a terminal must not get raw, or what
 * YAML cannot hold raw.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const UNSAFE_BUT_BREAK = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

function escaped(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

/**
 * The value as YAML, as `az -o yaml` lays it out: JSON's values in blocks, no anchors, long lines unbroken. Texts that YAML 1.1
 * readers (PyYAML) would take for something else (`no`, `12:30`) are quoted too, so every reader gets the same. The library is
 * loaded on the first call.
 */
export async function yamlText(value: unknown): Promise<string> {
  const { Document, Scalar, visit } = await import("yaml");
  const document = new Document(value, { aliasDuplicateObjects: false, compat: "yaml-1.1" });
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === "string" && UNSAFE.test(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  const text = document.toString({ lineWidth: 0, doubleQuotedAsJSON: true });
  // They are in double quotes now, where YAML has escapes for them.
  return text.replace(UNSAFE_BUT_BREAK, escaped);
}
