import { Composer, type Document, isAlias, Lexer, LineCounter, type Node, Parser, visit } from "yaml";
import { quotedText } from "../../text/quoted-text.ts";
import { type PolicyProblem, policyError } from "./policy.ts";

/** The document of a policy's text. */
export interface PolicyDocument {
  readonly contents: Node | null;
  /** The node that each alias (`*name`) refers to. */
  readonly aliases: ReadonlyMap<unknown, Node>;
  /** Returns the line, from 1, of a place in the text. */
  readonly lineAt: (place: number) => number;
}

/** More levels of nesting than any policy has. The composer recurses once per level. */
const DEEPEST = 40;

/** Parsing ends after this many errors: later ones mostly follow from them. */
const MOST_ERRORS = 20;

const SYNTAX = "a policy is YAML or JSON: check quotes, colons, brackets and indentation there";
/** How to write a value with a colon, which YAML takes for the end of a key. */
export const COLON =
  "a tag is written tag:Storage, without a blank; quote any other value with a colon before a blank or at its end";

/**
 * Parses YAML 1.2, which includes JSON. Anchors and aliases are allowed, YAML tags and merge keys are not.
 * @throws UserError `policy-invalid` with the first error of each line: of syntax, a tag, an alias without anchor, a
 * second document, deep nesting.
 */
export function parsePolicyYaml(text: string, file: string): PolicyDocument {
  const lines = new LineCounter();
  const lineAt = (place: number) => Math.max(1, lines.linePos(place).line);
  const problems = new Map<number, PolicyProblem>();
  const refuse = (place: number, message: string, hint: string) => {
    const line = lineAt(place);
    if (!problems.has(line)) problems.set(line, { line, message: quotedText(message, 99), hint });
  };
  // PolicyNodes finds duplicate keys: the composer would compare each key with every other.
  const composer = new Composer({ version: "1.2", prettyErrors: false, uniqueKeys: false });
  const [document, second] = composer.compose(tokensOf(text, lines, refuse), true, text.length);
  if (document === undefined) throw new RangeError("the composer returned no document");
  for (const { pos, message, code } of [...document.errors, ...document.warnings].slice(0, MOST_ERRORS)) {
    if (code === "TAG_RESOLVE_FAILED") refuse(pos[0], unsupportedTag(text.slice(...pos)), NO_TAGS);
    else refuse(pos[0], message, code === "BLOCK_AS_IMPLICIT_KEY" ? COLON : SYNTAX);
  }
  if (second !== undefined)
    refuse(second.range[0], "a second document starts here", "write one document: remove the --- line");
  const aliases = problems.size > 0 ? new Map<unknown, Node>() : aliasesIn(document, refuse);
  if (problems.size > 0) throw policyError(file, [...problems.values()]);
  return { contents: document.contents, aliases, lineAt };
}

type Refuse = (place: number, message: string, hint: string) => void;

function* tokensOf(text: string, lines: LineCounter, refuse: Refuse) {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  let errors = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      if (token.type === "error") errors++;
      yield token;
    }
    if (errors > MOST_ERRORS) return;
    if (parser.stack.length > DEEPEST) {
      refuse(parser.offset, "nesting is too deep", `write at most ${DEEPEST} levels`);
      return;
    }
  }
  yield* parser.end();
}

const NO_TAGS = "remove it; quote a value that starts with an exclamation mark";
const unsupportedTag = (tag: string) => `the YAML tag ${quotedText(tag, 30)} is not supported`;

/** The tags that change nothing. */
const PLAIN_TAGS = ["str", "map", "seq"].map((name) => `tag:yaml.org,2002:${name}`);

/**
 * Finds the node of every alias in one walk: the last anchor of its name before it. Rejects the tags that YAML knows
 * and a policy does not, such as !!set.
 */
function aliasesIn(document: Document.Parsed, refuse: Refuse): ReadonlyMap<unknown, Node> {
  const anchored = new Map<string, Node>();
  const aliases = new Map<unknown, Node>();
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node)) {
        const target = anchored.get(node.source);
        if (target !== undefined) aliases.set(node, target);
        else {
          const name = quotedText(node.source, 30);
          refuse(node.range?.[0] ?? 0, `*${name} has no anchor`, `write &${name} before it, or quotes around it`);
        }
        return;
      }
      if (node.tag !== undefined && !PLAIN_TAGS.includes(node.tag)) {
        refuse(node.range?.[0] ?? 0, unsupportedTag(node.tag.replace(/^tag:yaml\.org,2002:/, "!!")), NO_TAGS);
      }
      if (node.anchor !== undefined) anchored.set(node.anchor, node);
    },
  });
  return aliases;
}
