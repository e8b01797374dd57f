import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import type { Clock } from '../../clock.ts';
import { createSimulator } from '../simulator.ts';

const agent = { 'User-Agent': 'test' };
const amounts = z.record(z.string(), z.union([z.string(), z.number()]));
const statePage = z.object({
  data: z.object({
    result: z.object({
      result: z.array(
        z.object({ visible_node_instances: z.record(z.string(), z.object({ resources_available: amounts })) }),
      ),
    }),
  }),
});

/** A simulated Ray on a clock that stands still until it is moved. */
async function setUp(lively: boolean, nodes = 200) {
  const time = { now: 1_800_000_000_000 };
  const clock: Clock = { now: () => time.now, after: () => () => undefined };
  const { ray, control } = createSimulator({ seed: 1, clock });
  const body = JSON.stringify({ templates: { '4c8g': nodes }, seed: 1, lively });
  await control(new Request('http://ray/simulator/reset', { method: 'POST', body }));
  const read = async (path: string) => (await ray(new Request(`http://ray${path}`, { headers: agent }))).text();
  await ray(
    new Request('http://ray/virtual_clusters', {
      method: 'POST',
      headers: agent,
      body: JSON.stringify({ virtualClusterId: 'a', divisible: false, replicaSets: { '4c8g': nodes } }),
    }),
  );
  const used = async () => {
    const page = statePage.parse(JSON.parse(await read('/api/v0/vclusters?detail=true')));
    return new Map(
      page.data.result.result.flatMap((row) =>
        Object.entries(row.visible_node_instances).map(([id, node]) => [id, node.resources_available] as const),
      ),
    );
  };
  const scenario = (name: string) =>
    control(new Request('http://ray/simulator/reset', { method: 'POST', body: JSON.stringify({ scenario: name }) }));
  return { time, read, used, scenario };
}

describe('a lively Ray', () => {
  test('uses other amounts of memory and object store at each read, and of CPUs the same', async () => {
    const { time, used } = await setUp(true);
    const before = await used();
    time.now += 3_000;
    const after = await used();
    const moved = (what: string) => [...before].filter(([id, amount]) => amount[what] !== after.get(id)?.[what]).length;
    expect([...after.keys()].toSorted()).toEqual([...before.keys()].toSorted());
    expect(moved('CPU')).toBe(0);
    expect(moved('memory')).toBeGreaterThan(150);
    expect(moved('object_store_memory')).toBeGreaterThan(150);
  });

  test('uses no memory on idle nodes of a scenario, where Ray would keep them for it (fact 31)', async () => {
    const { used, scenario } = await setUp(true);
    await scenario('demo');
    const amounts = [...(await used()).values()];
    const workers = amounts.filter(({ CPU }) => CPU !== undefined);
    const isUsed = (amount: unknown) => !/^0\.0( B)?$/.test(String(amount));
    expect(workers.filter(({ CPU, memory }) => isUsed(CPU) !== isUsed(memory))).toEqual([]);
    expect(workers.filter(({ CPU }) => isUsed(CPU))).not.toHaveLength(0);
  });

  test('gives its keys in another order each time', async () => {
    const { time, read } = await setUp(true);
    const orders = async () =>
      (await read('/api/v0/vclusters?detail=true')).replaceAll(/"[\d.]+ (?:B|[KMG]iB)(?: \/ [^"]*)?"/g, '""');
    const before = await orders();
    time.now += 3_000;
    const after = await orders();
    expect(after).not.toBe(before);
    expect([...after].toSorted().join('')).toBe([...before].toSorted().join(''));
  });

  test('stands still where nobody wanted it lively', async () => {
    const { time, read } = await setUp(false);
    const before = await read('/api/v0/vclusters?detail=true');
    time.now += 3_000;
    expect(await read('/api/v0/vclusters?detail=true')).toBe(before);
  });
});

test('each reply weighs per node about what a real one does', async () => {
  const nodes = 400;
  const { read } = await setUp(true, nodes);
  const weight = async (path: string) => Math.round((await read(path)).length / nodes);
  expect(await weight('/virtual_clusters?t=1')).toBeGreaterThan(110);
  expect(await weight('/api/v0/nodes?detail=true&limit=10000')).toBeGreaterThan(430);
  expect(await weight('/api/v0/vclusters?detail=true')).toBeGreaterThan(1_000);
  expect(await weight('/nodes?view=summary')).toBeGreaterThan(6_500);
});
