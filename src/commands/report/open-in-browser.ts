import { spawn } from "node:child_process";

/** The platform's program that opens a file as a double click does, and its arguments before the path. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/**
 * Opens a file in the user's browser, without a shell, so that no name can be a command. Returns null, or why the
 * opener did not start. `path` is absolute, so that it cannot look like an option.
 */
export function openInBrowser(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): Promise<string | null> {
  const [program, ...before] = OPENERS[platform] ?? ["xdg-open"];
  return new Promise((resolve) => {
    const opener = spawn(program, [...before, path], {
      detached: true,
      stdio: "ignore",
      env: { ...env },
      shell: false,
    });
    opener.once("error", (error) =>
      resolve("code" in error && error.code === "ENOENT" ? `${program} is missing` : error.message),
    );
    opener.once("spawn", () => {
      opener.unref();
      resolve(null);
    });
  });
}
