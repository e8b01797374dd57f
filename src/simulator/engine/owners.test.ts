import { expect, test } from 'vitest';
import { checkProfile } from '../../domain/cluster-profile.ts';
import { createSimulator } from '../simulator.ts';

test('the demo fleet’s owners are profiles as the console takes them', () => {
  const profiles = createSimulator({
    seed: 1,
    clock: { now: () => Date.UTC(2026, 2, 4), after: () => () => undefined },
  });
  const made = [...profiles.profiles()];
  expect(made.map(([id]) => id).toSorted()).toEqual([
    'etl-nightly',
    'feature-store',
    'notebooks',
    'serving',
    'train-llm',
  ]);
  for (const [, profile] of made) expect(checkProfile(profile)).toEqual({ ok: true, profile });
});
