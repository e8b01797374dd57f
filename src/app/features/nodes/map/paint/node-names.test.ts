import { expect, test, vi } from 'vitest';
import type { MapNodes } from '../../../../../contract/map.ts';
import { createNodeNames } from './node-names.ts';

function namesOver(prefix: () => string = () => 'node') {
  const ask = vi.fn<(section: string, from: number, to: number) => Promise<MapNodes>>(async (section, from, to) => {
    const slots = Array.from({ length: Math.min(to, 250) - from }, (_, index) => from + index);
    return {
      version: 'e-1',
      section,
      from,
      ids: slots.map((slot) => (slot === 3 ? null : `${prefix()}-${section}-${String(slot)}`)),
      hostnames: slots.map(() => null),
    };
  });
  const arrived = vi.fn<() => void>();
  return { names: createNodeNames({ fetchNames: ask, onLoaded: arrived }), ask, arrived };
}

const still = { whole: false, shape: false, cells: [], renewed: [], moves: [] };

test('neighbouring slots are loaded once, in one request', async () => {
  const { names, ask, arrived } = namesOver();
  expect(names.at({ section: 's', slot: 7 })).toBeNull();
  expect(names.at({ section: 's', slot: 8 })).toBeNull();
  await vi.waitFor(() => expect(arrived).toHaveBeenCalled());
  expect(names.at({ section: 's', slot: 8 })).toEqual({ id: 'node-s-8', hostname: null });
  expect(names.at({ section: 's', slot: 3 })).toBeNull();
  expect(ask.mock.calls).toEqual([['s', 0, 200, expect.anything()]]);
});

test('a slot with another node is loaded again, the others are not', async () => {
  let prefix = 'old';
  const { names, ask, arrived } = namesOver(() => prefix);
  names.at({ section: 's', slot: 7 });
  names.at({ section: 's', slot: 207 });
  await vi.waitFor(() => expect(arrived).toHaveBeenCalledTimes(2));
  prefix = 'new';
  names.moved({ ...still, cells: [{ section: 's', slot: 7 }] });
  names.at({ section: 's', slot: 7 });
  await vi.waitFor(() => expect(arrived).toHaveBeenCalledTimes(3));
  expect(names.at({ section: 's', slot: 7 })?.id).toBe('new-s-7');
  expect(names.at({ section: 's', slot: 207 })?.id).toBe('old-s-207');
  expect(ask).toHaveBeenCalledTimes(3);
});

test('a reply from before an update is discarded', async () => {
  const { names, arrived } = namesOver();
  names.at({ section: 's', slot: 7 });
  names.moved({ ...still, renewed: ['s'], moves: [] });
  await vi.waitFor(() => expect(arrived).toHaveBeenCalled());
  expect(names.at({ section: 's', slot: 7 })).toBeNull();
});
