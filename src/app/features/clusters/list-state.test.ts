import { describe, expect, test } from 'vitest';
import { known, perSource, unknown } from '../../../domain/sourced.ts';
import type { FreeTemplate, VirtualCluster } from '../../../domain/fleet.ts';
import { NO_REVISION } from '../../../domain/revision.ts';
import type { PageFleet } from '../../api/page-fleet.ts';
import { freeNodes, listBody } from './list-state.ts';

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
    sources: perSource(() => source),
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
