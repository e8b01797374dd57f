import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';

/** A certificate and its key, as PEM. */
export interface TlsParts {
  readonly cert: string;
  readonly key: string;
}

/** Reads a certificate and its key and checks that they match; or one line that says why not, without anything of the key. */
export function readTls(
  files: TlsParts,
): { readonly ok: true; readonly tls: TlsParts } | { readonly ok: false; readonly message: string } {
  let tls;
  try {
    tls = { cert: readFileSync(files.cert, 'utf8'), key: readFileSync(files.key, 'utf8') };
    createSecureContext(tls);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'it is no PEM';
    return { ok: false, message: `TLS can't be served with ${files.cert} and ${files.key} (${why}).` };
  }
  return { ok: true, tls };
}
