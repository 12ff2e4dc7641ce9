import { createRequire } from "node:module";

/** The part of Microsoft's parser that the tests use. Its own types describe the .NET library it was compiled from. */
interface KustoLanguage {
  readonly GlobalState: { readonly Default: unknown };
  readonly KustoCode: {
    ParseAndAnalyze(
      text: string,
      globals: unknown,
    ): { GetDiagnostics(): KustoList<{ readonly Message: string; readonly Start: number }> };
  };
}

interface KustoList<Item> {
  readonly Count: number;
  getItem(index: number): Item;
}

let language: KustoLanguage | undefined;

/** Microsoft's parser defines globals, and requires its runtime to be loaded first. */
function loadLanguage(): KustoLanguage {
  const require = createRequire(import.meta.url);
  require("@kusto/language-service-next/bridge.js");
  require("@kusto/language-service-next/Kusto.Language.Bridge.js");
  return (globalThis as unknown as { readonly Kusto: { readonly Language: KustoLanguage } }).Kusto.Language;
}

/** Returns the diagnostics of Microsoft's parser for a query, each with the text it refers to. */
export function kustoDiagnostics(query: string): string[] {
  language ??= loadLanguage();
  const found = language.KustoCode.ParseAndAnalyze(query, language.GlobalState.Default).GetDiagnostics();
  return Array.from({ length: found.Count }, (_, index) => {
    const { Message, Start } = found.getItem(index);
    return `${Message} at: ${query.slice(Start, Start + 60)}`;
  });
}

/**
 * The columns of the NTANetAnalytics table that the query uses, with their types in Log Analytics.
 * https://learn.microsoft.com/azure/azure-monitor/reference/tables/ntanetanalytics
 */
export const NTA_NET_ANALYTICS = `let NTANetAnalytics = datatable(TimeGenerated: datetime, SubType: string, FlowDirection: string, SrcNic: string,
  MacAddress: string, FlowStatus: string, AllowedOutFlows: long, DeniedOutFlows: long, IsFlowCapturedAtUdrHop: bool, DestIp: string, DestPublicIps: string, DestPort: int, BytesSrcToDest: long, BytesDestToSrc: long) [];
`;
