import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SHOWN_STATES, readMapQuery, withMapQuery, type MapQuery } from './map-query.ts';

const plain: MapQuery = {
  grouping: 'cluster',
  colouring: 'cluster',
  isKiosk: false,
  states: [],
  q: '',
  card: null,
  node: null,
  lit: [],
  holder: null,
  place: null,
};

test('a plain map has a plain link', () => {
  expect(readMapQuery('')).toEqual(plain);
  expect(withMapQuery('', plain)).toBe('');
});

test('what is written is what is read', () => {
  const share = fc.integer({ min: 0, max: 10_000 }).map((value) => value / 10_000);
  const query = fc.record<MapQuery>({
    grouping: fc.constantFrom('cluster', 'template'),
    colouring: fc.constantFrom('cluster', 'state', 'use'),
    card: fc.option(fc.record({ clusterId: fc.option(fc.string({ minLength: 1 })) })),
    isKiosk: fc.boolean(),
    states: fc.subarray([...SHOWN_STATES]),
    q: fc.string().map((text) => text.trim()),
    node: fc.option(fc.string({ minLength: 1 })),
    lit: fc.array(fc.stringMatching(/^[0-9a-f]{4,8}$/)),
    holder: fc.option(fc.record({ clusterId: fc.option(fc.string()) })),
    place: fc.option(
      fc.record({ zoom: fc.integer({ min: 1, max: 9_600 }).map((value) => value / 100), x: share, y: share }),
    ),
  });
  fc.assert(
    fc.property(query, (all) => {
      expect(readMapQuery(withMapQuery('', all))).toEqual(all);
    }),
  );
});

test('what is not the map’s stays, and nonsense is left out', () => {
  expect(withMapQuery('?view=table&states=dead', { q: 'rack-2' })).toBe('?view=table&states=dead&q=rack-2');
  expect(readMapQuery('?states=dead,late&group=colour&z=NaN&x=1&y=1')).toEqual({ ...plain, states: ['dead'] });
  expect(readMapQuery('?z=-3&x=0.5&y=0.5').place).toBeNull();
});
