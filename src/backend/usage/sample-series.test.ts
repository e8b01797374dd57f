import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ClusterUsage, NodeUsage, UsageSample } from '../../domain/usage-sample.ts';
import { createSampleSeries, createSeriesNumbers } from './sample-series.ts';
import type { Values } from './sums.ts';

const load = { jobs: 0, cpuUsed: 1, cpuTotal: 4, gpuUsed: 0, gpuTotal: 0 };
const node = fc
  .record({ held: fc.integer({ min: 0, max: 3 }), isKnown: fc.boolean() })
  .map(({ held, isKnown }): NodeUsage =>
    isKnown
      ? { held, used: held, reserved: 0, idle: 0, dead: 0 }
      : { held, used: null, reserved: null, idle: null, dead: null },
  );
const cluster = fc
  .uniqueArray(fc.tuple(fc.constantFrom('x', 'y', 'z'), node), { selector: ([id]) => id })
  .map((templates): ClusterUsage => ({ templates: new Map(templates), load }));
const sample = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), cluster), { selector: ([id]) => id })
  .map((clusters): UsageSample => ({ at: 0, clusters: new Map(clusters), free: new Map([['x', 1]]) }));

it('what changes from sample to sample is all that the last one says', () => {
  fc.assert(
    fc.property(fc.array(sample, { minLength: 1, maxLength: 8 }), (samples) => {
      const numbers = createSeriesNumbers([]);
      const series = createSampleSeries(numbers);
      const seen = new Map<number, Values>();
      // Each one twice: nothing changes the second time.
      for (const each of samples) {
        for (const [number, values] of series.next(each)) {
          if (values === null) seen.delete(number);
          else seen.set(number, values);
        }
        expect(series.next(each)).toEqual([]);
        const alone = createSampleSeries(numbers);
        alone.next(each);
        expect(new Map(series.all())).toEqual(new Map(alone.all()));
        expect(seen).toEqual(new Map(alone.all()));
      }
    }),
    { numRuns: 60 },
  );
});
