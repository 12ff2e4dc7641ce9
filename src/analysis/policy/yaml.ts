import { Composer, type Document, isAlias, Lexer, LineCounter, type Node, Parser, visit } from "yaml";
import { quotedText } from "../../text/quoted-text.ts";
import { PolicyError, type PolicyProblem } from "./policy-error.ts";

/** The document of a policy's text. */
export interface PolicyDocument {
  readonly contents: Node | null;
  /** What each alias (`*name`) stands for. */
  readonly aliases: ReadonlyMap<unknown, Node>;
  /** The line, from 1, of a place in the text. */
  readonly lineAt: (place: number) => number;
}

/** More than any policy has; the composer calls itself for each level of nesting. */
const DEEPEST = 40;

/** After so many the rest is not parsed: what follows them tells nothing. */
const MOST_ERRORS = 20;

const NO_YAML = "the policy is no valid YAML or JSON there";
/** What to do about a colon that YAML takes for that of a key. */
export const COLON =
  "a tag is written tag:Storage, without a blank; quote any other value with a colon before a blank or at its end";

/**
 * Parses YAML 1.2, of which JSON is a part.
 * @throws PolicyError with the syntax errors, the first of each line; also for a second document, for aliases of nothing and for nesting
 * without end.
 */
export function parsePolicyYaml(text: string, file: string): PolicyDocument {
  const lines = new LineCounter();
  const lineAt = (place: number) => Math.max(1, lines.linePos(place).line);
  const problems = new Map<number, PolicyProblem>();
  const refuse = (place: number, message: string, hint: string) => {
    const line = lineAt(place);
    if (!problems.has(line)) problems.set(line, { line, message: quotedText(message, 99), hint });
  };
  // Keys are told apart by our own reader: this one compares each with each.
  const composer = new Composer({ version: "1.2", prettyErrors: false, uniqueKeys: false });
  const [document, second] = composer.compose(tokensOf(text, lines, refuse), true, text.length);
  if (document === undefined) throw new RangeError("a composer that must give a document gave none");
  for (const { pos, message, code } of [...document.errors, ...document.warnings].slice(0, MOST_ERRORS)) {
    refuse(pos[0], message, code === "BLOCK_AS_IMPLICIT_KEY" ? COLON : NO_YAML);
  }
  if (second !== undefined) refuse(second.range[0], "a second document begins here", "a policy is one document");
  const aliases = problems.size > 0 ? new Map<unknown, Node>() : aliasesIn(document, refuse);
  if (problems.size > 0) throw new PolicyError(file, [...problems.values()]);
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
      refuse(parser.offset, "it is nested too deeply", NO_YAML);
      return;
    }
  }
  yield* parser.end();
}

/** One walk for all of them: each means the last anchor of its name before it. */
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
          refuse(node.range?.[0] ?? 0, `*${name} stands for nothing`, `write &${name} before it, or quotes around it`);
        }
      } else if (node.anchor !== undefined) anchored.set(node.anchor, node);
    },
  });
  return aliases;
}
