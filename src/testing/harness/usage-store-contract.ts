import { describe, expect, test } from 'vitest';
import type { UsageStore } from '../../backend/usage/usage-store.ts';
import { DAY, HOUR } from '../../backend/usage/usage-store.ts';
import { seededRandom } from './seeded-random.ts';
import { MINUTE } from '../../domain/usage-sample.ts';

const start = 20_000 * DAY;
const bytes = (...values: number[]) => new Uint8Array(values);
const minute = (n: number, isKey = false) => ({
  at: start + n * MINUTE,
  minutes: 1,
  isKey,
  frame: bytes(n % 256, 1, 2),
});

/** What every usage store does. */
export function usageStoreContract(name: string, create: () => UsageStore): void {
  describe(`a usage store ${name}`, () => {
    test('has minutes in order, from the key frame at or before a time', () => {
      const store = create();
      expect(store.minutes(0, start + DAY)).toEqual([]);
      for (let n = 0; n < 150; n++) store.addMinute(minute(n, n % 60 === 0), []);
      const from70 = store.minutes(start + 70 * MINUTE, start + 72 * MINUTE);
      expect(from70[0]).toEqual(minute(60, true));
      expect(from70.at(-1)).toEqual(minute(71));
      expect(from70).toHaveLength(12);
      expect(store.minutes(0, start + 2 * MINUTE)).toHaveLength(2);
      expect([start + 148.5 * MINUTE, start + DAY].map(store.nextMinute)).toEqual([start + 149 * MINUTE, null]);
      store.dropMinutes(start + HOUR);
      expect(store.minutes(0, start + DAY)).toHaveLength(90);
      store.close();
    });

    test('has series by number, whatever they are called', () => {
      const store = create();
      const odd = { kind: 'nodes', clusterId: '__proto__\n"', templateId: null } as const;
      const free = { kind: 'free', clusterId: null, templateId: '4c8g' } as const;
      store.addMinute(minute(0, true), [odd]);
      store.addMinute(minute(1), [free]);
      expect(store.series()).toEqual([odd, free]);
      store.close();
    });

    test('keeps all that a task writes at once', () => {
      const store = create();
      const series = { kind: 'free', clusterId: null, templateId: '4c8g' } as const;
      store.atOnce(() => {
        store.addMinute(minute(0, true), [series]);
        store.addMinute(minute(1), []);
        store.putBlocks(start, new Map([['a', bytes(1)]]));
        store.putDay(start, bytes(2));
        store.setSimulatedUntil(start);
      });
      expect(store.minutes(start, start + HOUR)).toHaveLength(2);
      expect(store.series()).toEqual([series]);
      expect([store.block(start, 'a'), store.day(start)]).toEqual([bytes(1), bytes(2)]);
      expect(store.simulatedUntil()).toBe(start);
      store.close();
    });

    test('has a day once it is put, and not before', () => {
      const store = create();
      store.putBlocks(
        start,
        new Map([
          [null, bytes(1)],
          ['a', bytes(2)],
        ]),
      );
      expect(store.days()).toEqual([]);
      store.putDay(start, bytes(3));
      store.putBlocks(start - DAY, new Map([[null, bytes(4)]]));
      store.putDay(start - DAY, bytes(5));
      expect(store.days()).toEqual([start - DAY, start]);
      expect(store.block(start, null)).toEqual(bytes(1));
      expect(store.block(start, 'a')).toEqual(bytes(2));
      expect(store.block(start, 'b')).toBeNull();
      expect(store.day(start)).toEqual(bytes(3));
      store.dropDay(start - DAY);
      expect(store.days()).toEqual([start]);
      expect(store.block(start - DAY, null)).toBeNull();
      store.close();
    });

    test('tells its size, and until when it was simulated', () => {
      const store = create();
      const random = seededRandom(1);
      const before = store.bytes();
      store.putBlocks(start, new Map([['a', Uint8Array.from({ length: 100_000 }, () => Math.floor(random() * 256))]]));
      store.putDay(start, bytes(1));
      expect(store.bytes()).toBeGreaterThan(before);
      expect(store.simulatedUntil()).toBeNull();
      store.setSimulatedUntil(start);
      expect(store.simulatedUntil()).toBe(start);
      store.close();
    });
  });
}
