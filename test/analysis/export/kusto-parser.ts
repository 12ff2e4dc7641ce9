import { createRequire } from "node:module";

/**
 * The little that is used of Microsoft's parser; its own types describe the .NET library that it was translated from.
 */
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

/** Microsoft's parser leaves what it defines in the global scope, and needs its runtime there first. */
function loadLanguage(): KustoLanguage {
  const require = createRequire(import.meta.url);
  require("@kusto/language-service-next/bridge.js");
  require("@kusto/language-service-next/Kusto.Language.Bridge.js");
  return (globalThis as unknown as { readonly Kusto: { readonly Language: KustoLanguage } }).Kusto.Language;
}

/** What Microsoft's parser and analyser have against a query: each message with the text that it points at. */
export function kustoDiagnostics(query: string): string[] {
  language ??= loadLanguage();
  const found = language.KustoCode.ParseAndAnalyze(query, language.GlobalState.Default).GetDiagnostics();
  return Array.from({ length: found.Count }, (_, index) => {
    const { Message, Start } = found.getItem(index);
    return `${Message} at: ${query.slice(Start, Start + 60)}`;
  });
}

/**
 * The columns of Traffic analytics' table that the query uses, as Log Analytics has them.
 * https://learn.microsoft.com/azure/azure-monitor/reference/tables/ntanetanalytics
 */
export const NTA_NET_ANALYTICS = `let NTANetAnalytics = datatable(TimeGenerated: datetime, SubType: string, FlowDirection: string, SrcNic: string,
  DestIp: string, DestPublicIps: string, DestPort: int, BytesSrcToDest: long, BytesDestToSrc: long) [];
`;
