/**
 * Validates the address of a Ray dashboard, `http://host:port`; or one line that says what is wrong. Credentials are refused:
 * they would appear in the page and in logs. A path is refused, since requests go to a fixed list of paths.
 */
export function parseRayAddress(
  text: string,
): { readonly ok: true; readonly url: string } | { readonly ok: false; readonly message: string } {
  const wrong = (what: string) => ({ ok: false, message: `The Ray address ${what}` }) as const;
  const example = 'Write it as http://host:8265.';
  if (/^(ray|grpc):\/\//i.test(text))
    return wrong(`"${text}" is a Ray client's. The console needs the dashboard's. ${example}`);
  if (!/^https?:\/\//i.test(text)) return wrong(`must begin with http:// or https://. ${example}`);
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return wrong(`is not a URL. ${example}`);
  }
  if (url.username !== '' || url.password !== '') return wrong(`must not hold a user or a password. ${example}`);
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    return wrong(`must end after the host and the port. ${example}`);
  return { ok: true, url: url.origin };
}
