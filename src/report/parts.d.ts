/** The page's script and style, which build/report-page.js makes. */
declare module "virtual:report-page" {
  export const parts: import("./page.ts").PageParts;
}
