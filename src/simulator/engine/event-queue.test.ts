import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue } from './event-queue.ts';

test('what is due first comes first, and at the same time what was planned first', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 }), (times) => {
      const queue = new EventQueue();
      const happened: (readonly [number, number])[] = [];
      times.forEach((at, order) => queue.schedule(at, () => happened.push([at, order])));
      for (let run = queue.takeNext(); run !== null; run = queue.takeNext()) run();
      expect(happened).toEqual(
        times.map((at, order) => [at, order] as const).toSorted(([a, i], [b, j]) => a - b || i - j),
      );
      expect(queue.nextAt()).toBeNull();
    }),
    { seed: 3 },
  );
});
