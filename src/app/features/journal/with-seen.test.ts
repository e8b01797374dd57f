import { expect, test } from 'vitest';
import type { TimelineEntry } from '../../../contract/timeline.ts';
import { scriptedChange } from '../../testing/scripted-api.tsx';
import { withSeen } from './with-seen.ts';

const seenAt = (at: number): TimelineEntry => ({
  type: 'seen',
  at,
  seen: { id: String(at), at, what: { kind: 'ray-restarted' } },
});
const wanted = { kind: 'release', clusterId: 'ci##raysubmit_1' } as const;
const changeAt = (at: number) => ({ ...scriptedChange(String(at), wanted, null), askedAt: at });

test('what was seen stands between the changes by time, but not before changes that are still to be loaded', () => {
  const changes = [changeAt(30), changeAt(20)];
  const times = (hasOlder: boolean) =>
    withSeen(changes, [seenAt(35), seenAt(25), seenAt(10)], hasOlder).map(({ at }) => at);
  expect(times(false)).toEqual([35, 30, 25, 20, 10]);
  expect(times(true)).toEqual([35, 30, 25, 20]);
});
