import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paths } from '../../contract/paths.ts';
import { sameReplicaSets } from '../../domain/replica-sets.ts';
import { REVISION, scriptSaveBodies } from '../harness/script-save-bodies.ts';
import { createScriptRay, createScriptWorld, type RayCluster } from '../harness/script-world.ts';

/**
 * Generated bodies and paths, as Python takes them, through the console and straight to another Ray that is alike: what goes
 * through the console has the effect that Ray itself would give it, and the journal has that effect to the letter.
 */
interface Write {
  readonly method: 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: string;
}

const body = scriptSaveBodies({
  ids: fc.constantFrom(
    ...['team', 'team', 'new', 'a/b c', ' padded ', 'größe', '😀', '__proto__', '', 'a##b', '.', '{x}'],
  ),
  templates: fc.constantFrom('4c8g', '8c16g', 'revision', '__proto__', '1', ''),
  usual: 8,
});
const write: fc.Arbitrary<Write> = fc.oneof(
  { weight: 3, arbitrary: body.map((text) => ({ method: 'POST' as const, path: paths.virtualClusters, body: text })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        'team',
        'te%61m',
        'new',
        'a%2Fb%20c',
        '%20padded%20',
        'gr%C3%B6%C3%9Fe',
        'team%23%23x',
        '%7Bx%7D',
        'TEAM',
      )
      .map((id) => ({ method: 'DELETE' as const, path: `${paths.virtualClusters}/${id}` })),
  },
);

type HasClusters = { readonly clusters: () => Promise<ReadonlyMap<string, RayCluster>> };

/** The write as it is for this Ray, whose cluster may be on another revision. */
async function writeFor(ray: HasClusters, { body: text, ...rest }: Write): Promise<Write> {
  const now = (await ray.clusters()).get('team')?.revision ?? '5';
  return text === undefined ? rest : { ...rest, body: text.replaceAll(REVISION, now) };
}

const shape = (clusters: ReadonlyMap<string, RayCluster>) =>
  [...clusters]
    .map(([id, { divisible: is, replicaSets: sets }]) => ({ id, divisible: is, sets }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));

test('what a script sends has the effect that Ray gives it, and the journal has exactly that effect', async () => {
  const seen = { sent: 0, refused: 0, applied: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(write, { minLength: 1, maxLength: 4 }), async (writes) => {
      const start = '{"virtualClusterId":"team","replicaSets":{"4c8g":2}}';
      const world = await createScriptWorld({ '4c8g': 4, '8c16g': 4 }, start);
      const twin = await createScriptRay({ '4c8g': 4, '8c16g': 4 }, start);
      let rows = 0;
      for (const given of writes) {
        const through = await writeFor(world, given);
        const before = await world.clusters();
        const sentBefore = world.writes();
        const reply = await world.send(through.method, through.path, through.body);
        const after = await world.clusters();
        const journal = await world.journal();
        if (world.writes() === sentBefore) {
          seen.refused += 1;
          expect(after).toEqual(before);
          expect(reply).toMatch(/"result":false,"msg":"(Failed to|.*nothing was sent)|"problem":"bad-path"/i);
          expect(journal).toHaveLength(rows);
          continue;
        }
        seen.sent += 1;
        rows += 1;
        expect(journal).toHaveLength(rows);
        const straight = await writeFor(twin, given);
        await twin.direct(straight.method, straight.path, straight.body);
        expect(shape(after)).toEqual(shape(await twin.clusters()));

        const { wanted, result } = journal[0] ?? { wanted: null, result: null };
        if (result?.kind !== 'applied') {
          expect(after).toEqual(before);
          continue;
        }
        seen.applied += 1;
        const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
          (id) => JSON.stringify(before.get(id)) !== JSON.stringify(after.get(id)),
        );
        expect(changed).toEqual([wanted?.clusterId]);
        const now = after.get(wanted?.clusterId ?? '');
        if (wanted?.kind !== 'save') {
          expect([wanted?.kind, now]).toEqual(['delete', undefined]);
          continue;
        }
        expect(now).toMatchObject({ divisible: wanted.divisible, revision: result.revision });
        expect(sameReplicaSets(now?.replicaSets ?? {}, wanted.want)).toBe(true);
        const had = before.get(wanted.clusterId);
        if (had !== undefined) expect(wanted.base?.revision ?? '0').toBe(had.revision);
      }
      await world.close();
    }),
    { numRuns: 50 },
  );
  // The generator does not miss its subject.
  expect(seen.applied).toBeGreaterThan(15);
  expect(seen.refused).toBeGreaterThan(15);
}, 60_000);
