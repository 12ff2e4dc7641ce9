import packageJson from "../../package.json" with { type: "json" };

/** The program's version. The rest of package.json stays out of the bundle because only this file reads it. */
export const VERSION: string = packageJson.version;
