/** How a text can be set off. */
export type Colour = "bold" | "cyan" | "dim" | "green" | "red" | "yellow";

/** What puts each colour around a text, for one stream. */
export type Colours = Readonly<Record<Colour, (text: string) => string>>;

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

const same = (text: string) => text;

/** For what never has colour. */
export const NO_COLOURS: Colours = { bold: same, cyan: same, dim: same, green: same, red: same, yellow: same };

/**
 * The colours of one stream. Chalk is loaded where there are any: pipes do without. The sixteen colours that every theme defines are enough, so
 * its level is one.
 */
export async function coloursFor(question: ColourQuestion): Promise<Colours> {
  if (!wantsColour(question)) return NO_COLOURS;
  const { Chalk } = await import("chalk");
  return new Chalk({ level: 1 });
}
