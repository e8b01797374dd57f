import { expect, test } from 'vitest';
import { heldReplicaSetsOf } from './held-replica-sets.ts';
import { templateNodes } from '../testing/harness/template-nodes.ts';

test('says what the cluster holds, the dead included', () => {
  const templates = [templateNodes('__proto__', 3)];
  expect(Object.entries(heldReplicaSetsOf({ templates }))).toEqual([['__proto__', 3]]);
});
