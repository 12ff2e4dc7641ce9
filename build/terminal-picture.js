import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createAnsiSequenceParser } from "ansi-sequence-parser";

const PROGRAM = fileURLToPath(new URL("../bin/vnet-explain.js", import.meta.url));

/** What the picture shows: the article's question, and an address that is dropped. */
export const COMMANDS = [
  "whichroute 191.239.203.0 --sample udr-and-endpoint",
  "whichroute 8.8.8.8 --sample udr-and-endpoint",
];

/** The terminal's width in characters. */
const COLUMNS = 90;

/** The terminal's colours, dark on light: each has a contrast of at least 4.5 with the background. */
const COLOURS = {
  background: "#ffffff",
  border: "#d0d7de",
  text: "#1f2328",
  dim: "#59636e",
  black: "#1f2328",
  red: "#cf222e",
  green: "#116329",
  yellow: "#7d4e00",
  blue: "#0550ae",
  magenta: "#8250df",
  cyan: "#0e6e77",
  white: "#59636e",
};

// In pixels.
const CHARACTER = 8.4;
const LINE = 20;
const SIZE = 14;
const MARGIN = 16;

/** Runs a command line in a pseudo-terminal. Returns what it prints, with colours. */
function onTerminal(command, cache) {
  const line = `stty cols ${COLUMNS}; "${process.execPath}" "${PROGRAM}" ${command}`;
  const { PATH = "" } = process.env;
  const env = { PATH, TERM: "xterm-256color", LC_ALL: "C.UTF-8", VNET_EXPLAIN_CACHE: cache };
  const { stdout, status } = spawnSync("script", ["-qec", line, "/dev/null"], { encoding: "utf8", env });
  if (status !== 0) throw new Error(`vnet-explain ${command} ended with ${status}: ${stdout}`);
  return stdout.replaceAll("\r\n", "\n");
}

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function colourOf({ foreground, decorations }) {
  if (decorations.has("dim")) return COLOURS.dim;
  if (foreground === null) return COLOURS.text;
  const name = foreground.type === "named" ? foreground.name.replace(/^bright/, "").toLowerCase() : "";
  if (foreground.type === "named" && foreground.name === "brightBlack") return COLOURS.dim;
  if (!Object.hasOwn(COLOURS, name)) throw new Error(`no colour for ${JSON.stringify(foreground)}`);
  return COLOURS[name];
}

/** The texts of a terminal's screen, each at its place. Every text has its exact width, whatever the font. */
function* texts(lines) {
  const parser = createAnsiSequenceParser();
  for (const [row, line] of lines.entries()) {
    let column = 0;
    for (const token of parser.parse(line)) {
      // Browsers fold blanks, so that words with several between them are texts of their own.
      for (const { 0: text, index } of token.value.matchAll(/\S+(?: \S+)*/g)) {
        const place = `x="${(MARGIN + (column + index) * CHARACTER).toFixed(1)}" y="${MARGIN + row * LINE + SIZE}"`;
        const width = `textLength="${(text.length * CHARACTER).toFixed(1)}"`;
        const weight = token.decorations.has("bold") ? ' font-weight="bold"' : "";
        yield `<text ${place} ${width} fill="${colourOf(token)}"${weight}>${escaped(text)}</text>`;
      }
      column += token.value.length;
    }
  }
}

/** Draws a screen as SVG, readable on light and on dark pages: it has a background of its own. */
export function drawn(screen, title) {
  const lines = screen.trimEnd().split("\n");
  const width = Math.ceil(2 * MARGIN + COLUMNS * CHARACTER);
  const height = 2 * MARGIN + lines.length * LINE;
  const { background, border } = COLOURS;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${background}" stroke="${border}"/>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${SIZE}">`,
    ...texts(lines),
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

/** The picture of the README, from runs of the built program on a terminal. Needs `script` of util-linux. */
export function terminalPicture() {
  const cache = mkdtempSync(join(tmpdir(), "vnet-explain-picture-"));
  try {
    const shown = COMMANDS.map(
      (command) => `\u001b[1m$ vnet-explain ${command}\u001b[0m\n${onTerminal(command, cache)}`,
    );
    return drawn(shown.join("\n"), `vnet-explain on a terminal: ${COMMANDS.join("; ")}`);
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}
