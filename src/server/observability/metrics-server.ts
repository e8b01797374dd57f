import { createServer, type Server } from 'node:http';
import { METRICS_TYPE } from './metrics.ts';

/** Serves `GET /metrics` and nothing else, on its own port, so that network rules can decide who may scrape. */
export function createMetricsServer(text: () => string): Server {
  return createServer({ headersTimeout: 10_000, requestTimeout: 10_000 }, ({ method, url }, outgoing) => {
    const isRead = method === 'GET' || method === 'HEAD';
    const status = url !== '/metrics' ? 404 : isRead ? 200 : 405;
    const body = status === 200 ? text() : `${status === 404 ? 'Only /metrics is here.' : 'GET only.'}\n`;
    outgoing.writeHead(status, {
      'Content-Type': status === 200 ? METRICS_TYPE : 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'Content-Length': Buffer.byteLength(body),
    });
    outgoing.end(method === 'HEAD' ? undefined : body);
  });
}
