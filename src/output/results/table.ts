import { hanging } from "../../terminal/hanging.ts";
import type { OutputStream } from "../../terminal/terminal.ts";
import type { Printer } from "../formats/formats.ts";
import type { Result } from "./result.ts";

/** The text of one kind of result. A start prints one kind, so it loads no other's code. */
async function textOf(result: Result, stdout: OutputStream): Promise<string> {
  switch (result.kind) {
    case "routes": {
      const { routesText } = await import("./routes.ts");
      return routesText(result.report, result.view, stdout);
    }
    case "explanations": {
      const { explanationsText } = await import("./explanations.ts");
      return explanationsText(result.report, stdout);
    }
    case "diff": {
      const { diffText } = await import("./diff.ts");
      return hanging(diffText(result.report, stdout), stdout);
    }
    case "check": {
      const { checkText } = await import("./check.ts");
      return checkText(result.report, result.view, stdout);
    }
    case "whatif": {
      const { whatIfText } = await import("./whatif.ts");
      return whatIfText(result.report, stdout);
    }
    case "tag-diff": {
      const { tagDiffText } = await import("./tag-diff.ts");
      return hanging(tagDiffText(result.report, result.view, stdout), stdout);
    }
    case "tag-lookups": {
      const { lookupsText } = await import("./tag-lookups.ts");
      return lookupsText(result.report, stdout);
    }
    case "tag-update": {
      const { tagUpdateText } = await import("./tags.ts");
      return tagUpdateText(result.report, stdout);
    }
    case "tag-status": {
      const { tagStatusText } = await import("./tags.ts");
      return tagStatusText(result.report, stdout);
    }
    case "tag-list": {
      const { tagListText } = await import("./tags.ts");
      return tagListText(result.report, stdout);
    }
    case "tag": {
      const { tagText } = await import("./tags.ts");
      return tagText(result.report, stdout);
    }
    default:
      return result satisfies never;
  }
}

/** For people: columns without borders, or for explanations a text that reads like a proof. */
export const printTable: Printer = async (result, { stdout }) => stdout.write(await textOf(result, stdout));
