import { expect, test } from 'vitest';
import { cellPaint } from './cell-paint.ts';
import type { MapColours } from './colours.ts';

const states: MapColours['states'] = {
  used: 'used',
  reserved: 'reserved',
  idle: 'idle',
  free: 'free',
  alive: 'alive',
  arriving: 'arriving',
  dead: 'dead',
  unknown: 'unknown',
};
const colours: MapColours = {
  surface: '',
  text: '',
  quiet: '',
  line: '',
  mark: '',
  current: '',
  heat: 'heat',
  states,
  hues: ['hue 0', 'hue 1'],
};
const by = (colouring: 'cluster' | 'state' | 'use') => ({ colours, colouring, hue: 1 });

test('the colour tells the virtual cluster, the state or the use; dead and arriving nodes stand out in each', () => {
  expect(cellPaint('used', 5, by('cluster')).colour).toBe('hue 1');
  expect(cellPaint('used', 5, by('state')).colour).toBe('used');
  expect(cellPaint('used', 5, by('use')).colour).toBe('heat');
  for (const colouring of ['cluster', 'state', 'use'] as const)
    for (const state of ['dead', 'arriving', 'unknown'] as const)
      expect(cellPaint(state, 0, by(colouring)).colour).toBe(state);
});

test('the fill is the load; where it is not known, it never looks like none', () => {
  expect(cellPaint('used', 5, by('cluster')).fill).toBe(0.5);
  expect(cellPaint('used', 1, by('cluster')).fill).toBeGreaterThan(0);
  expect(cellPaint('used', 0, by('cluster')).fill).toBe(1);
  expect(cellPaint('idle', 0, by('use')).colour).toBe('unknown');
  expect(cellPaint('idle', 1, by('use')).colour).toBe('heat');
});

test('as dots, a fuller node is stronger, and a reserved one is between used and idle', () => {
  const weight = (state: 'used' | 'reserved' | 'idle', load: number) => cellPaint(state, load, by('cluster')).weight;
  expect(weight('used', 9)).toBeGreaterThan(weight('used', 2));
  expect(weight('used', 2)).toBeGreaterThan(weight('reserved', 1));
  expect(weight('reserved', 1)).toBeGreaterThan(weight('idle', 1));
});
