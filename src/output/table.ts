import { hanging } from "./hanging.ts";
import type { Printer } from "./printers.ts";
import { checkText } from "./table-check.ts";
import { diffText } from "./table-diff.ts";
import { explanationsText } from "./table-explanations.ts";
import { lookupsText } from "./table-lookups.ts";
import { routesText } from "./table-routes.ts";
import { tagDiffText } from "./table-tag-diff.ts";
import { tagListText, tagStatusText, tagText, tagUpdateText } from "./table-tags.ts";
import { whatIfText } from "./table-whatif.ts";

/** For people: columns without borders, or for explanations a text that reads like a proof. */
export const printTable: Printer = async (result, { stdout }) => {
  switch (result.kind) {
    case "routes":
      stdout.write(await routesText(result.report, result.view, stdout));
      break;
    case "explanations":
      stdout.write(await explanationsText(result.report, stdout));
      break;
    case "diff":
      stdout.write(await hanging(diffText(result.report, stdout), stdout));
      break;
    case "check":
      stdout.write(await checkText(result.report, result.view, stdout));
      break;
    case "whatif":
      stdout.write(await whatIfText(result.report, stdout));
      break;
    case "tag-diff":
      stdout.write(await hanging(tagDiffText(result.report, result.view, stdout), stdout));
      break;
    case "tag-lookups":
      stdout.write(await lookupsText(result.report, stdout));
      break;
    case "tag-update":
      stdout.write(tagUpdateText(result.report, stdout));
      break;
    case "tag-status":
      stdout.write(tagStatusText(result.report, stdout));
      break;
    case "tag-list":
      stdout.write(await tagListText(result.report, stdout));
      break;
    case "tag":
      stdout.write(tagText(result.report, stdout));
      break;
    default:
      result satisfies never;
  }
};
