import { expect, test } from 'vitest';
import type { Sighting } from '../../contract/timeline.ts';
import { createInMemoryObservationLog } from './observation-log.ts';
import { gapCauses, readGapCauses } from './gap-causes.ts';

const seen = (at: number, what: Sighting) => ({ at, what });
const began = { kind: 'outage-began', source: 'list', reason: 'unreachable' } as const;
const ended = { kind: 'outage-ended', source: 'list' } as const;
const stopped = { kind: 'console-stopped' } as const;
const started = (lastAt: number | null) => ({ kind: 'console-started', lastAt }) as const;
const range = { from: 100, to: 1_000 };

test.each([
  ['stopped and started', [seen(200, stopped), seen(300, started(200))], [[200, 300, 'console-off']]],
  ['killed', [seen(300, started(150))], [[150, 300, 'console-off']]],
  ['never there before', [seen(300, started(null))], []],
  [
    'an outage, and one that goes on',
    [seen(200, began), seen(300, ended), seen(900, began)],
    [
      [200, 300, 'ray-unreadable'],
      [900, 1_000, 'ray-unreadable'],
    ],
  ],
  ['an outage that had begun before', [seen(50, began), seen(300, ended)], [[100, 300, 'ray-unreadable']]],
  [
    'stopped in an outage',
    [seen(200, began), seen(300, stopped), seen(400, started(300))],
    [
      [200, 300, 'ray-unreadable'],
      [300, 400, 'console-off'],
    ],
  ],
  // Which of both it was, and when, is not known.
  ['killed in an outage', [seen(200, began), seen(400, started(200))], []],
  [
    'an outage of something else',
    [seen(200, { ...began, source: 'jobs' }), seen(300, { ...ended, source: 'jobs' })],
    [],
  ],
] as const)('the causes of gaps in usage: %s', (_name, all, expected) => {
  const causes = gapCauses(all, range).map(({ from, to, cause }) => [from, to, cause]);
  expect(causes).toEqual(expected);
});

test('how things stood at the begin is read, too', async () => {
  const log = createInMemoryObservationLog({ clock: { now: () => 1_000 }, days: 1, most: 100 });
  await log.add([seen(20, stopped), seen(30, { kind: 'ray-restarted' }), seen(500, started(20))]);
  expect(await readGapCauses(log, range)).toEqual([{ from: 100, to: 500, cause: 'console-off' }]);
});
