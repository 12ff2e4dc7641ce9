import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { saveFile } from "../../store/files/save-file.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";

/** The target of a page. */
interface Delivery {
  /** The file that the user named; `-` is stdout. */
  readonly out?: string | undefined;
  /** The file's default name. */
  readonly name: string;
  readonly open?: boolean | undefined;
}

/**
 * Writes the page to stdout or to its file, and opens that in a browser.
 * @throws UserError if the file cannot be written, or if its default name belongs to a file that is not a page.
 */
export async function deliverPage(text: string, { out, name, open }: Delivery, terminal: Terminal): Promise<void> {
  if (out === "-") {
    terminal.stdout.write(text);
    return;
  }
  const path = out ?? name;
  if (out === undefined) await refuseOther(path);
  await saveFile(path, text, "the page");
  terminal.note(`wrote ${path} (${Math.ceil(text.length / 1024)} KB)`);
  if (open !== true) return;
  const { openInBrowser } = await import("./open-in-browser.ts");
  const failure = await openInBrowser(resolve(path), terminal.env);
  if (failure !== null) terminal.note(`cannot open a browser here (${failure}); open ${resolve(path)} yourself`);
}

/** Under its default name, only a page of this program is replaced. */
async function refuseOther(path: string): Promise<void> {
  if (!existsSync(path)) return;
  const { open } = await import("node:fs/promises");
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2048), 0, 2048, 0);
    if (buffer.toString("utf8", 0, bytesRead).includes('<meta name="generator" content="vnet-explain">')) return;
  } finally {
    await file.close();
  }
  throw new UserError(
    "page-exists",
    `${path} exists and is not a page of vnet-explain`,
    "name another file: --out FILE",
  );
}
