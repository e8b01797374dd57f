import { expect, test } from 'vitest';
import { UNKNOWABLE_SHOWN_MS } from '../../domain/attention.ts';
import type { UnknownReason } from '../../domain/sourced.ts';
import { recordOf } from '../../testing/harness/change-log-contract.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { createFleetStore } from '../fleet/fleet-store.ts';
import { createInMemoryChangeLog } from '../journal/in-memory-change-log.ts';
import { reportRay } from './ray-overview.ts';

/** A Ray without virtual clusters, and what its card counts. */
function ray() {
  const clock = createHandClock();
  const store = createFleetStore({ clock, ids: () => 'e', startedReadOnly: false });
  const list = { clusters: [], raw: () => null };
  store.acceptList({ ok: true, value: list, bytes: 1, begunAt: 0, arrivedAt: 0 }, store.moment());
  const changeLog = createInMemoryChangeLog({ clock, days: 400, most: 100 });
  const attention = async () => {
    const { state } = await reportRay({ store, changes: { pendingDeletions: () => [] }, changeLog, clock });
    return state.kind === 'read' ? state.fleet.attention : state.kind;
  };
  const fail = (source: 'liveness' | 'actors', reason: UnknownReason) =>
    store.accept(source, { ok: false, reason, detail: '', begunAt: 0, arrivedAt: 0 }, store.moment());
  return { clock, changeLog, attention, fail };
}

test('a source that fails counts, but not one that Ray cuts for as long as the fleet is that large', async () => {
  const { attention, fail } = ray();
  fail('liveness', 'truncated');
  expect(await attention()).toBe(0);
  fail('actors', 'failed');
  expect(await attention()).toBe(1);
});

test('virtual clusters with changes of which nobody can know what became of them count for a day', async () => {
  const { clock, changeLog, attention } = ray();
  const evidence = { why: 'another-ray', shown: 'unread', at: 1 } as const;
  const wanted = (clusterId: string) => ({ wanted: { kind: 'release', clusterId } }) as const;
  const result = { kind: 'cannot-be-known', evidence } as const;
  const settledAt = clock.now();
  await changeLog.add(recordOf('1', { ...wanted('a'), result, settledAt }));
  await changeLog.add(recordOf('2', { ...wanted('a'), result, settledAt }));
  await changeLog.add(recordOf('3', { ...wanted('b'), result, settledAt: settledAt - UNKNOWABLE_SHOWN_MS - 1 }));
  await changeLog.add(recordOf('4', { ...wanted('c'), settledAt }));
  expect(await attention()).toBe(1);
  await clock.advance(UNKNOWABLE_SHOWN_MS + 1);
  expect(await attention()).toBe(0);
});
