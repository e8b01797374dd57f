import { expect, test } from 'vitest';
import { nothingRead, readings } from '../testing/harness/small-fleet.ts';
import { emptyIndex, indexNodes } from './node-index.ts';
import type { StateCluster, StateNode } from './sources.ts';

const node: StateNode = {
  hostname: 'vm',
  templateId: '4c8g',
  isDead: false,
  usage: { cpu: null, gpu: null, memory: null, objectStore: null },
};
const cluster = (id: string, nodes: Readonly<Record<string, StateNode>>): StateCluster => ({
  id,
  divisible: true,
  jobClusterIds: [],
  nodes: new Map(Object.entries(nodes)),
  undivided: {},
});

function indexed(clusters: readonly StateCluster[]) {
  const { state } = { ...nothingRead, ...readings({ nodes: [], clusters: {} }, ['state']) };
  const sources = { ...nothingRead, state: { ...state, last: state.last && { ...state.last, value: clusters } } };
  return indexNodes(sources, emptyIndex()).state.byId;
}

test('where one cluster has the nodes of all, there is no second map of them', () => {
  const primary = cluster('kPrimaryClusterID', { n1: node, n2: node });
  expect(indexed([cluster('team', { n1: node }), primary])).toBe(primary.nodes);
});

test('nodes that the largest cluster lacks, or has otherwise, are found', () => {
  const other = { ...node, hostname: 'vm-2' };
  const clusters = [
    cluster('kPrimaryClusterID', { n1: node, n2: node }),
    cluster('team', { n2: other }),
    cluster('more', { n3: node }),
  ];
  expect(indexed(clusters)).toEqual(new Map(Object.entries({ n1: node, n2: other, n3: node })));
  expect(clusters[0]?.nodes.size).toBe(2);
});
