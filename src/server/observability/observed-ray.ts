import type { Clock } from '../../clock.ts';
import type { SourceName } from '../../domain/sourced.ts';
import type { Ray, RayRead } from '../../ray/client/ray.ts';
import type { RayMetrics } from './ray-metrics.ts';
import type { Log } from './log.ts';

/** Counts and times Ray's reads and writes; logs once when a source begins to fail, and once when it recovers. */
export function observeRay(
  ray: Ray,
  { metrics, log, clock }: { readonly metrics: RayMetrics; readonly log: Log; readonly clock: Clock },
): Ray {
  const failing = new Map<SourceName, { readonly reason: string; readonly since: number }>();

  async function read<T>(source: SourceName, reading: Promise<RayRead<T>>): Promise<RayRead<T>> {
    const reply = await reading;
    const ms = clock.now() - reply.begunAt;
    metrics.read(source, reply.ok ? 'ok' : reply.reason, ms, reply.ok ? reply.bytes : null, reply.begunAt);
    const failure = failing.get(source);
    if (!reply.ok && failure?.reason !== reply.reason) {
      failing.set(source, { reason: reply.reason, since: failure?.since ?? reply.begunAt });
      log('warn', 'ray-read-failing', { source, reason: reply.reason, detail: firstLine(reply.detail), ms });
    }
    if (reply.ok && failure !== undefined) {
      failing.delete(source);
      log('info', 'ray-read-well-again', {
        source,
        reason: failure.reason,
        failedForMs: reply.arrivedAt - failure.since,
      });
    }
    return reply;
  }

  async function write<T>(action: string, sending: Promise<T>, kindOf: (reply: T) => string): Promise<T> {
    const startedAt = clock.now();
    const reply = await sending;
    metrics.write(action, kindOf(reply), clock.now() - startedAt);
    return reply;
  }

  return {
    read: (name, options) => read(name, ray.read(name, options)),
    expectWrite: () => ray.expectWrite(),
    save: (request) => write('save', ray.save(request), ({ kind }) => kind),
    remove: (clusterId) => write('remove', ray.remove(clusterId), ({ kind }) => kind),
    stopJob: (submissionId) => write('stop', ray.stopJob(submissionId), ({ kind }) => kind),
    passThrough: (request) =>
      request.method === 'GET'
        ? ray.passThrough(request)
        : write('published', ray.passThrough(request), ({ outcome }) => outcome?.kind ?? 'none'),
  };
}

/** Ray's message up to its first line break: never a traceback. */
function firstLine(text: string): string {
  return text.split(/[\r\n]/, 1)[0] ?? '';
}
