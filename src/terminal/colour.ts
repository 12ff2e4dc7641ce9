/** The colours and styles of a text. */
export type Colour = "bold" | "cyan" | "dim" | "green" | "red" | "yellow";

/** The functions that colour a text, for one stream. */
export type Colours = Readonly<Record<Colour, (text: string) => string>>;

/** The values of `--color`. */
export type ColourMode = "auto" | "always" | "never";

/** The inputs of the choice between colour and none. */
export interface ColourQuestion {
  readonly mode: ColourMode;
  readonly isTTY: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Whether to colour: `--color` first, then FORCE_COLOR (0 and false: no), then NO_COLOR (https://no-color.org), else on
 * a terminal that is not dumb. Chalk's own detection is not used: it ignores NO_COLOR and colours pipes in Azure
 * Pipelines.
 */
function wantsColour({ mode, isTTY, env }: ColourQuestion): boolean {
  if (mode !== "auto") return mode === "always";
  const force = env.FORCE_COLOR;
  if (force !== undefined) return force !== "0" && force !== "false";
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== "") return false;
  return isTTY && env.TERM !== "dumb";
}

const same = (text: string) => text;

/** No colours. */
export const NO_COLOURS: Colours = { bold: same, cyan: same, dim: same, green: same, red: same, yellow: same };

/**
 * Returns the colours of one stream. Loads chalk only where there is colour. Its level is one: the 16 colours of every
 * theme are enough.
 */
export async function coloursFor(question: ColourQuestion): Promise<Colours> {
  if (!wantsColour(question)) return NO_COLOURS;
  const { Chalk } = await import("chalk");
  return new Chalk({ level: 1 });
}
