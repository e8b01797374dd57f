import { expect, test } from 'vitest';
import type { StateCluster } from '../domain/sources.ts';
import type { RayRead } from '../ray/client.ts';
import { createReadModel } from './read-model.ts';
import { createHandClock } from './testing/hand-clock.ts';

const usage = { cpu: { used: 0, total: 4 }, gpu: null, memory: null, objectStore: null };

function good<T>(value: T): RayRead<T> {
  return { ok: true, value, bytes: 1, begunAt: 0, arrivedAt: 0 };
}

test('what a reading told is learned though nobody looked before the next one came', () => {
  const clock = createHandClock();
  const model = createReadModel({ clock, ids: () => 'e', startedReadOnly: false });
  const leftover: StateCluster = {
    id: 'kPrimaryClusterID##raysubmit_1',
    divisible: false,
    jobClusterIds: [],
    nodes: new Map([['n', { hostname: 'vm', templateId: '4c8g', isDead: false, usage }]]),
    undividedNodeIds: ['n'],
    undivided: { '4c8g': 1 },
  };
  model.accept('state', good([leftover]), model.moment());
  model.accept('state', { ok: false, reason: 'node-full', detail: '', begunAt: 0, arrivedAt: 0 }, model.moment());
  model.accept('liveness', good([{ nodeId: 'n', state: 'alive', isHead: false, diedAt: null, message: null }]), model.moment());
  const { pool, nodes } = model.fleet();
  expect(pool.jobClusters).toMatchObject({ known: true, value: [{ submissionId: 'raysubmit_1' }] });
  expect(nodes.get('n')).toMatchObject({ templateId: '4c8g', jobClusterId: leftover.id });
});
