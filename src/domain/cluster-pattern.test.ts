import { expect, test } from 'vitest';
import { matchesClusterPattern } from './cluster-pattern.ts';

test.each([
  ['*', 'anything', true],
  ['*', '', true],
  ['team-a', 'team-a', true],
  ['team-a', 'team-ab', false],
  ['team-a', 'xteam-a', false],
  ['team-a-*', 'team-a-etl', true],
  ['team-a-*', 'team-a-', true],
  ['team-a-*', 'team-a', false],
  ['team-a-*', 'team-b-etl', false],
  ['*-prod', 'team-a-prod', true],
  ['*-prod', 'team-a-prod-2', false],
  ['team-*-etl-*', 'team-a-etl-1', true],
  ['team-*-etl-*', 'team-a-train-1', false],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['a**b', 'a-b', true],
  ['.*', 'team', false],
  ['team.a', 'team-a', false],
  ['TEAM-A', 'team-a', false],
  // Job clusters go with what they were cut from, never by their own end.
  ['team-a', 'team-a##raysubmit_1', true],
  ['team-a-*', 'team-a-etl##raysubmit_1', true],
  ['team-a-*', 'team-b##team-a-', false],
  ['*raysubmit_1', 'team-b##raysubmit_1', false],
  ['team-a-*', 'kPrimaryClusterID##raysubmit_1', false],
  // Another ## belongs to the submission id, which anybody may choose.
  ['*-b', 'team-a##x-b##raysubmit_1', false],
  ['team-a', 'team-a##x-b##raysubmit_1', true],
  ['team-a', 'team-a##my job?', true],
])('%s means %s: %s', (pattern, id, expected) => {
  expect(matchesClusterPattern(pattern, id)).toBe(expected);
});

test('a long pattern on a long id takes no time', () => {
  expect(matchesClusterPattern('*a'.repeat(5_000), `${'a'.repeat(20_000)}b`)).toBe(false);
});
