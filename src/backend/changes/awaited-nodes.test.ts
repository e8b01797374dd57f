import { expect, test } from 'vitest';
import { createSimulatedRay } from '../../testing/harness/simulated-console.ts';
import { readList } from '../../simulator/conformance/replies.ts';

test('a change remembers which dead nodes waited for what it gave back, and Ray gives it to them (fact 32)', async () => {
  const ray = await createSimulatedRay({ gpu: 3 });
  const console = ray.start();
  await console.create('serving', { gpu: 1 });
  await console.create('giver', { gpu: 2 });
  let reads = 0;
  const membersOf = async (id: string) => {
    const list = readList(await (await ray.script('GET', `/virtual_clusters?t=script-${String((reads += 1))}`)).text());
    return Object.keys(list.find(({ virtualClusterId }) => virtualClusterId === id)?.nodeInstances ?? {});
  };
  const [dying] = await membersOf('serving');
  await ray.control('DELETE', `/nodes/${dying ?? ''}`);
  await ray.clock.advance(60_000);
  const { clusters } = await console.fleet();
  expect(clusters.find(({ id }) => id === 'serving')?.templates[0]?.dead).toMatchObject({ value: 1 });

  const { revision, replicaSets } = await console.seen('giver');
  const save = {
    kind: 'save',
    clusterId: 'giver',
    divisible: false,
    base: { revision, replicaSets },
    want: { gpu: 1 },
  } as const;
  const change = await console.change(save);
  expect(change.moved?.awaitedBy).toEqual([{ templateId: 'gpu', clusterId: 'serving', dead: 1 }]);
  expect((await console.known(console.lastId())).moved).toEqual(change.moved);

  await ray.clock.advance(6_000);
  expect(await membersOf('serving')).toEqual(change.moved?.left.map(({ id }) => id));
});
