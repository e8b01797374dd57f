/** Segments of unreserved characters: none is empty, `.` or `..`, and none needs an encoding that a proxy could read otherwise. */
const PATH = /^(?:\/[\w~-][\w.~-]*)*\/?$/;

/**
 * Validates the address of a Ray dashboard, `http://host:port` or `https://gateway/ray-prod` for one below a path; or one line
 * that says what is wrong. Credentials are refused: they would appear in the page and in logs. The path is taken only as it
 * is written, since the fixed paths of all requests are joined to it.
 */
export function parseRayAddress(
  text: string,
): { readonly ok: true; readonly url: string } | { readonly ok: false; readonly message: string } {
  const wrong = (what: string) => ({ ok: false, message: `The Ray address ${what}` }) as const;
  const example = 'Write it as http://host:8265.';
  if (/^(ray|grpc):\/\//i.test(text))
    return wrong(`"${text}" is a Ray client's. The console needs the dashboard's. ${example}`);
  if (/^[^/:]+:6379$/.test(text))
    return wrong(`"${text}" is that of Ray's own processes. The console needs the dashboard's. ${example}`);
  const parts = /^https?:\/\/[^/?#\\]*(?<path>[^?#]*)(?<rest>.*)$/is.exec(text)?.groups;
  if (parts === undefined) return wrong(`must begin with http:// or https://. ${example}`);
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return wrong(`is not a URL. ${example}`);
  }
  if (url.username !== '' || url.password !== '') return wrong(`must not hold a user or a password. ${example}`);
  const { path = '', rest = '' } = parts;
  if (rest !== '') return wrong(`must end after the host, the port and the path. ${example}`);
  if (!PATH.test(path))
    return wrong('may have a path of letters, digits and . _ ~ - only. Write it as https://gateway/ray-prod.');
  return { ok: true, url: url.origin + path.replace(/\/$/, '') };
}
