import { describe, expect, test } from 'vitest';
import { DAY } from '../../backend/journal/change-log.ts';
import type { NewObservation, ObservationLog, ObservationRetention } from '../../backend/journal/observation-log.ts';
import { createHandClock, type HandClock } from './hand-clock.ts';

const START = 1_800_000_000_000;

export function died(at: number, clusterId: string | null = 'ci'): NewObservation {
  return { at, what: { kind: 'died', count: 1, nodeIds: ['n'], templateId: '4c8g', clusterId } };
}

/** What every store of observations keeps to. */
export function observationLogContract(
  name: string,
  create: (options: ObservationRetention & { readonly clock: HandClock }) => ObservationLog | Promise<ObservationLog>,
) {
  const make = async (most = 100) => {
    const clock = createHandClock(START);
    return { clock, log: await create({ clock, days: 30, most }) };
  };
  const times = (found: readonly { readonly at: number }[]) => found.map(({ at }) => at - START);

  describe(`observations ${name}`, () => {
    test('are read newest first and oldest first, from any place on, also those that came late', async () => {
      const { log } = await make();
      await log.add([died(START + 1), died(START + 3), died(START + 3)]);
      await log.add([died(START + 2)]);
      const [newest, second, ...rest] = await log.findBefore({}, null, 10);
      expect(times(rest)).toEqual([2, 1]);
      expect(newest?.observation.id).not.toBe(second?.observation.id);
      expect(times(await log.findBefore({}, newest ?? null, 2))).toEqual([3, 2]);
      expect(times(await log.findAfter({}, null, 10))).toEqual([1, 2, 3, 3]);
      expect(times(await log.findAfter({}, rest[0] ?? null, 1))).toEqual([3]);
    });

    test('are filtered by cluster, kind and time; a move concerns both ends, a job cluster its parent', async () => {
      const { log } = await make();
      const nodes = { count: 1, nodeIds: ['n'], templateId: null };
      await log.add([
        died(START),
        died(START + 1, null),
        { at: START + 2, what: { kind: 'moved', ...nodes, from: 'batch', to: 'ci##raysubmit_1' } },
        { at: START + 3, what: { kind: 'ray-restarted' } },
      ]);
      const seen = async (query: Parameters<ObservationLog['findBefore']>[0]) =>
        times(await log.findBefore(query, null, 10));
      expect(await seen({ cluster: 'ci' })).toEqual([2, 0]);
      expect(await seen({ cluster: 'batch' })).toEqual([2]);
      expect(await seen({ kinds: ['died', 'ray-restarted'] })).toEqual([3, 1, 0]);
      expect(await seen({ since: START + 1, until: START + 3 })).toEqual([2, 1]);
    });

    test('are kept for so many days, and so many of them: the oldest go first', async () => {
      const { log, clock } = await make(3);
      await log.add([0, 1, 2, 3].map((n) => died(START + n)));
      expect(times(await log.findAfter({}, null, 10))).toEqual([1, 2, 3]);
      await clock.advance(30 * DAY + 3);
      await log.add([died(clock.now())]);
      expect(times(await log.findAfter({}, null, 10))).toEqual([3, 30 * DAY + 3]);
    });
  });
}
