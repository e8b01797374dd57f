import { expect, test } from 'vitest';
import { HUES, lookOf } from './card-look.ts';

const ids = Array.from({ length: 210 }, (_, index) => `team-${String(index).padStart(4, '0')}`);

test('a virtual cluster always looks the same, and never as the free pool', () => {
  expect(ids.map(lookOf)).toEqual(ids.map(lookOf));
  expect(ids.every((id) => lookOf(id).hue < HUES)).toBe(true);
  expect(lookOf(null).hue).toBe(HUES);
});

test('similar ids use all hues about equally, and shapes besides', () => {
  for (let hue = 0; hue < HUES; hue++) {
    const own = ids.filter((id) => lookOf(id).hue === hue);
    expect(own.length).toBeGreaterThan(15);
    expect(own.length).toBeLessThan(50);
    expect(new Set(own.map((id) => lookOf(id).shape)).size).toBeGreaterThan(3);
  }
});
