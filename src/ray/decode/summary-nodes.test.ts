import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinFleet } from '../../domain/join.ts';
import { emptyMemory } from '../../domain/fleet-memory.ts';
import type { SummaryNodes, ResourceUse } from '../../domain/sources.ts';
import { failing, nothingRead, readings } from '../../testing/harness/small-fleet.ts';
import { createSummaryNodes } from './summary-nodes.ts';

const amount = fc.option(
  fc.record(
    { used: fc.double({ min: 0, noNaN: true }), total: fc.double({ min: 0, noNaN: true }) },
    { noNullPrototype: true },
  ),
);
const usage = fc.record({ cpu: amount, gpu: amount, memory: amount, objectStore: amount }, { noNullPrototype: true });
const row = fc.record(
  {
    state: fc.constantFrom('alive' as const, 'dead' as const),
    hostname: fc.string(),
    templateId: fc.string({ minLength: 1 }),
    isHead: fc.boolean(),
  },
  { noNullPrototype: true },
);

test('a node is what was added, its usage before or after it; a dead one has none', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ id: fc.string(), row, used: fc.option(usage), usageFirst: fc.boolean() }), {
        selector: ({ id }) => id,
        maxLength: 20,
      }),
      (nodes) => {
        const builder = createSummaryNodes();
        for (const { id, used, usageFirst } of nodes) if (used !== null && usageFirst) builder.addUsage(id, used);
        for (const { id, row: each } of nodes) builder.addNode(id, each);
        for (const { id, used, usageFirst } of nodes) if (used !== null && !usageFirst) builder.addUsage(id, used);
        expect(builder.malformed()).toBeNull();
        const built = builder.build();
        expect([...built.keys()]).toEqual(nodes.map(({ id }) => id));
        expect(built.size).toBe(nodes.length);
        for (const { id, row: each, used } of nodes)
          expect(built.get(id)).toEqual({ ...each, usage: each.state === 'alive' ? used : null });
      },
    ),
    { seed: 1 },
  );
});

test('a node that is named twice is as it was named last', () => {
  const builder = createSummaryNodes();
  const node = { state: 'alive', hostname: 'vm', templateId: '4c8g', isHead: false } as const;
  builder.addNode('n', node);
  builder.addNode('n', { ...node, hostname: 'vm-2' });
  builder.addUsage('n', cpus(1));
  builder.addUsage('n', cpus(2));
  expect(builder.build().get('n')).toEqual({ ...node, hostname: 'vm-2', usage: cpus(2) });
});

test('an unreadable usage is malformed where the node is alive', () => {
  const builder = createSummaryNodes();
  const node = { hostname: 'vm', templateId: '4c8g', isHead: false };
  builder.addUsage('n', null);
  builder.addNode('n', { ...node, state: 'dead' });
  expect(builder.malformed()).toBeNull();
  builder.addNode('n', { ...node, state: 'alive' });
  expect(builder.malformed()).toBe('n');
});

test('while the summary stands in for the state API, a node that is unchanged in the next reading stays the same object', () => {
  const small = { nodes: [{ id: 'n', template: '4c8g', cpus: 1 }], clusters: { team: ['n'] } };
  const at = (time: number, nodes: SummaryNodes) => {
    const read = { ...nothingRead, ...readings(small, ['list', 'liveness', 'state', 'summary'], time) };
    const { last } = read.summary;
    return failing(
      { ...read, summary: { ...read.summary, last: last && { ...last, value: nodes } } },
      ['state'],
      'failed',
    );
  };
  const first = joinFleet(at(1_000, summaryOf(1)), emptyMemory());
  expect(first.fleet.nodes.get('n')?.usage).toMatchObject({ source: 'summary', value: cpus(1) });
  const second = joinFleet(at(2_000, summaryOf(1)), first.memory);
  expect(second.fleet.nodes.get('n')).toBe(first.fleet.nodes.get('n'));
  const third = joinFleet(at(3_000, summaryOf(2)), second.memory);
  expect(third.fleet.nodes.get('n')?.usage).toMatchObject({ value: cpus(2) });
});

function summaryOf(used: number): SummaryNodes {
  const builder = createSummaryNodes();
  builder.addNode('n', { state: 'alive', hostname: 'host-n', templateId: '4c8g', isHead: false });
  builder.addUsage('n', cpus(used));
  return builder.build();
}

function cpus(used: number): ResourceUse {
  return { cpu: { used, total: 4 }, gpu: null, memory: null, objectStore: null };
}
