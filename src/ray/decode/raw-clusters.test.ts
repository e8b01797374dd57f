import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { rawClusterListReader, withoutText } from './raw-clusters.ts';

const text =
  '{"result":true,"msg":"","data":{"virtualClusters":[{"virtualClusterId":"a","divisible":"true","revision":7}]}}';

/** Reads a list; of its reader only a weak reference is left. */
function readList() {
  const { sink, read } = rawClusterListReader();
  sink.push(text);
  const list = read({ status: 200, contentType: 'application/json', text: sink.end() });
  if (!list.ok) throw new Error(list.detail);
  return { list: list.value, sink: new WeakRef(sink) };
}

test('a list keeps nothing of its reader in memory, which has the whole text in parts', async () => {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('This Node has no collection on demand.');
  const { list, sink } = readList();
  // Weak references are kept until the turn of the event loop ends.
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  expect(sink.deref()).toBeUndefined();
  expect(list.raw('a')).toBe('{"virtualClusterId":"a","divisible":"true","revision":7}');
});

test('what the next reading gets of a list are its clusters, not its text', () => {
  const { list } = readList();
  const remembered = withoutText(list);
  expect(remembered.clusters).toBe(list.clusters);
  expect(remembered.raw('a')).toBeNull();
});
