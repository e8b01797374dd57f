import { expect, test } from 'vitest';
import { createShares, type Shares } from './shares.ts';

/** Takes one after the other until it is refused; how much that was. */
function takeAll(shares: Shares, holder: string): number {
  let taken = 0;
  while (shares.take(holder, 1) === 'taken') taken += 1;
  return taken;
}

test('one holder alone gets their share of all, and no more', () => {
  expect(takeAll(createShares({ capacity: 600, ratio: 1 }), 'eve')).toBe(300);
  expect(takeAll(createShares({ capacity: 2_000, ratio: 3 }), 'eve')).toBe(1_500);
});

test('holders who take all they can leave a part of the rest to the next one', () => {
  const shares = createShares({ capacity: 32_000, ratio: 1 / 8 });
  const taken = Array.from({ length: 12 }, (_, each) => takeAll(shares, `eve-${String(each)}`));
  expect(taken[0]).toBe(3_555);
  expect(shares.held()).toBeLessThan(32_000 * 0.77);
  expect(takeAll(shares, 'anna')).toBeGreaterThan(800);
});

test('says whether the holder or everybody has too much, and what is given back can be taken again', () => {
  const shares = createShares({ capacity: 4, ratio: 1 });
  expect([shares.take('eve', 2), shares.take('eve', 1), shares.take('anna', 3)]).toEqual([
    'taken',
    'share-used',
    'full',
  ]);
  shares.release('eve', 2);
  expect([shares.held(), shares.take('anna', 2)]).toEqual([0, 'taken']);
});
