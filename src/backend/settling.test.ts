import { expect, test } from 'vitest';
import type { Change } from '../contract/change.ts';
import { createMemoryChangeLog, type ChangeRecord } from './change-log.ts';
import { createReadModel } from './read-model.ts';
import { createSettling } from './settling.ts';
import { createHandClock } from './testing/hand-clock.ts';
import { createScriptedRay } from './testing/scripted-ray.ts';
import { createWatch } from './watch.ts';

function unanswered(n: number): ChangeRecord {
  const change: Change = {
    id: `change-${String(n)}`,
    wanted: { kind: 'delete', clusterId: 'vc', base: null },
    who: 'w',
    address: '',
    by: 'page',
    askedAt: n,
    settledAt: null,
    attempts: 1,
    before: null,
    result: { kind: 'unknown', cause: 'cut', lookedAt: null },
    moved: null,
  };
  return { change, sentOn: null, membersBefore: null };
}

test('what the log has forgotten is not looked for any more', async () => {
  const clock = createHandClock();
  const ray = createScriptedRay(clock);
  ray.put('vc', {});
  const model = createReadModel({ clock, ids: () => 'e', startedReadOnly: false });
  const watch = createWatch({ ray, model, clock });
  await clock.settle();
  const log = createMemoryChangeLog({ most: 3, startedAt: 0 });
  const looked: string[] = [];
  const counted = {
    ...log,
    update: (record: ChangeRecord) => {
      looked.push(record.change.id);
      return log.update(record);
    },
  };
  const settling = createSettling({ model, watch, log: counted, clock });
  for (let n = 1; n <= 9; n++) {
    await log.add(unanswered(n));
    await settling.watchFor(unanswered(n), model.moment(), model.epoch());
  }
  looked.length = 0;
  await watch.refresh('list');
  await clock.settle();
  expect([...new Set(looked)].toSorted()).toEqual(['change-7', 'change-8', 'change-9']);
  watch.close();
});
