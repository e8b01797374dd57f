import { expect, test } from 'vitest';
import { EMPTY_PROFILE, type ClusterProfile } from '../../domain/cluster-profile.ts';
import { createInMemoryProfileLog } from '../journal/in-memory-profile-log.ts';
import { createClusterProfiles } from './cluster-profiles.ts';
import { recordSimulatedProfiles } from './simulated-profiles.ts';

const NOW = Date.UTC(2026, 2, 4, 9, 30);
const research: ClusterProfile = { ...EMPTY_PROFILE, owner: 'Research' };
const made = new Map([['train-llm', research]]);

function createProfiles() {
  const log = createInMemoryProfileLog({ clock: { now: () => NOW }, days: 400 });
  return createClusterProfiles({ log, isListed: () => true, onChanged: () => undefined });
}

test('a simulated fleet has owners at first', async () => {
  const profiles = createProfiles();
  await recordSimulatedProfiles(profiles, made, NOW);
  expect(profiles.shown('train-llm')?.profile).toEqual(research);
});

test('what somebody took away is not made up again', async () => {
  const profiles = createProfiles();
  await recordSimulatedProfiles(profiles, made, NOW);
  const version = profiles.shown('train-llm')?.version ?? 0;
  const edit = {
    clusterId: 'train-llm',
    who: 'ann',
    address: '',
    via: 'local',
    at: NOW,
    after: EMPTY_PROFILE,
  } as const;
  await profiles.put(edit, version);
  await recordSimulatedProfiles(profiles, made, NOW);
  expect(profiles.shown('train-llm')?.profile).toEqual(EMPTY_PROFILE);
});

test('a journal that can’t be written leaves the fleet without them', async () => {
  const profiles = createProfiles();
  const put = () => Promise.reject(new Error('disk full'));
  await recordSimulatedProfiles({ edits: profiles.edits, put }, made, NOW);
  expect(profiles.shown('train-llm')).toBeNull();
});
