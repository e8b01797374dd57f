import { expect, test } from 'vitest';
import type { FleetEvent } from '../../../../../contract/recent-events.ts';
import { poolOf } from '../../../../testing/cluster-fixture.ts';
import { replacementOf, seenDeadAt } from './dead-node.ts';

const held = { clusterId: 'team', jobClusterId: null, templateId: '4c8g' };

test.each([
  ['soon', held, { '4c8g': 2 }],
  ['waits', held, { '4c8g': 0 }],
  ['when-free', held, { '8c16g': 2 }],
  ['when-free', { ...held, templateId: null }, { '4c8g': 2 }],
  ['not', { ...held, clusterId: null }, { '4c8g': 2 }],
  ['soon', { ...held, clusterId: null, jobClusterId: 'kPrimaryClusterID##1' }, { '4c8g': 2 }],
] as const)('the replacement of a dead node is %s for %j with %j free', (replacement, node, free) => {
  expect(replacementOf(node, poolOf(free))).toBe(replacement);
});

test('it is dead since the last death that names it, which a later death of others leaves as it is', () => {
  const died = (n: number, ...nodeIds: readonly string[]): FleetEvent => ({
    kind: 'died',
    n,
    at: n * 1_000,
    count: nodeIds.length,
    nodeIds: [...nodeIds],
    templateId: '4c8g',
    clusterId: 'team',
  });
  const events = [died(1, 'a'), died(2, 'a', 'b'), died(3, 'c')];
  expect(seenDeadAt('a', events)).toBe(2_000);
  expect(seenDeadAt('d', events)).toBeNull();
});
