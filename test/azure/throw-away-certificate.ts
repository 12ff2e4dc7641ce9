import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface ThrowAwayCertificate {
  /** The path of the authority's certificate, for NODE_EXTRA_CA_CERTS or REQUESTS_CA_BUNDLE. */
  readonly authority: string;
  readonly tls: { readonly key: string; readonly cert: string };
}

/**
 * An authority of a day's life and a certificate of it for localhost and the names; null where openssl is not
 * installed.
 */
export function throwAwayCertificate(...names: readonly string[]): ThrowAwayCertificate | null {
  const directory = mkdtempSync(join(tmpdir(), "vnet-explain-ca-"));
  const file = (name: string) => join(directory, name);
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: directory, stdio: "pipe" });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  try {
    openssl(
      "req",
      "-x509",
      ...newKey,
      "-days",
      "1",
      "-subj",
      "/CN=vnet-explain test authority",
      "-keyout",
      "ca.key",
      "-out",
      "ca.pem",
    );
    openssl("req", ...newKey, "-subj", "/CN=localhost", "-keyout", "key.pem", "-out", "server.csr");
    const subjects = ["localhost", ...names].map((name) => `DNS:${name}`);
    writeFileSync(file("san"), `subjectAltName=${subjects.join(",")},IP:127.0.0.1`);
    openssl(
      "x509",
      "-req",
      "-in",
      "server.csr",
      "-CA",
      "ca.pem",
      "-CAkey",
      "ca.key",
      "-CAcreateserial",
      "-days",
      "1",
      "-extfile",
      "san",
      "-out",
      "cert.pem",
    );
  } catch {
    return null;
  }
  return {
    authority: file("ca.pem"),
    tls: { key: readFileSync(file("key.pem"), "utf8"), cert: readFileSync(file("cert.pem"), "utf8") },
  };
}
