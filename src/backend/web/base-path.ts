import { problemReply } from './problem-reply.ts';

/**
 * The head of a request as the console's own paths have it, where the console lives below a path (`/vc/`, with `/` at both ends); a reply
 * where it goes elsewhere.
 */
export function stripBasePath(request: Request, basePath: string): Request | Response {
  if (basePath === '/') return request;
  const url = new URL(request.url);
  if (url.pathname === basePath.slice(0, -1) && (request.method === 'GET' || request.method === 'HEAD')) {
    return new Response(null, { status: 308, headers: { Location: `${basePath}${url.search}` } });
  }
  if (!url.pathname.startsWith(basePath))
    return problemReply(404, 'no-such-path', `The console lives below ${basePath}.`);
  url.pathname = url.pathname.slice(basePath.length - 1);
  const { method, headers } = request;
  return new Request(url, { method, headers });
}
