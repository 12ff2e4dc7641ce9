import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { constants, Script } from "node:vm";
import type { KeptCode } from "./code-file.ts";

/** A compiled form that was kept. */
interface StoredCode extends KeptCode {
  /** Whether it is time to add the functions that this run takes. */
  readonly due: boolean;
}

/** Where the compiled forms of the program's files are kept. */
export interface CodeStore {
  /** The compiled form of a file, by its name, good until the next one is asked for; null where there is none that can be believed. */
  get(name: string): StoredCode | null;
  put(name: string, kept: KeptCode): void;
}

/** Files whose names hold a hash of their content: a compiled form under such a name is of this very content. */
const HASHED = /-[\w-]{8}\.cjs$/;

/** What the text of a file is: a function of what Node gives to a CommonJS file (rolldown.config.js). */
type Wrapped = (exports: unknown, require: NodeJS.Require, module: object, path: string, directory: string) => void;

/**
 * Loads the program's CommonJS files from their compiled forms: reading and compiling takes a third of a start of the program otherwise. What Node
 * offers for it from 22.1 on (`module.enableCompileCache`) takes four milliseconds more of a start.
 */
export class ProgramFiles {
  readonly #store: CodeStore;
  readonly #loaded = new Map<string, { exports: unknown }>();
  readonly #fresh = new Map<string, { readonly script: Script; readonly runs: number }>();

  constructor(store: CodeStore) {
    this.#store = store;
  }

  /** What the file at the path exports. */
  load(path: string): unknown {
    const known = this.#loaded.get(path);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    this.#loaded.set(path, module);
    const run = this.#compiled(path).runInThisContext() as Wrapped;
    run.call(module.exports, module.exports, this.#requireFor(path), module, path, dirname(path));
    return module.exports;
  }

  /** Keeps the compiled forms that were missing or due, with all functions that have run by now. */
  keep(): void {
    for (const [name, { script, runs }] of this.#fresh) {
      this.#store.put(name, { code: script.createCachedData(), runs: runs + 1 });
    }
    this.#fresh.clear();
  }

  #compiled(path: string): Script {
    const name = path.slice(dirname(path).length + 1);
    const kept = HASHED.test(name) ? this.#store.get(name) : null;
    const script = new Script(readFileSync(path, "utf8"), {
      filename: path,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      ...(kept === null ? {} : { cachedData: kept.code }),
    });
    const unusable = kept === null || script.cachedDataRejected === true;
    if (HASHED.test(name) && (unusable || kept.due)) this.#fresh.set(name, { script, runs: unusable ? 0 : kept.runs });
    return script;
  }

  /** `require` for one file: the program's own files are loaded here, Node's modules by Node. */
  #requireFor(path: string): NodeJS.Require {
    let node: NodeJS.Require | null = null;
    const own = (request: string): unknown => {
      if (request.startsWith(".")) return this.load(join(dirname(path), request));
      node ??= createRequire(path);
      return node(request);
    };
    return own as NodeJS.Require;
  }
}
