import { expect, test } from 'vitest';
import { clusterOf } from '../../testing/cluster-fixture.ts';
import { scriptedSession } from '../../testing/scripted-api.tsx';
import { clusterActionGroups, type ClusterActionContext } from './cluster-actions-of.ts';

const cluster = clusterOf({ '4c8g': 2 }, { id: 'team/a', divisible: true });

function actions(context: Partial<ClusterActionContext> = {}) {
  const groups = clusterActionGroups(cluster, {
    origin: 'http://console',
    session: scriptedSession(),
    mayNotWrite: null,
    hasDraft: false,
    canDelete: true,
    isOpen: false,
    ...context,
  });
  return [...groups.use, ...groups.copy, ...groups.remove];
}

const of = (id: string, context: Partial<ClusterActionContext> = {}) => actions(context).find((each) => each.id === id);

test('who may not change it can still look, copy and duplicate, and is told why the rest is refused', () => {
  const refused = actions({ mayNotWrite: 'Only for operators.' }).filter(({ refusal }) => refusal !== null);
  expect(refused.map(({ id, refusal }) => [id, refusal])).toEqual([
    ['edit', 'Only for operators.'],
    ['delete', 'Only for operators.'],
  ]);
});

test('an edit that was not saved is continued', () => {
  expect(of('edit')?.label).toBe('Edit');
  expect(of('edit', { hasDraft: true })?.label).toBe('Continue editing');
});

test('deleting asks on the screen of the virtual cluster, and not a second time while it is on its way', () => {
  expect(of('delete')?.effect).toEqual({ kind: 'request', clusterId: 'team/a', request: 'deletion' });
  expect(of('delete', { canDelete: false })?.refusal).toBe('A deletion of it is on its way.');
});

test('none sends anything by itself, and what is copied names this virtual cluster and this console', () => {
  const all = actions();
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(of('copy-link')?.effect).toEqual({ kind: 'copy', value: 'http://console/clusters/team%2Fa' });
  expect(of('map')?.effect).toMatchObject({ path: '/nodes?cluster=team%2Fa' });
  expect(of('journal')?.effect).toMatchObject({ path: '/journal?cluster=team%2Fa' });
  expect(of('copy-submit', { session: null })).toBeUndefined();
  expect(of('open', { isOpen: true })).toBeUndefined();
});
