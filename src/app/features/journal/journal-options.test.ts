import { expect, it } from 'vitest';
import type { Change } from '../../../contract/change.ts';
import { deduplicateChanges, clusterFilterOptions } from './journal-options.ts';

function change(id: string, clusterId: string): Change {
  return {
    id,
    wanted: { kind: 'release', clusterId },
    who: 'somebody',
    address: '127.0.0.1',
    via: 'local',
    by: 'page',
    askedAt: 1,
    settledAt: null,
    attempts: 0,
    before: null,
    result: null,
    moved: null,
  };
}

const rest = { total: 3, next: null, kept: { since: 0, most: 10, days: 400, durable: true } };

it('a change that shifted on to the next page is listed once, in its place', () => {
  const [a, b, c] = [change('a', 'x'), change('b', 'x'), change('c', 'x')];
  const pages = [
    { changes: [a, b], ...rest },
    { changes: [b, c], ...rest },
  ];
  expect(deduplicateChanges(pages).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
});

it('offers existing, deleted and selected clusters, each once', () => {
  expect(
    clusterFilterOptions(['team-10', 'team-2'], [change('a', 'team-2##raysubmit_X'), change('b', 'gone')], 'asked'),
  ).toEqual(['asked', 'gone', 'team-2', 'team-10']);
});
