import { describe, expect, test } from 'vitest';
import { known, unknown } from '../../../domain/sourced.ts';
import type { FreeTemplate, VirtualCluster } from '../../../domain/fleet.ts';
import { NO_REVISION } from '../../../domain/revision.ts';
import type { PageFleet } from '../../api/page-fleet.ts';
import { bannersOf, freeNodes, listBody } from './list-state.ts';

const NOW = 1_800_000_000_000;
const source = { readAt: NOW, failure: null };
const cluster: VirtualCluster = {
  id: 'a',
  divisible: true,
  revision: NO_REVISION,
  templates: [],
  usedBy: unknown('failed', 'actors'),
};

const template = (templateId: string, free: number, alive: number, isHeadTemplate = false): FreeTemplate => ({
  templateId,
  free: known({ count: free, atMost: false }, 'state'),
  alive: known(alive, 'liveness'),
  isHeadTemplate,
});

function fleetWith(rest: Partial<PageFleet> & { readonly templates?: readonly FreeTemplate[] } = {}): PageFleet {
  const { templates = [template('4c8g', 5, 9), template('head', 1, 1, true)], ...others } = rest;
  return {
    version: 'e-1',
    clusters: new Map(),
    pool: { templates, jobClusters: known([], 'state') },
    nodeCounts: { total: known(1, 'liveness'), dead: known(0, 'liveness') },
    sources: {
      list: source,
      liveness: source,
      state: source,
      summary: source,
      actors: source,
      jobs: source,
      identity: source,
    },
    readOnly: null,
    waiting: [],
    notice: null,
    map: 0,
    lately: 0,
    now: NOW,
    receivedAt: NOW,
    ...others,
  };
}

const withList = (list: PageFleet['sources']['list']) => fleetWith({ sources: { ...fleetWith().sources, list } });

describe('what stands where the rows would be', () => {
  test('rows, or that nothing matches', () => {
    const fleet = fleetWith({ clusters: new Map([['a', cluster]]) });
    expect(listBody(fleet, 1, false)).toEqual({ kind: 'rows' });
    expect(listBody(fleet, 0, false)).toEqual({ kind: 'no-match' });
  });

  test('what is known is never blanked by a failure', () => {
    const fleet = fleetWith({ clusters: new Map([['a', cluster]]) });
    expect(listBody(fleet, 1, true)).toEqual({ kind: 'rows' });
  });

  test('nothing is called empty that was never read', () => {
    expect(listBody(null, 0, false)).toEqual({ kind: 'loading' });
    expect(listBody(withList({ readAt: null, failure: null }), 0, false)).toEqual({ kind: 'loading' });
    expect(listBody(withList({ readAt: null, failure: { reason: 'unreachable', since: NOW } }), 0, true)).toEqual({
      kind: 'never-read',
    });
    expect(listBody(null, 0, true)).toEqual({ kind: 'never-read' });
  });

  test('no virtual clusters, with the nodes that are free', () => {
    expect(listBody(fleetWith(), 0, false)).toEqual({
      kind: 'no-clusters',
      free: known({ count: 5, atMost: false }, 'state'),
    });
  });

  test('only the head, unless more may be there', () => {
    expect(listBody(fleetWith({ templates: [template('head', 1, 1, true)] }), 0, false)).toEqual({ kind: 'only-head' });
    const doubtful = { ...template('4c8g', 0, 0), alive: unknown('failed', 'liveness') };
    expect(listBody(fleetWith({ templates: [template('head', 1, 1, true), doubtful] }), 0, false).kind).toBe(
      'no-clusters',
    );
  });

  test('the free nodes are unknown as soon as those of one template are', () => {
    const full = { ...template('8c16g', 0, 3), free: unknown('node-full', 'state') };
    expect(freeNodes({ templates: [template('4c8g', 5, 9), full], jobClusters: known([], 'state') })).toEqual(
      unknown('node-full', 'state'),
    );
    const most = { ...template('8c16g', 0, 3), free: known({ count: 2, atMost: true }, 'liveness') };
    expect(freeNodes({ templates: [template('4c8g', 5, 9), most], jobClusters: known([], 'state') })).toEqual(
      known({ count: 7, atMost: true }, 'liveness'),
    );
  });
});

describe('what is said above the list', () => {
  const writer = { mayWrite: true, mayNotWriteBecause: null };

  test('nothing while all is well, or only a little late', () => {
    expect(bannersOf(fleetWith(), { kind: 'live' }, writer)).toEqual([]);
    expect(bannersOf(fleetWith(), { kind: 'slow', age: 20_000 }, writer)).toEqual([]);
    expect(bannersOf(null, { kind: 'connecting' }, null)).toEqual([]);
  });

  test('how old it is, once that matters', () => {
    expect(bannersOf(fleetWith(), { kind: 'slow', age: 90_000 }, writer)).toEqual([{ kind: 'stale', age: 90_000 }]);
  });

  test.each(['console-unreachable', 'ray-unreachable', 'ray-fails'] as const)(
    '%s, since when, and from when what is shown is',
    (kind) => {
      expect(bannersOf(fleetWith(), { kind, since: NOW, shownFrom: NOW }, writer)).toEqual([
        { kind, since: NOW, shownFrom: NOW },
      ]);
      expect(bannersOf(null, { kind, since: NOW, shownFrom: null }, null)).toEqual([
        { kind, since: NOW, shownFrom: null },
      ]);
    },
  );

  test('why the list can not be read', () => {
    const fleet = withList({ readAt: NOW - 5, failure: { reason: 'too-large', since: NOW } });
    expect(bannersOf(fleet, { kind: 'ray-unreadable', since: NOW, shownFrom: NOW - 5 }, writer)).toEqual([
      { kind: 'ray-unreadable', reason: 'too-large', since: NOW, shownFrom: NOW - 5 },
    ]);
  });

  test('a Ray whose list can not be read as one makes the console read-only, and that is said once', () => {
    const reader = { mayWrite: false, mayNotWriteBecause: 'unreadable' };
    expect(
      bannersOf(
        fleetWith({ readOnly: 'list-unreadable' }),
        { kind: 'ray-unreadable', since: NOW, shownFrom: NOW },
        reader,
      ),
    ).toEqual([{ kind: 'list-unreadable' }]);
  });

  test('that nothing may be written here, and why', () => {
    const reader = { mayWrite: false, mayNotWriteBecause: 'Started with --read-only.' };
    expect(
      bannersOf(fleetWith(), { kind: 'ray-fails', since: NOW, shownFrom: NOW }, reader).map(({ kind }) => kind),
    ).toEqual(['ray-fails', 'read-only']);
  });
});
