import type { SecureContext } from "node:tls";
import { whyUnreadable } from "../../store/files/errno.ts";
import { systemCode } from "../../store/files/store-error.ts";
import type { Terminal } from "../../terminal/terminal.ts";

/** The variables that curl, Python and the Azure CLI read. Each names a file of PEM certificates. */
const VARIABLES = ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"] as const;

/** Three times the largest bundle in use. */
const MOST_BYTES = 2 * 1024 * 1024;

/**
 * A TLS context that trusts Node's own certificate authorities, and those in the files that SSL_CERT_FILE and
 * REQUESTS_CA_BUNDLE name; undefined where neither is set. A file that cannot be used is left out, with a note. With
 * --use-openssl-ca, Node reads SSL_CERT_FILE itself.
 */
export function trustedAuthorities({ env, note }: Pick<Terminal, "env" | "note">): SecureContext | undefined {
  if (VARIABLES.every((name) => !env[name])) return undefined;
  if ([...process.execArgv, env.NODE_OPTIONS ?? ""].some((text) => text.includes("--use-openssl-ca"))) return undefined;
  const { createSecureContext } = process.getBuiltinModule("node:tls");
  const own = ownAuthorities(env.NODE_EXTRA_CA_CERTS);
  const added = new Set<string>();
  for (const [path, name] of new Map(VARIABLES.map((name) => [env[name] ?? "", name]))) {
    if (path === "") continue;
    try {
      for (const certificate of certificatesIn(path)) if (!own.has(certificate)) added.add(certificate);
    } catch (error) {
      note(`${name} is ignored: ${why(error)}`);
    }
  }
  return added.size === 0 ? undefined : createSecureContext({ ca: [...own, ...added] });
}

/** Node's own authorities. Since 22.15 Node reports them, including NODE_EXTRA_CA_CERTS and the system's. */
function ownAuthorities(extra: string | undefined): ReadonlySet<string> {
  const tls: { readonly rootCertificates: readonly string[]; getCACertificates?: (of: "default") => string[] } =
    process.getBuiltinModule("node:tls");
  if (tls.getCACertificates !== undefined) return new Set(tls.getCACertificates("default").flatMap(blocksOf));
  const bundled = tls.rootCertificates.flatMap(blocksOf);
  try {
    return new Set(extra ? [...bundled, ...certificatesIn(extra)] : bundled);
  } catch {
    return new Set(bundled); // Node has printed a warning
  }
}

/** @throws Error for a file without a certificate, or with a damaged one, which OpenSSL would ignore. */
function certificatesIn(path: string): readonly string[] {
  const { readFileSync, statSync } = process.getBuiltinModule("node:fs");
  const { X509Certificate } = process.getBuiltinModule("node:crypto");
  const found = statSync(path); // before opening, because opening a named pipe blocks
  if (!found.isFile()) throw new Error("it is not a file");
  if (found.size > MOST_BYTES) throw new Error("the file is too large");
  const [first, ...others] = blocksOf(readFileSync(path, "latin1"));
  if (first === undefined) throw new Error("the file holds no PEM certificate");
  new X509Certificate(first);
  return [first, ...others];
}

/** The certificates in a text in a uniform spelling, so that a system's copy of Node's own is recognised. */
function blocksOf(pem: string): readonly string[] {
  const blocks = pem.matchAll(/-----BEGIN (?:X509 )?CERTIFICATE-----([\w+/=\s]+)-----END/g);
  return [...blocks].map(([, body = ""]) => {
    const lines = body.replaceAll(/\s/g, "").match(/.{1,64}/g) ?? [];
    return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
  });
}

function why(error: unknown): string {
  const code = systemCode(error);
  if (/^E[A-Z0-9]+$/.test(code)) return whyUnreadable(code, "file")[0];
  // Any other code is one of OpenSSL's.
  return code === "" && error instanceof Error ? error.message : "the file holds a damaged certificate";
}
