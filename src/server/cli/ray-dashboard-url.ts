/**
 * Validates the address at which browsers reach Ray's dashboard, which may be another one than the console's own and may lie
 * below a path; without a slash at its end. Or one line that says what is wrong. Credentials are refused: everybody sees it.
 */
export function parseRayDashboardUrl(
  text: string,
): { readonly ok: true; readonly url: string } | { readonly ok: false; readonly message: string } {
  const wrong = (what: string) =>
    ({ ok: false, message: `--ray-dashboard-url ${what} Write it as http://host:8265.` }) as const;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return wrong(`must be a URL, not "${text}".`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return wrong('must begin with http:// or https://.');
  if (url.username !== '' || url.password !== '') return wrong('must not hold a user or a password.');
  if (url.search !== '' || url.hash !== '') return wrong('must end with its path.');
  return { ok: true, url: `${url.origin}${url.pathname.replace(/\/+$/, '')}` };
}
