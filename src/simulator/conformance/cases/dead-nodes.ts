import type { Group } from '../case.ts';
import type { Conversation } from '../conversation.ts';
import { readJobRows, readNodeRows } from '../replies.ts';
import { nodeIdsInSummary, comparableSummary } from '../node-summary.ts';

const nodes = '/api/v0/nodes?detail=true&limit=10000';

/** Kills a node and waits until Ray has noticed. */
async function killAndWait(ray: Conversation, nodeId: string): Promise<void> {
  await ray.target.killNode(nodeId);
  await ray.until('GET', nodes, ({ text }) =>
    readNodeRows(text).some((row) => row.node_id === nodeId && row.state === 'DEAD'),
  );
}

function keepStatuses(reply: unknown): unknown {
  return readJobRows(JSON.stringify(reply)).map(({ submission_id, status }) => ({ submission_id, status }));
}

async function firstMember(ray: Conversation, clusterId: string, name: string): Promise<string> {
  const [nodeId] = await ray.members(clusterId);
  if (nodeId === undefined) throw new Error(`${clusterId} has no members`);
  ray.names.nameNode(nodeId, name);
  return nodeId;
}

export const deadNodes: Group = {
  name: 'dead-nodes',
  cases: [
    {
      name: 'a job whose node dies fails',
      jobs: true,
      run: async (ray) => {
        await ray.create('batch', { '4c8g': 1 });
        const job = await ray.runJob({ clusterId: 'batch' });
        const dead = await firstMember(ray, 'batch', 'dead node');
        await killAndWait(ray, dead);
        await ray.untilJob(job, ['FAILED']);
        // The message depends on what Ray notices first: the broken connection or the dead actor.
        await ray.ask('GET', '/api/jobs/', { keep: keepStatuses });
      },
    },
    {
      name: 'a dead node of a job cluster cannot be given back, and its replacement moves the revision',
      jobs: true,
      run: async (ray) => {
        await ray.create('team', { my_node_type: 1, '4c8g': 1 }, true);
        await ray.runJob({ clusterId: 'team', replicaSets: { my_node_type: 1 } }, 'dead node');
        const keeping = await ray.create('keeper', { my_node_type: 1 });
        const dead = (await ray.members('team')).find((id) => ray.names.inText(id) === '<dead node>') ?? '';
        await killAndWait(ray, dead);
        await ray.list();
        await ray.save('team', { '4c8g': 1 }, await ray.revision('team'), true);
        await ray.save('keeper', {}, keeping);
        await ray.until('GET', '/virtual_clusters?t=<unique>', ({ text }) => !text.includes(dead), 15_000);
        await ray.list();
        await ray.state();
      },
    },
    {
      name: 'for the first seconds a dead node passes for an alive one',
      run: async (ray) => {
        await ray.create('team', { my_node_type: 2 });
        const dead = await firstMember(ray, 'team', 'dead node');
        await ray.target.killNode(dead);
        await ray.target.wait(3000);
        await ray.ask('GET', nodes);
        await ray.list();
        await ray.state();
      },
    },
    {
      name: 'a dead node that nothing can replace stays in the list and leaves the state API',
      run: async (ray) => {
        await ray.create('team', { my_node_type: 2 });
        const dead = await firstMember(ray, 'team', 'dead node');
        await ray.list();
        await killAndWait(ray, dead);
        await ray.ask('GET', nodes);
        await ray.list();
        await ray.state();
        await ray.ask('GET', `/nodes?view=summary&t=${ray.target.unique()}`, {
          keep: (reply) => {
            const { nodeLogicalResources: _, ...data } = Object(Object(comparableSummary(reply)).data);
            return { data };
          },
        });
      },
    },
    {
      name: 'a dead node counts as held',
      run: async (ray) => {
        const revision = await ray.create('team', { my_node_type: 2 });
        const dead = await firstMember(ray, 'team', 'dead node');
        await killAndWait(ray, dead);
        await ray.save('team', { my_node_type: 2 }, revision);
        await ray.save('team', { my_node_type: 3 }, await ray.revision('team'));
        await ray.list();
      },
    },
    {
      // Which member is released is unspecified: in some runs it was the dead one, in others not.
      name: 'a virtual cluster can shrink with a dead node',
      run: async (ray) => {
        const revision = await ray.create('team', { my_node_type: 2 });
        const dead = (await ray.members('team'))[0];
        if (dead === undefined) throw new Error('team has no members');
        await killAndWait(ray, dead);
        await ray.save('team', { my_node_type: 1 }, revision);
        await ray.save('team', {}, await ray.revision('team'));
        await ray.save('other', { my_node_type: 2 }, '0');
      },
    },
    {
      name: 'a virtual cluster with a dead node can be removed',
      run: async (ray) => {
        await ray.create('team', { my_node_type: 2 });
        const dead = await firstMember(ray, 'team', 'dead node');
        await killAndWait(ray, dead);
        await ray.remove('team');
        await ray.state();
        await ray.save('other', { my_node_type: 2 }, '0');
      },
    },
    {
      name: 'a dead node is replaced by a free one within seconds, on the same revision',
      run: async (ray) => {
        await ray.create('team', { '4c8g': 1 });
        const dead = await firstMember(ray, 'team', 'dead node');
        await ray.list();
        await killAndWait(ray, dead);
        await ray.until('GET', '/virtual_clusters?t=<unique>', ({ text }) => !text.includes(dead), 12_000);
        await ray.list();
        await ray.state();
      },
    },
    {
      name: 'a dead node is replaced by a new one when it joins',
      run: async (ray) => {
        await ray.create('team', { my_node_type: 2 });
        const dead = await firstMember(ray, 'team', 'dead node');
        await ray.list();
        await killAndWait(ray, dead);
        const [added] = await ray.target.addNodes('my_node_type', 1);
        if (added !== undefined) ray.names.nameNode(added, 'new node');
        await ray.until('GET', '/virtual_clusters?t=<unique>', ({ text }) => !text.includes(dead), 15_000);
        await ray.list();
      },
    },
    {
      name: 'a node that is given back goes to a dead member first, on its same revision',
      run: async (ray) => {
        await ray.create('waiting', { '4c8g': 1 });
        const giving = await ray.create('giver', { '4c8g': 2 });
        const dead = await firstMember(ray, 'waiting', 'dead node');
        await killAndWait(ray, dead);
        await ray.list();
        await ray.save('giver', { '4c8g': 1 }, giving);
        await ray.until('GET', '/virtual_clusters?t=<unique>', ({ text }) => !text.includes(dead), 12_000);
        await ray.list();
        await ray.state();
      },
    },
    {
      name: 'two dead members are replaced one after the other',
      run: async (ray) => {
        await ray.create('waiting', { '8c16g': 2 });
        await ray.create('giver', { '8c16g': 1 });
        const dead = await ray.members('waiting');
        for (const nodeId of dead) await killAndWait(ray, nodeId);
        await ray.target.addNodes('8c16g', 1);
        await ray.remove('giver');
        const left = (text: string) => dead.filter((nodeId) => text.includes(nodeId)).length;
        for (const awaited of [1, 0])
          await ray.until('GET', '/virtual_clusters?t=<unique>', ({ text }) => left(text) === awaited, 15_000);
        ray.recordObservation('replaced', 'one, then the other');
      },
    },
    {
      name: 'a free node that dies leaves the pool',
      run: async (ray) => {
        await ray.create('team', { my_node_type: 1 });
        const [member] = await ray.members('team');
        const free = await ray.target.freeNode('my_node_type', member === undefined ? [] : [member]);
        ray.names.nameNode(free, 'dead node');
        await killAndWait(ray, free);
        await ray.state();
        await ray.save('other', { my_node_type: 1 }, '0');
      },
    },
    {
      name: 'the node summary is kept for two seconds',
      run: async (ray) => {
        await ray.create('team', { '4c8g': 1 });
        await killAndWait(ray, await firstMember(ray, 'team', 'dead node'));
        const path = `/nodes?view=summary&t=${ray.target.unique()}`;
        const count = async () => nodeIdsInSummary((await ray.peek('GET', path)).text).length;
        const before = await count();
        await ray.target.addNodes('4c8g', 1);
        // Starting a node outlasts the cache, so this read finds the reply expired and still gets it (fact 4).
        await ray.target.wait(2500);
        ray.recordObservation('nodes more in the first read after', (await count()) - before);
        await ray.target.wait(1000);
        ray.recordObservation('nodes more in the next', (await count()) - before);
      },
    },
  ],
};
