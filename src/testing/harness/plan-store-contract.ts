import { describe, expect, test } from 'vitest';
import type { PlanBounds, PlanStore } from '../../backend/plans/plan-store.ts';
import type { Plan } from '../../contract/plan.ts';
import type { StepState } from '../../domain/plan/run.ts';
import { goalOf, stepOf } from './plan-steps.ts';

/** A draft of one step, at its first version. */
export function planOf(id: string, given: Partial<Plan> = {}, state: StepState = { kind: 'pending' }): Plan {
  const step = stepOf(goalOf('team', null, { '4c8g': 1 }));
  return {
    id,
    version: 1,
    name: 'Night',
    createdBy: 'Ada',
    createdAt: 1_800_000_000_000,
    changedAt: 1_800_000_000_000,
    condition: { kind: 'now' },
    isOwnOrder: false,
    undoes: null,
    run: { state: { kind: 'draft' }, steps: [{ step, state }] },
    ...given,
  };
}

/** What every store of plans does. `open`: an empty store. */
export function describePlanStore(open: (bounds: PlanBounds) => Promise<PlanStore> | PlanStore): void {
  const idsIn = async (store: PlanStore) => (await store.all()).map(({ id }) => id);

  describe('a store of plans', () => {
    test('gives back what it was given, the one that changed last first', async () => {
      const store = await open({ most: 10, mostCharacters: 1e6 });
      expect(await store.put(planOf('a'))).toBe(true);
      expect(await store.put(planOf('b'))).toBe(true);
      expect(await idsIn(store)).toEqual(['b', 'a']);
      expect(await store.put(planOf('a', { version: 2, name: 'Day' }))).toBe(true);
      expect(await idsIn(store)).toEqual(['a', 'b']);
      expect(await store.get('a')).toEqual(planOf('a', { version: 2, name: 'Day' }));
      expect(await store.get('c')).toBeNull();
    });

    test('sums up each plan as it is now, the one that changed last first', async () => {
      const store = await open({ most: 10, mostCharacters: 1e6 });
      await store.put(planOf('a', {}, { kind: 'done', changeId: 'x' }));
      await store.put(planOf('b'));
      const of = async () => (await store.summaries()).map(({ id, name, done, steps }) => [id, name, done, steps]);
      expect(await of()).toEqual([
        ['b', 'Night', 0, 1],
        ['a', 'Night', 1, 1],
      ]);
      await store.put(planOf('a', { version: 2, name: 'Day' }));
      await store.delete('b', 1);
      expect(await of()).toEqual([['a', 'Day', 0, 1]]);
      // Deleted and created again, it has the same version and is another plan.
      await store.delete('a', 2);
      await store.put(planOf('a', { name: 'Another' }));
      expect(await of()).toEqual([['a', 'Another', 0, 1]]);
    });

    test('takes only the next version, so that nobody overwrites what they have not seen', async () => {
      const store = await open({ most: 10, mostCharacters: 1e6 });
      expect(await store.put(planOf('a', { version: 2 }))).toBe(false);
      await store.put(planOf('a'));
      expect(await store.put(planOf('a', { name: 'Other' }))).toBe(false);
      expect(await store.put(planOf('a', { version: 3 }))).toBe(false);
      expect((await store.get('a'))?.name).toBe('Night');
      expect(await store.delete('a', 2)).toBe(false);
      expect(await store.delete('a', 1)).toBe(true);
      expect(await store.delete('a', 1)).toBe(false);
      expect(await store.all()).toEqual([]);
    });

    test('drops the ones that changed longest ago, but none with an outcome to find out', async () => {
      const store = await open({ most: 2, mostCharacters: 1e6 });
      await store.put(planOf('open', {}, { kind: 'unknown', changeId: 'x' }));
      for (const id of ['a', 'b', 'c']) await store.put(planOf(id));
      expect(await idsIn(store)).toContain('open');
      expect(await idsIn(store)).toContain('c');
      expect(await idsIn(store)).not.toContain('a');
    });

    test('nobody pushes out plans of others: whoever has most gives theirs up', async () => {
      const store = await open({ most: 4, mostCharacters: 1e6 });
      for (const id of ['a', 'b']) await store.put(planOf(id));
      for (const id of ['1', '2', '3', '4', '5']) await store.put(planOf(id, { createdBy: 'Eve' }));
      expect(await idsIn(store)).toEqual(['5', '4', 'b', 'a']);
      const byLength = await open({ most: 10, mostCharacters: 4_500 });
      await byLength.put(planOf('a'));
      for (const id of ['1', '2', '3']) await byLength.put(planOf(id, { createdBy: 'Eve', name: 'x'.repeat(2_000) }));
      expect(await idsIn(byLength)).toEqual(['3', 'a']);
    });

    test('drops the ones that changed longest ago once they have too many characters in all, but not the newest', async () => {
      const store = await open({ most: 10, mostCharacters: 2_000 });
      const name = 'x'.repeat(1_000);
      for (const id of ['a', 'b', 'c']) await store.put(planOf(id, { name }));
      expect(await idsIn(store)).toEqual(['c']);
      await store.put(planOf('huge', { name: 'x'.repeat(3_000) }));
      expect(await idsIn(store)).toEqual(['huge']);
    });
  });
}
