import { beforeEach, describe, expect, test } from 'vitest';
import { EVENT_RETENTION } from '../../contract/recent-events.ts';
import { known } from '../../domain/sourced.ts';
import { createNodeRegistry, type NodeRegistry, type NodeDiff } from './node-registry.ts';
import { nodeOf, snapshotOf, sourcesOf } from '../../testing/harness/fleet-snapshots.ts';

let registry: NodeRegistry;
beforeEach(() => {
  registry = createNodeRegistry();
});

/** What a difference says, by ids. */
function summary({ added, removed, changed, provesDeparture }: NodeDiff) {
  const ids = (nodes: readonly { readonly node: { readonly id: string } }[]) =>
    nodes.map(({ node }) => node.id).join('');
  return {
    come: ids(added),
    gone: ids(removed),
    changed: ids(changed.map(({ record }) => record)),
    tellsLeaving: provesDeparture,
  };
}

const a = nodeOf('a');
const b = nodeOf('b');

describe('the initial load', () => {
  test.each([
    ['the list is not read', { unread: ['list'] }],
    ['the nodes were not asked for', { unread: ['liveness'] }],
    ['the state API was not asked for', { unread: ['state'] }],
    ['nothing tells who lives', { fails: ['liveness', 'state'] }],
  ] as const)('goes on while %s', (_, how) => {
    registry.update(snapshotOf([a], { sources: sourcesOf(how) }));
    expect(registry.update(snapshotOf([a])).isInitialLoad).toBe(true);
    expect(registry.update(snapshotOf([a])).isInitialLoad).toBe(false);
  });

  test.each([
    ['the state API fails', { fails: ['state'] }],
    ['the nodes can not be read', { fails: ['liveness'] }],
    ['the summary is on its way', { unread: ['summary'] }],
  ] as const)('ends though %s', (_, how) => {
    registry.update(snapshotOf([a], { sources: sourcesOf(how) }));
    expect(registry.update(snapshotOf([a])).isInitialLoad).toBe(false);
  });
});

describe('a difference', () => {
  beforeEach(() => {
    registry.update(snapshotOf([a, b]));
  });

  test('has the nodes that were added, removed, and changed in more than a little usage', () => {
    expect(summary(registry.update(snapshotOf([a, nodeOf('c')], { at: 5 })))).toEqual({
      come: 'c',
      gone: 'b',
      changed: '',
      tellsLeaving: true,
    });
    const busy = known(
      { cpu: { used: 0, total: 4 }, gpu: null, memory: { used: 1, total: 4 }, objectStore: null },
      'state',
    );
    const fuller = known(
      { cpu: { used: 0, total: 4 }, gpu: null, memory: { used: 2, total: 4 }, objectStore: null },
      'state',
    );
    registry.update(snapshotOf([{ ...a, usage: busy }, nodeOf('c')]));
    const { all } = { ...registry.changeCounters() };
    expect(
      summary(registry.update(snapshotOf([{ ...a, usage: fuller }, nodeOf('c', { use: known('used', 'state') })]))),
    ).toMatchObject({ come: '', gone: '', changed: 'c' });
    expect(registry.records.get('a')?.node.usage).toBe(fuller);
    expect(registry.changeCounters().all).toBeGreaterThan(all);
    expect(
      summary(
        registry.update(
          snapshotOf([{ ...a, hostname: 'other' }, nodeOf('c', { use: known('used', 'state'), clusterId: 'x' })]),
        ),
      ),
    ).toMatchObject({ changed: 'ac' });
  });

  test.each([
    ['fails', { fails: ['summary'] }],
    ['comes back', {}],
  ] as const)('says nothing of leaving when a source %s', (word, how) => {
    if (word === 'comes back') registry.update(snapshotOf([a, b], { sources: sourcesOf({ fails: ['summary'] }) }));
    expect(summary(registry.update(snapshotOf([a], { sources: sourcesOf(how) })))).toMatchObject({
      gone: 'b',
      tellsLeaving: false,
    });
    expect(registry.update(snapshotOf([a], { sources: sourcesOf(how) })).provesDeparture).toBe(true);
  });

  test('has nodes as arriving after the initial load, but not those that a recovered source brings', () => {
    const c = nodeOf('c');
    registry.update(snapshotOf([a, b, c], { at: 1_000 }));
    expect(registry.records.get('c')?.arrivingUntil).toBe(61_000);
    registry.update(snapshotOf([a, b, c, nodeOf('d')], { at: 2_000, sources: sourcesOf({ fails: ['summary'] }) }));
    expect(registry.records.get('d')?.arrivingUntil).toBeNull();
    expect(registry.records.get('a')?.arrivingUntil).toBeNull();
  });
});

