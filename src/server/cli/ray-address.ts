/**
 * The address of a Ray dashboard as `http://host:port`, or one line that says what is wrong. No user and password:
 * they would show in the page and in logs. No path: the console's requests are a fixed list of paths.
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
