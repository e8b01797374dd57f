import { expect, test } from 'vitest';
import { heldReplicaSetsOf } from './held-replica-sets.ts';

test('says what the cluster holds, the dead included', () => {
  const unknown = { known: false, reason: 'failed', source: 'liveness' } as const;
  const templates = [{ templateId: '__proto__', count: 3, dead: unknown, idle: unknown, busy: unknown }];
  expect(Object.entries(heldReplicaSetsOf({ templates }))).toEqual([['__proto__', 3]]);
});
