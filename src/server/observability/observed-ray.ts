import type { Clock } from '../../clock.ts';
import type { SourceName } from '../../domain/sourced.ts';
import type { Ray, RayRead } from '../../ray/client/ray.ts';
import type { ConsoleMetrics } from './console-metrics.ts';
import type { Log } from './log.ts';

/** A Ray whose reads and writes are counted and timed; that a source fails, and is well again, is logged once each. */
export function observeRay(
  ray: Ray,
  { metrics, log, clock }: { readonly metrics: ConsoleMetrics; readonly log: Log; readonly clock: Clock },
): Ray {
  const failing = new Map<SourceName, { readonly reason: string; readonly since: number }>();

  async function read<T>(source: SourceName, reading: Promise<RayRead<T>>): Promise<RayRead<T>> {
    const came = await reading;
    const took = clock.now() - came.begunAt;
    metrics.read(source, came.ok ? 'ok' : came.reason, took, came.ok ? came.bytes : null, came.begunAt);
    const before = failing.get(source);
    if (!came.ok && before?.reason !== came.reason) {
      failing.set(source, { reason: came.reason, since: before?.since ?? came.begunAt });
      log('warn', 'ray-read-failing', { source, reason: came.reason, detail: oneLine(came.detail), ms: took });
    }
    if (came.ok && before !== undefined) {
      failing.delete(source);
      log('info', 'ray-read-well-again', { source, reason: before.reason, failedForMs: came.arrivedAt - before.since });
    }
    return came;
  }

  async function write<T>(action: string, sending: Promise<T>, kindOf: (came: T) => string): Promise<T> {
    const begun = clock.now();
    const came = await sending;
    metrics.write(action, kindOf(came), clock.now() - begun);
    return came;
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

/** Ray's words, cut at their first line: never a traceback. */
function oneLine(text: string): string {
  return text.split(/[\r\n]/, 1)[0] ?? '';
}
