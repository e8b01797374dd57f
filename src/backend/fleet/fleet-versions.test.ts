import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FleetUpdate } from '../../contract/fleet.ts';
import { fleetUpdate } from '../../contract/fleet.ts';
import { known, perSource, unknown } from '../../domain/sourced.ts';
import type { VirtualCluster } from '../../domain/fleet.ts';
import { NO_REVISION } from '../../domain/revision.ts';
import { createFleetVersions, type FleetView } from './fleet-versions.ts';
import { templateNodes } from '../../testing/harness/template-nodes.ts';

function cluster(id: string, count: number): VirtualCluster {
  const none = unknown('not-read-yet', 'state');
  return {
    id,
    divisible: false,
    revision: NO_REVISION,
    templates: [templateNodes('t', count, { used: none, reserved: none, idle: none, dead: none })],
    usedBy: none,
  };
}

function picture(counts: Record<string, number>, free = 0, readAt = 0, failing = false): FleetView {
  const good = { readAt, failure: null };
  const bad = { readAt, failure: { reason: 'failed' as const, since: 1 } };
  return {
    clusters: new Map(Object.entries(counts).map(([id, count]) => [id, cluster(id, count)])),
    pool: {
      templates: [
        {
          templateId: 't',
          free: known({ count: free, atMost: false }, 'state'),
          alive: known(free, 'state'),
          isHeadTemplate: false,
        },
      ],
      jobClusters: known([], 'state'),
    },
    nodeCounts: { total: known(1, 'liveness'), dead: known(0, 'liveness') },
    sources: perSource((name) => (failing && name === 'list' ? bad : good)),
    readOnly: null,
    waiting: [],
    notice: null,
    map: 0,
    lately: 0,
  };
}

/** What a page holds, moved on by an update. */
function advance(view: Map<string, VirtualCluster>, update: FleetUpdate): Map<string, VirtualCluster> {
  const next = new Map(update.whole ? [] : view);
  for (const id of update.removed) next.delete(id);
  for (const each of update.clusters) next.set(each.id, each);
  return next;
}

const counts = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(2));

test('the changes since any version lead to the whole fleet, with evicted removals, too', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(counts, fc.nat(1), fc.nat(5), fc.boolean()), { minLength: 1, maxLength: 12 }),
      fc.nat(3),
      (steps, kept) => {
        const versions = createFleetVersions('e-e', picture({}), kept);
        const views: { version: string; view: Map<string, VirtualCluster>; pool: unknown }[] = [];
        let last = -1;
        for (const [each, free, readAt, failing] of steps) {
          versions.advance(picture(each, free, readAt, failing));
          const n = Number(versions.version().slice(4));
          expect(n).toBeGreaterThanOrEqual(last);
          last = n;
          const whole = versions.since(null, 5);
          expect(whole.whole).toBe(true);
          views.push({ version: whole.version, view: advance(new Map(), whole), pool: whole.pool });
        }
        const now = views.at(-1);
        for (const { version, view, pool } of views) {
          const update = versions.since(version, 5);
          expect(fleetUpdate.safeParse(update).success).toBe(true);
          expect(advance(view, update)).toEqual(now?.view);
          expect(update.pool ?? pool).toEqual(now?.pool);
        }
      },
    ),
  );
});

test('a growing age makes no version; a changed value, a failure or a first reading does', () => {
  const versions = createFleetVersions('e', picture({}));
  expect(versions.advance(picture({ a: 1 }, 0, 10))).toBe(true);
  const before = versions.version();
  expect(versions.advance(picture({ a: 1 }, 0, 20))).toBe(false);
  expect(versions.version()).toBe(before);
  expect(versions.since(before, 5).sources.list.readAt).toBe(20);
  expect(versions.since(before, 5)).toMatchObject({ whole: false, clusters: [], removed: [], pool: null });
  expect(versions.advance(picture({ a: 1 }, 0, 20, true))).toBe(true);
});

test.each(['other-3', 'e-999', 'e-', 'e-x', '', 'e--1', '999'])(
  'the version %j is not of this epoch and gets everything',
  (version) => {
    const versions = createFleetVersions('e', picture({}));
    versions.advance(picture({ a: 1 }));
    expect(versions.since(version, 5)).toMatchObject({ whole: true, version: 'e-1' });
  },
);
