import { expect, test } from 'vitest';
import { createInMemoryProfileLog } from '../../backend/journal/in-memory-profile-log.ts';
import { EMPTY_PROFILE } from '../../domain/cluster-profile.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { observeProfiles } from './observed-profiles.ts';

test('an owner that is set is logged, one that was set meanwhile is not, nor is what was typed', async () => {
  const lines: [string, object | undefined][] = [];
  const profiles = observeProfiles(
    createInMemoryProfileLog({ clock: createHandClock(), days: 1 }),
    (_level, event, fields) => lines.push([event, fields]),
  );
  const after = { ...EMPTY_PROFILE, owner: 'Wei', contact: '+86 secret' };
  const edit = { clusterId: 'team', who: 'ada', address: '::1', via: 'token', at: 0, after } as const;
  const set = await profiles.put(edit, 0);
  expect((await profiles.put(edit, 0)).kind).toBe('moved');
  const version = set.kind === 'set' ? set.record.version : null;
  expect(lines).toEqual([['owner', { cluster: 'team', who: 'ada', address: '::1', version }]]);
});
