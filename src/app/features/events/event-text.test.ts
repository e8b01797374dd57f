import { describe, expect, test } from 'vitest';
import type { FleetEvent } from '../../../contract/recent-events.ts';
import { readMapQuery } from '../../routing/map-query.ts';
import { eventMapPath, eventText } from './event-text.ts';

const some = { n: 1, at: 0, templateId: '4c8g' };
const cases: readonly (readonly [FleetEvent, string])[] = [
  [{ ...some, kind: 'died', count: 1, nodeIds: ['ab'], clusterId: 'etl' }, '1 4c8g node died in etl'],
  [
    { ...some, kind: 'arrived', count: 2_000, nodeIds: ['ab', 'cd'], templateId: null, clusterId: null },
    '2,000 nodes joined the free pool',
  ],
  [{ ...some, kind: 'left', count: 3, nodeIds: ['ab'], clusterId: null }, '3 4c8g nodes left the free pool'],
  [{ ...some, kind: 'replaced', count: 2, nodeIds: ['ab'], clusterId: 'etl' }, 'Ray replaced 2 dead 4c8g nodes in etl'],
  [
    { ...some, kind: 'moved', count: 2, nodeIds: ['ab'], from: null, to: 'etl' },
    '2 4c8g nodes moved from the free pool to etl',
  ],
  [{ kind: 'cluster-created', n: 1, at: 0, clusterId: 'etl' }, 'etl was created'],
  [{ kind: 'cluster-deleted', n: 1, at: 0, clusterId: 'etl' }, 'etl was deleted'],
  [{ kind: 'cluster-created', n: 1, at: 0, clusterId: 'a\u202eb' }, 'a\\u{202e}b was created'],
  [
    { ...some, kind: 'moved', count: 1, nodeIds: ['ab'], from: 'a\u200bb', to: null },
    '1 4c8g node moved from a\\u{200b}b to the free pool',
  ],
];

test.each(cases)('%o reads as one line', (event, expected) => {
  expect(eventText(event)).toBe(expected);
});

describe('the link', () => {
  const queryOf = (event: FleetEvent) =>
    readMapQuery((eventMapPath(event, '?group=template&q=x&z=3&x=0&y=0') ?? '').split('?')[1] ?? '');

  test('highlights the nodes of the event where they are now', () => {
    expect(queryOf({ ...some, kind: 'moved', count: 2, nodeIds: ['ab', 'cd'], from: 'etl', to: null })).toMatchObject({
      lit: ['ab', 'cd'],
      holder: { clusterId: null },
      grouping: 'template',
      q: '',
      place: null,
    });
  });
  test('of nodes that left shows their former holder', () => {
    expect(queryOf({ ...some, kind: 'left', count: 1, nodeIds: ['ab'], clusterId: 'a&b' })).toMatchObject({
      lit: [],
      holder: { clusterId: 'a&b' },
    });
  });
  test('is null where nothing is left to show', () => {
    expect(eventMapPath({ kind: 'cluster-deleted', n: 1, at: 0, clusterId: 'etl' }, '')).toBeNull();
  });
});
