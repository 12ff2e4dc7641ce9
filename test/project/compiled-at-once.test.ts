import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
// @ts-expect-error The build is JavaScript.
import { compiledAtOnce } from "../../build/compiled-at-once.js";

/** A function that runs in the file is between marks, which are not in the text: its place is `START-END`. */
function marked(text: string): { readonly plain: string; readonly ran: ReadonlySet<string> } {
  const ran = new Set<string>();
  const open: number[] = [];
  let plain = "";
  for (const character of text) {
    if (character === "«") open.push(plain.length);
    else if (character === "»") ran.add(`${open.pop()}-${plain.length}`);
    else plain += character;
  }
  return { plain, ran };
}

describe("V8 compiles the functions of a start with their file", () => {
  it.each([
    [
      "a declaration moves up, since it may be called before",
      "r=f(1);«function f(a){return a+1}»",
      "var f=(function f(a){return a+1});r=f(1);",
      2,
    ],
    ["an arrow function becomes a function", "r=(«a=>a+1»)(1)", "r=((function(a){return a+1}))(1)", 2],
    ["without parameters", "f=«()=>7»;r=f()", "f=(function(){return 7});r=f()", 7],
    ["with a block", "f=«(a,b)=>{return a-b}»;r=f(3,1)", "f=(function(a,b){return a-b});r=f(3,1)", 2],
    [
      "with default values and the rest",
      "f=«(a,b=2,...c)=>a+b+c.length»;r=f(1)",
      "f=(function(a,b=2,...c){return a+b+c.length});r=f(1)",
      3,
    ],
    ["that returns an object", "f=«a=>({a})»;r=f(1).a", "f=(function(a){return {a}});r=f(1).a", 1],
    ["that returns the last of a list", "f=«a=>(a,5)»;r=f(1)", "f=(function(a){return a,5});r=f(1)", 5],
    [
      "asynchronous",
      "f=«async a=>{await a}»;r=typeof f().then",
      "f=(async function(a){await a});r=typeof f().then",
      "function",
    ],
    [
      "one in another, both ending together",
      "f=«a=>«b=>a+b»»;r=f(1)(2)",
      "f=(function(a){return (function(b){return a+b})});r=f(1)(2)",
      3,
    ],
    [
      "one in the parameters of another",
      "f=«(a,b=«()=>a»)=>b()»;r=f(4)",
      "f=(function(a,b=(function(){return a})){return b()});r=f(4)",
      4,
    ],
    [
      "an arrow function that uses `this` of its surroundings stays one",
      "f=«()=>typeof this»;r=f()",
      "f=(()=>typeof this);r=f()",
      "object",
    ],
    [
      "or their arguments",
      "function g(){return («()=>arguments[0]»)()}r=g(3)",
      "function g(){return ((()=>arguments[0]))()}r=g(3)",
      3,
    ],
    [
      "`this` of a function inside does not count",
      "f=«()=>function(){return this.n}»;r=f().call({n:6})",
      "f=(function(){return function(){return this.n}});r=f().call({n:6})",
      6,
    ],
    ["a generator", "«function*g(){yield 1}»r=g().next().value", "var g=(function*g(){yield 1});r=g().next().value", 1],
    [
      "a declaration in a function stays where it is",
      "function g(){return h();«function h(){return 8}»}r=g()",
      "function g(){return h();function h(){return 8}}r=g()",
      8,
    ],
    ["a template without values becomes a string", 'r=`a"b\n`', 'r="a\\"b\\n"', 'a"b\n'],
    ["in ASCII", "r=`\u2713`", 'r="\\u2713"', "\u2713"],
    ["a template with values stays one", "r=`a\x24{1}`", "r=`a\x24{1}`", "a1"],
    ["so does one with a tag", "r=String.raw`\\n`", "r=String.raw`\\n`", "\\n"],
    ["a function that does not run is only read", "f=a=>a;r=1", "f=a=>a;r=1", 1],
  ])("%s", (_, text, expected, result) => {
    const { plain, ran } = marked(`"use strict";${text}`);
    const written: string = compiledAtOnce(plain, ran);
    expect(written).toBe(`"use strict";${expected}`);
    const resultOf = (code: string) => runInNewContext(`${code};r`, { f: null, r: null });
    expect([resultOf(plain), resultOf(written)]).toEqual([result, result]);
  });

  it("a file that is not strict becomes strict, as its modules are", () => {
    const { plain, ran } = marked("r=f();«function f(){return typeof this}»");
    const written: string = compiledAtOnce(plain, ran);
    expect(written).toBe('"use strict";var f=(function f(){return typeof this});r=f();');
    expect(runInNewContext(written, { r: null })).toBe("undefined");
  });

  it("those of `whichroute --file` and `tags lookup` are in parentheses", () => {
    const program = fileURLToPath(new URL("../../dist/program/", import.meta.url));
    const files = readdirSync(program).filter((name) => /^(lookup|whichroute)-[\w-]+\.cjs$/.test(name));
    const counts = files.map((name) => readFileSync(program + name, "utf8").split("=(function").length - 1);
    expect(counts.filter((count) => count > 100)).toHaveLength(2);
  });
});
