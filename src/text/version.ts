import packageJson from "../../package.json" with { type: "json" };

/** The addresses in package.json, which are missing until the repository has one. */
interface Addresses {
  readonly homepage?: string;
  readonly bugs?: { readonly url: string };
}

/** The program's version. The rest of package.json stays out of the bundle: build/package-fields.js. */
export const VERSION: string = packageJson.version;

/** The address of the documents, or null. */
export const HOMEPAGE: string | null = (packageJson as Addresses).homepage ?? null;

/** The address for reports of problems, or null. */
export const ISSUES: string | null = (packageJson as Addresses).bugs?.url ?? null;
