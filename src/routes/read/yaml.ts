import type { Document } from "yaml";
import { UserError } from "../../text/user-error.ts";
import { bestForm, FIT, type Form } from "./form.ts";
import { jsonDocument } from "./json/document.ts";
import { JSON_FORMS } from "./json/forms.ts";
import { HOW_TO_EXPORT, type RouteFileErrorCode } from "./route-file-error.ts";

/** The most characters of YAML: parsing takes some hundred times their memory. */
const MOST_CHARACTERS = 2_000_000;

/** Routes are three levels deep. The parser calls itself for each level. */
const DEEPEST = 40;

/** A row has some ten fields. The parser compares each key of a map with each. */
const MOST_KEYS = 100;

/** The fields of a route as the keys of YAML, in every spelling of JSON. */
const KEY =
  /^[- ]{0,20}(addressPrefix|AddressPrefix|address_prefix|nextHopType|NextHopType|next_hop_type|sourcePeer|peeringState):/;

/** How az's document begins, and how its lines go on: prompts and fences around a paste do neither. */
const FIRST = /^ {0,20}((nextLink|value):|- ?[A-Za-z_]\w*:|-\s*$)/;
const INSIDE = /^ *(-( |$)|[A-Za-z_]\w*:( |$))/;

/** The output of `az network nic show-effective-route-table -o yaml`: the same document as its JSON. */
export const yaml: Form<string> = {
  name: "yaml",
  recognises: (text) => {
    const keys = new Set<string>();
    for (const line of text.split("\n")) {
      const key = KEY.exec(line)?.[1];
      if (key !== undefined) keys.add(key.toLowerCase().replaceAll("_", ""));
      if (["addressprefix", "nexthoptype"].every((each) => keys.has(each))) return FIT.full;
    }
    return keys.size > 0 ? FIT.partial : FIT.none;
  },
  tables: async (text) => {
    const values = await yamlValues(text, FIRST);
    // Several documents become one list, whose tables have their own names.
    const value = jsonDocument(values.length === 1 ? values[0] : { documents: values });
    return bestForm(JSON_FORMS, value).tables(value);
  },
};

/**
 * The documents in a text of YAML with prompts or fences around it. `first` fits the line that it begins with.
 * @throws UserError, as `documentsOf`.
 */
export async function yamlValues(text: string, first: RegExp): Promise<readonly unknown[]> {
  const lines = text.split("\n");
  const from = Math.max(
    0,
    lines.findIndex((line) => first.test(line)),
  );
  const indent = /^ */.exec(lines[from] ?? "")?.[0] ?? "";
  const until = lines.findLastIndex((line) => line.startsWith(indent) && INSIDE.test(line)) + 1;
  const own = lines.slice(from, until).map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
  return (await documentsOf(own.join("\n"))).map((document) => document.toJS({ maxAliasCount: 0 }));
}

/**
 * @throws UserError for YAML that is broken, has a key twice, a key that is not text, or is larger or deeper than any
 * table.
 */
async function documentsOf(text: string): Promise<readonly Document.Parsed[]> {
  if (text.length > MOST_CHARACTERS) {
    throw new UserError<RouteFileErrorCode>(
      "table-too-large",
      "the YAML is larger than 2 million characters",
      `JSON may be larger; ${HOW_TO_EXPORT}`,
    );
  }
  const { Composer, isScalar, Lexer, Parser, visit } = await import("yaml");
  const parser = new Parser();
  function* tokens() {
    for (const lexeme of new Lexer().lex(text)) {
      for (const token of parser.next(lexeme)) {
        if (token.type === "error") throw broken();
        yield token;
      }
      if (parser.stack.length > DEEPEST) throw broken();
    }
    yield* parser.end();
  }
  const composer = new Composer({ version: "1.2", prettyErrors: false, uniqueKeys: false });
  const documents = [...composer.compose(tokens(), true, text.length)];
  if (documents.some(({ errors }) => errors.length > 0)) throw broken();
  for (const document of documents)
    visit(document, {
      Alias: () => {
        throw broken();
      },
      Map: (_, { items }) => {
        const keys = new Set(items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : [])));
        if (keys.size < items.length || items.length > MOST_KEYS) throw broken();
      },
    });
  return documents as Document.Parsed[];
}

function broken(): UserError<RouteFileErrorCode> {
  return new UserError(
    "text-unrecognised",
    "it is not one valid YAML document of routes",
    `remove the text before and after it; ${HOW_TO_EXPORT}`,
  );
}
