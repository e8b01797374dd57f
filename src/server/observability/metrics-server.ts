import { createServer, type Server } from 'node:http';

/** Serves `GET /metrics` and nothing else, on its own port, so that network rules can decide who may scrape. */
export function createMetricsServer(metrics: {
  readonly text: () => Promise<string>;
  readonly contentType: string;
}): Server {
  return createServer({ headersTimeout: 10_000, requestTimeout: 10_000 }, ({ method, url }, outgoing) => {
    const isRead = method === 'GET' || method === 'HEAD';
    const status = url !== '/metrics' ? 404 : isRead ? 200 : 405;
    const send = (body: string) => {
      outgoing.writeHead(status, {
        'Content-Type': status === 200 ? metrics.contentType : 'text/plain; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
        'Content-Length': Buffer.byteLength(body),
      });
      outgoing.end(method === 'HEAD' ? undefined : body);
    };
    if (status !== 200) send(`${status === 404 ? 'Only /metrics is here.' : 'GET only.'}\n`);
    // A scraper that gets no reply counts the console as down, which is right.
    else void metrics.text().then(send, () => outgoing.destroy());
  });
}
