import { createInMemoryChangeLog } from './in-memory-change-log.ts';
import { expect, test } from 'vitest';
import { changeLogContract, listed, recordOf } from '../../testing/harness/change-log-contract.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';

changeLogContract('in memory', createInMemoryChangeLog, false);

test('of very large changes it keeps fewer: the newest', async () => {
  const clock = createHandClock();
  const log = createInMemoryChangeLog({ clock, days: 400, most: 1_000 });
  const want = Object.fromEntries(
    Array.from({ length: 20_000 }, (_, n) => [`template-${String(n).padStart(80, '0')}`, 1]),
  );
  const wanted = { kind: 'save', clusterId: 'vc', divisible: false, base: null, want } as const;
  for (let n = 0; n < 25; n++) await log.add(recordOf(String(n), { wanted }));
  const { rows, total } = await log.find({}, { offset: 0, limit: 100 });
  expect(rows.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(32 * 1024 * 1024);
  expect(total).toBeGreaterThan(10);
  expect((await listed(log))[0]?.id).toBe('24');
});
