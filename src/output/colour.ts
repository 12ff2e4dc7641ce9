import { Chalk, type ChalkInstance } from "chalk";

/** What `--color` may say. */
export type ColourMode = "auto" | "always" | "never";

/** What the choice between colour and none depends on. */
export interface ColourQuestion {
  readonly mode: ColourMode;
  readonly isTTY: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Whether to colour: `--color` first, then FORCE_COLOR (0 and false: no), then NO_COLOR (https://no-color.org), else on a
 * terminal that is not dumb. Chalk's own detection is not asked: it ignores NO_COLOR and colours pipes in Azure Pipelines.
 */
function wantsColour({ mode, isTTY, env }: ColourQuestion): boolean {
  if (mode !== "auto") return mode === "always";
  const force = env.FORCE_COLOR;
  if (force !== undefined) return force !== "0" && force !== "false";
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== "") return false;
  return isTTY && env.TERM !== "dumb";
}

/** Chalk for one stream. The sixteen colours that every theme defines are enough, so there are two levels. */
export function chalkFor(question: ColourQuestion): ChalkInstance {
  return new Chalk({ level: wantsColour(question) ? 1 : 0 });
}
