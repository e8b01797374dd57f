import { expect, test } from 'vitest';
import { computeLayout } from '../layout/compute-layout.ts';
import { keyAction, type KeyAction, type KeyboardPlace } from './map-keyboard.ts';
import { applyMap, emptyMap } from '../layout/map-model.ts';
import { randomMap } from '../testing/random-map.ts';

const model = emptyMap();
applyMap(model, randomMap({ seed: 3, nodes: 200, clusters: 6 }));
const plot = { width: 1_200, height: 700 };
const layout = computeLayout(model.sections.values(), 'cluster', plot, null);
const nowhere: KeyboardPlace = { cell: null, card: null };

const press = (key: string, at: KeyboardPlace) => keyAction(key, at, layout, model.sections);
function placeAfter(action: KeyAction | null): KeyboardPlace {
  if (action?.kind !== 'go') throw new Error('goes nowhere');
  return action.to;
}

test('by keyboard one goes to a node, to its card, over the cards, opens one, goes into it, and opens a node', () => {
  const node = placeAfter(press('ArrowRight', nowhere));
  expect(node.cell).not.toBeNull();
  const card = placeAfter(press('Escape', node));
  expect(card.card?.name).toEqual({ kind: 'pool' });
  const last = placeAfter(press('End', card));
  expect(last.card).toBe(layout.groups.at(-1));
  const { name } = last.card ?? {};
  if (name?.kind !== 'cluster') throw new Error('no virtual cluster is last');
  expect(press(' ', last)).toEqual({ kind: 'open-card', card: { clusterId: name.id } });
  const inside = placeAfter(press('Enter', last));
  expect(inside.card).toBeNull();
  expect(inside.cell?.section.startsWith(`${name.id}|`)).toBe(true);
  expect(press('Enter', inside)).toEqual({ kind: 'open-node', cell: inside.cell });
  expect(placeAfter(press('Escape', last))).toEqual(nowhere);
});

test('Escape where the keyboard is nowhere, and keys without a meaning, are for somebody else', () => {
  expect(press('Escape', nowhere)).toBeNull();
  expect(press('Enter', nowhere)).toBeNull();
  expect(press('t', placeAfter(press('ArrowRight', nowhere)))).toBeNull();
  const byTemplate = computeLayout(model.sections.values(), 'template', plot, null);
  const at = placeAfter(keyAction('ArrowRight', nowhere, byTemplate, model.sections));
  expect(keyAction('Escape', at, byTemplate, model.sections)).toBeNull();
});

test('zoom keys mean the same anywhere, also before there is a map', () => {
  expect(keyAction('+', nowhere, null, model.sections)).toEqual({ kind: 'zoom', factor: 1.5 });
  expect(press('-', placeAfter(press('ArrowDown', nowhere)))).toEqual({ kind: 'zoom', factor: 1 / 1.5 });
  expect(press('0', nowhere)).toEqual({ kind: 'fit' });
  expect(keyAction('ArrowRight', nowhere, null, model.sections)).toBeNull();
});
