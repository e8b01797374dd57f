import { describe, expect, test } from 'vitest';
import { clusterDenial, mayChangeAll } from './change-policy.ts';
import { clustersInRay, rightsInRay } from './ray-scope.ts';

const operator = (clusters: readonly string[] | null) => ({ mayWrite: true, mayNotWriteBecause: null, clusters });

describe('patterns that name a Ray', () => {
  test.each([
    ['without a name: every Ray', ['team-a-*'], 'prod', ['team-a-*']],
    ['of this Ray', ['prod:team-a-*'], 'prod', ['team-a-*']],
    ['of another one', ['prod:team-a-*'], 'lab', []],
    ['of Rays by a pattern', ['prod-*:team-a'], 'prod-eu', ['team-a']],
    ['of a Ray whose name only begins alike', ['prod:team-a'], 'prod-eu', []],
    ['of an id with the separator', ['*:a:b'], 'lab', ['a:b']],
    ['all of one Ray', ['prod:*', 'lab:x'], 'prod', ['*']],
  ])('%s', (_, clusters, ray, expected) => {
    expect(clustersInRay(clusters, ray)).toEqual(expected);
  });

  test('nobody gains in another Ray: an operator of one is a viewer of the others, with a reason', () => {
    const rights = rightsInRay(operator(['prod:*']), 'lab');
    expect(rights).toMatchObject({ mayWrite: false });
    expect(rights.mayNotWriteBecause).toContain('none of lab');
    expect(clusterDenial(rights, 'x')).not.toBeNull();
    expect(mayChangeAll(rightsInRay(operator(['prod:*']), 'prod'))).toBe(true);
  });

  test('who may change nothing, or all, is the same everywhere', () => {
    const viewer = { mayWrite: false, mayNotWriteBecause: 'You are a viewer.', clusters: null };
    expect(rightsInRay(viewer, 'lab')).toEqual(viewer);
    expect(rightsInRay(operator(null), 'lab')).toEqual(operator(null));
  });
});
