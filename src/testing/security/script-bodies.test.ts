import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paths } from '../../contract/paths.ts';
import { sameReplicaSets } from '../../domain/replica-sets.ts';
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

/** Stands for the revision that the cluster has in the Ray that a write goes to. */
const REVISION = '%REVISION%';

/** Text as a JSON string, some of its characters escaped. */
const jsonText = (text: fc.Arbitrary<string>) =>
  fc
    .tuple(text, fc.infiniteStream(fc.boolean()))
    .map(
      ([all, escapes]) =>
        `"${[...all].map((each) => (escapes.next().value === true ? escaped(each) : JSON.stringify(each).slice(1, -1))).join('')}"`,
    );

function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
}

const ids = fc.constantFrom(
  'team',
  'team',
  'new',
  'a/b c',
  ' padded ',
  'größe',
  '😀',
  '__proto__',
  '',
  'a##b',
  '.',
  '{x}',
);
const templates = fc.constantFrom('4c8g', '8c16g', 'revision', '__proto__', '1', '');
const anything = fc.constantFrom('null', 'true', '"x"', '[]', '{}', '-1', '1e3', 'NaN', '[[1,2]]', '"\\ud800"');
const mostly = (usual: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 8, arbitrary: usual }, { weight: 1, arbitrary: anything });

const counts = mostly(fc.oneof(fc.nat(4).map(String), fc.constantFrom('2.0', '"2"', '-0', '2147483648', 'true')));
const pair = fc.tuple(jsonText(templates), counts);
const replicaSets = mostly(
  fc.oneof(
    fc.array(pair, { maxLength: 3 }).map((all) => `{${all.map(([key, count]) => `${key}:${count}`).join(',')}}`),
    fc.array(pair, { maxLength: 3 }).map((all) => `[${all.map(([key, count]) => `[${key},${count}]`).join(',')}]`),
  ),
);
const revision = mostly(
  fc.oneof(
    fc.constantFrom(
      REVISION,
      `"${REVISION}"`,
      `" ${REVISION}\\n"`,
      `"+${REVISION}"`,
      `"00${REVISION}"`,
      `${REVISION}.0`,
    ),
    fc.constantFrom('0', '0.0', 'false', '"0"', '-0.5', '7', '1.8e18', '18446744073709551616'),
  ),
);
const divisible = mostly(fc.constantFrom('true', 'false', '"TRUE"', '"False"', '1', '" true"'));
const member = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(jsonText(fc.constant('virtualClusterId')), mostly(jsonText(ids))) },
  { weight: 4, arbitrary: fc.tuple(jsonText(fc.constant('replicaSets')), replicaSets) },
  { weight: 4, arbitrary: fc.tuple(jsonText(fc.constant('revision')), revision) },
  { weight: 2, arbitrary: fc.tuple(jsonText(fc.constant('divisible')), divisible) },
  { weight: 1, arbitrary: fc.tuple(jsonText(fc.constantFrom('mode', 'Revision', '__proto__')), anything) },
);
const blank = fc.constantFrom('', ' ', '\n\t');
const body = fc
  .tuple(jsonText(ids), fc.array(member, { maxLength: 6 }), blank, fc.integer({ min: 0, max: 9 }))
  .map(([id, more, space, form]) => {
    const members = [['"virtualClusterId"', id] as const, ...more];
    if (form === 0) return `[${members.map(([key, value]) => `[${key},${value}]`).join(space + ',')}]`;
    return `{${space}${members.map(([key, value]) => `${key}${space}:${value}`).join(`,${space}`)}}`;
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
      const world = await createScriptWorld({ '4c8g': 4, '8c16g': 4 });
      const twin = await createScriptRay({ '4c8g': 4, '8c16g': 4 });
      const start = '{"virtualClusterId":"team","replicaSets":{"4c8g":2}}';
      for (const each of [world, twin]) await each.direct('POST', paths.virtualClusters, start);
      await world.console.fleet();
      await world.clock.advance(10_000);
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
          expect(reply).toMatch(/"result":false,"msg":"(Failed to|.*nothing was sent)/i);
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
}, 20_000);