describe('while no source says which nodes are alive', () => {
  const blind = sourcesOf({ fails: ['liveness', 'state'] });
  const member = nodeOf('m', { clusterId: 'x' });

  beforeEach(() => {
    registry.update(snapshotOf([a, b, member]));
    registry.update(snapshotOf([a, b, member]));
  });

  test('a node that no source lists stays, as unknown, until one recovers', () => {
    const unsure = { ...member, state: 'unknown' as const };
    expect(summary(registry.update(snapshotOf([unsure], { sources: blind })))).toEqual({
      come: '',
      gone: '',
      changed: 'mab',
      tellsLeaving: false,
    });
    expect(registry.records.get('a')).toMatchObject({
      lastKnownState: 'alive',
      node: { state: 'unknown', use: { known: false, reason: 'failed', source: 'liveness' } },
    });
    expect(summary(registry.update(snapshotOf([unsure], { sources: blind })))).toEqual({
      come: '',
      gone: '',
      changed: '',
      tellsLeaving: false,
    });
    expect(summary(registry.update(snapshotOf([a, member])))).toEqual({
      come: '',
      gone: 'b',
      changed: 'am',
      tellsLeaving: false,
    });
    expect(registry.records.size).toBe(2);
  });

  test('a node that came back is hidden by the next outage as by the first', () => {
    registry.update(snapshotOf([member], { sources: blind }));
    registry.update(snapshotOf([a, b, member]));
    expect(summary(registry.update(snapshotOf([member], { sources: blind })))).toMatchObject({
      gone: '',
      changed: 'ab',
    });
    expect(registry.records.get('a')?.node.state).toBe('unknown');
  });

  test('a member that the list no longer has belongs to no cluster', () => {
    registry.update(snapshotOf([], { sources: blind }));
    expect(registry.records.get('m')?.node).toMatchObject({ clusterId: null, jobClusterId: null, state: 'unknown' });
  });
});

test('looks at no node when the nodes keep object identity', () => {
  const picture = snapshotOf([a, b]);
  registry.update(picture);
  const counts = { ...registry.changeCounters() };
  expect(summary(registry.update(picture))).toEqual({ come: '', gone: '', changed: '', tellsLeaving: true });
  expect(registry.changeCounters()).toEqual(counts);
});

describe('a dead node without a holder', () => {
  const dead = nodeOf('b', { state: 'dead' });
  const ids = () => [...registry.records.keys()].join('');

  test('is left out when it died before the initial load', () => {
    expect(summary(registry.update(snapshotOf([a, dead])))).toMatchObject({ come: 'a', gone: '' });
    expect(summary(registry.update(snapshotOf([dead, { ...a }])))).toMatchObject({ come: '', gone: '', changed: '' });
    expect(ids()).toBe('a');
  });

  test('stays for as long as the event of its death, and then has not left', () => {
    registry.update(snapshotOf([a, b]));
    const died = registry.update(snapshotOf([a, dead], { at: 1_000 }));
    expect(died.changed).toMatchObject([{ record: { node: dead }, previousState: 'alive' }]);
    // The same picture again: time alone lets it go.
    const last = snapshotOf([a, dead], { at: 1_000 + EVENT_RETENTION - 1 });
    expect(summary(registry.update(last))).toMatchObject({ gone: '', changed: '' });
    expect(ids()).toBe('ab');
    expect(summary(registry.update({ ...last, at: 1_000 + EVENT_RETENTION }))).toMatchObject({
      come: '',
      gone: 'b',
      changed: '',
    });
    expect(ids()).toBe('a');
    expect(summary(registry.update({ ...last, at: 1_001 + EVENT_RETENTION }))).toMatchObject({
      come: '',
      gone: '',
      changed: '',
    });
    // Who still lives and comes is told of as before.
    expect(summary(registry.update(snapshotOf([a, dead, nodeOf('c')], { at: 1_002 + EVENT_RETENTION })))).toMatchObject(
      {
        come: 'c',
        gone: '',
      },
    );
  });

  test('is kept while a virtual cluster or a job holds it', () => {
    const held = [nodeOf('b', { state: 'dead', clusterId: 'x' }), nodeOf('c', { state: 'dead', jobClusterId: 'x##y' })];
    expect(summary(registry.update(snapshotOf([a, ...held])))).toMatchObject({ come: 'abc' });
    expect(summary(registry.update(snapshotOf([a, dead, nodeOf('c', { state: 'dead' })], { at: 5 })))).toMatchObject({
      gone: 'bc',
      changed: '',
    });
    expect(ids()).toBe('a');
  });

  test('stays, too, when it died and was replaced between two readings', () => {
    registry.update(snapshotOf([a, nodeOf('b', { clusterId: 'x' })]));
    expect(summary(registry.update(snapshotOf([a, dead], { at: 5 })))).toMatchObject({ gone: '', changed: 'b' });
    expect(ids()).toBe('ab');
  });
});
