import { expect, test } from 'vitest';
import { clusterOf, usedByJobs } from '../../testing/cluster-fixture.ts';
import { scriptedSession } from '../../testing/scripted-api.tsx';
import { arrangeEntries } from './arrange-entries.ts';
import { nodeEntries, paletteEntries, type PaletteContext } from './palette-entries.ts';

const clusters = [
  clusterOf({ '4c8g': 3 }, { id: 'ci' }),
  clusterOf({ gpu_a10: 6 }, { id: 'train-llm', usedBy: usedByJobs('raysubmit_Abc') }),
];

function entries(context: Partial<PaletteContext> = {}) {
  return paletteEntries({
    clusters,
    session: scriptedSession(),
    origin: 'http://console',
    chosenId: null,
    unsavedIds: new Set(),
    isFailing: false,
    theme: 'Theme: light',
    ...context,
  });
}

const shown = (typed: string, context: Partial<PaletteContext> = {}, recent: readonly string[] = []) =>
  arrangeEntries(typed, entries(context), [], recent).map(({ group, entries }) => [
    group,
    ...entries.map(({ label }) => label),
  ]);

test('what was used lately comes first, then what can be done with the open one, then the pages', () => {
  const groups = arrangeEntries('', entries({ chosenId: 'ci' }), [], ['cluster train-llm', 'cluster gone']);
  expect(groups.map(({ group }) => group)).toEqual(['recent', 'here', 'pages', 'actions', 'clusters']);
  expect(groups[0]?.entries.map(({ label }) => label)).toEqual(['train-llm']);
  expect(groups.at(-1)?.entries.map(({ label }) => label)).toEqual(['ci']);
});

test('a single word finds things, two find what can be done with one', () => {
  expect(shown('train')).toEqual([
    ['clusters', 'train-llm'],
    ['jobs', 'raysubmit_Abc'],
  ]);
  expect(shown('edit train')[0]).toEqual(['actions', 'Edit: train-llm']);
  expect(shown('stop abc')).toEqual([['jobs', 'Stop job…: raysubmit_Abc']]);
});

test('a virtual cluster is found by its templates, a job by where it runs', () => {
  expect(shown('gpu')).toEqual([['clusters', 'train-llm']]);
  expect(shown('abc')).toEqual([['jobs', 'raysubmit_Abc']]);
});

test('what may not be done says why', () => {
  const session = scriptedSession(false);
  const [found] = arrangeEntries('delete ci', entries({ session }), [], [])[0]?.entries ?? [];
  expect(found?.action.refusal).toBe('This console was started with --read-only.');
  expect(found?.detail).toBe('This console was started with --read-only.');
});

test('nothing that changes Ray acts by itself: it opens the screen that asks', () => {
  for (const { action } of entries({ chosenId: 'ci' })) {
    if (/delete|stop|release/.test(action.id) && action.effect.kind !== 'copy')
      expect(action.effect.kind).toBe('request');
  }
  const stop = entries().find(({ action }) => action.id === 'stop');
  expect(stop?.action.effect).toEqual({
    kind: 'request',
    clusterId: 'train-llm',
    request: 'ask-about-job raysubmit_Abc',
  });
});

test('one found node offers all that can be done with it, several only where they are', () => {
  const node = { id: 'n'.repeat(56), hostname: 'host-1', templateId: '4c8g', clusterId: 'ci' };
  expect(nodeEntries([node]).map(({ label }) => label)).toEqual([
    'host-1',
    'Open its virtual cluster: host-1',
    'Copy ID: host-1',
  ]);
  expect(nodeEntries([node, { ...node, id: 'm', clusterId: null }])).toHaveLength(2);
});
