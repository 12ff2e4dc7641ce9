import type { ArmClient } from "./arm/client.ts";
import type { RawAnswer } from "./arm/request-options.ts";
import { azureError } from "./failure/azure-error.ts";

/**
 * The service tags of the cloud as the Discovery API sends them: the text of a tag file, for a region of the cloud.
 * https://learn.microsoft.com/rest/api/virtualnetwork/service-tags/list
 * @throws AzureError when the answer is one page of several, since a tag would then lack prefixes; or what the SDK
 * throws.
 */
export async function fetchServiceTags({ context, operations }: ArmClient, region: string): Promise<string> {
  let body = "";
  const result = await operations.listServiceTags(context, region, {
    onResponse: (answer: RawAnswer) => {
      body = answer.bodyAsText ?? "";
    },
  });
  if (result.nextLink) {
    throw azureError(
      "answer-in-pages",
      "Azure's service tags came in pages, so prefixes are missing",
      "update from the Download Center: leave --from arm out",
    );
  }
  if (!Array.isArray(result.values)) {
    throw azureError(
      "answer-unreadable",
      "Azure's answer holds no service tags",
      "update from the Download Center: leave --from arm out",
    );
  }
  return body;
}
