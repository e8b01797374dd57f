/** Where the files' HTML leaves room for the nonce of its styles: Vite's `html.cspNonce` writes it. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/**
 * What a page of the console may do: load from the console alone, run no inline script, be framed by nobody.
 * A nonce admits the style elements that Mantine makes; its style attributes can carry none.
 * `inlineScripts`: the development server's own preamble carries the nonce too.
 */
export function contentSecurityPolicy(nonce: string | null, inlineScripts = false): string {
  const byNonce = nonce === null ? '' : ` 'nonce-${nonce}'`;
  return [
    "default-src 'self'",
    `script-src 'self'${inlineScripts ? byNonce : ''}`,
    `style-src 'self'${byNonce}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** What every reply carries, whatever it is: set on the reply itself, for a copy of it reads its body once more. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** The reply with the console's headers; HTML gets a nonce of its own in place of the placeholder. */
export async function withHeaders(reply: Response, newNonce: () => string): Promise<Response> {
  const { headers } = reply;
  for (const [name, value] of Object.entries(commonHeaders)) headers.set(name, value);
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
  const isHtml = headers.get('Content-Type')?.startsWith('text/html') === true;
  if (!isHtml || reply.body === null) {
    headers.set('Content-Security-Policy', contentSecurityPolicy(null));
    return reply;
  }
  const nonce = newNonce().replaceAll('-', '');
  headers.set('Content-Security-Policy', contentSecurityPolicy(nonce));
  headers.set('Cache-Control', 'no-store');
  headers.delete('Content-Length');
  const html = (await reply.text()).replaceAll(NONCE_PLACEHOLDER, nonce);
  return new Response(html, { status: reply.status, headers });
}
