import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFleetVersions, type FleetView, type FleetVersions } from '../../backend/fleet/fleet-versions.ts';
import type { FleetUpdate, SourceHealth } from '../../contract/fleet.ts';
import { known, perSource } from '../../domain/sourced.ts';
import type { VirtualCluster } from '../../domain/fleet.ts';
import { parseRevision } from '../../domain/revision.ts';
import { advanceFleet, type PageFleet } from './page-fleet.ts';

const health: SourceHealth = { readAt: 1, failure: null };
const sources = perSource(() => health);

function cluster(id: string, revision: number): VirtualCluster {
  const parsed = parseRevision(String(revision));
  if (parsed === null) throw new Error('not a revision');
  return {
    id,
    divisible: false,
    revision: parsed,
    templates: [],
    usedBy: known({ jobClusters: [], jobs: [] }, 'actors'),
  };
}

/** A picture told by the counts of its clusters' revisions, and a number of free nodes. */
function picture(clusters: ReadonlyMap<string, number>, free: number): FleetView {
  return {
    clusters: new Map([...clusters].map(([id, revision]) => [id, cluster(id, revision)])),
    pool: {
      templates: [
        {
          templateId: '4c8g',
          free: known({ count: free, atMost: false }, 'state'),
          alive: known(free, 'state'),
          isHeadTemplate: false,
        },
      ],
      jobClusters: known([], 'state'),
    },
    nodeCounts: { total: known(clusters.size, 'liveness'), dead: known(0, 'liveness') },
    sources,
    readOnly: null,
    waiting: [],
    notice: null,
    map: 0,
    lately: 0,
  };
}

type Step =
  | { readonly kind: 'put'; readonly id: string }
  | { readonly kind: 'remove'; readonly id: string }
  | { readonly kind: 'free'; readonly count: number }
  | { readonly kind: 'restart' };

interface Received {
  readonly update: FleetUpdate;
  readonly since: string | null;
}

/** A server's history: what it was at each version, in order, and an update from any version known then, at any step. */
interface History {
  readonly pictures: ReadonlyMap<string, { readonly order: number; readonly clusters: string; readonly free: string }>;
  readonly update: (step: number, sincePick: number) => Received;
  readonly last: Received;
  readonly ask: (since: string | null) => Received;
}

function play(steps: readonly Step[], keptTombstones: number): History {
  const pictures = new Map<string, { order: number; clusters: string; free: string }>();
  const names: string[] = [];
  const moments: ((since: string | null) => Received)[] = [];
  const namesAt: number[] = [];
  let epoch = 0;
  let revision = 0;
  let clusters = new Map<string, number>();
  let free = 0;
  let server: FleetVersions = createFleetVersions('epoch-0', picture(clusters, free), keptTombstones);
  let now = 1_000;

  function note() {
    const version = server.version();
    now += 10;
    if (!pictures.has(version)) names.push(version);
    const { clusters: shown, pool } = picture(clusters, free);
    pictures.set(version, {
      order: pictures.get(version)?.order ?? pictures.size,
      clusters: textOf(shown),
      free: JSON.stringify(pool),
    });
    namesAt.push(names.length);
    // Told from now on: `since` is asked once here, so that later steps don't change what was said.
    const all = new Map([null, ...names].map((since) => [since, server.since(since, now)]));
    moments.push((since) => {
      const update = all.get(since);
      if (update === undefined) throw new Error('not known then');
      return { update, since };
    });
  }

  note();
  for (const step of steps) {
    switch (step.kind) {
      case 'put':
        clusters = new Map(clusters).set(step.id, (revision += 1));
        break;
      case 'remove':
        clusters = new Map([...clusters].filter(([id]) => id !== step.id));
        break;
      case 'free':
        free = step.count;
        break;
      case 'restart':
        server = createFleetVersions(`epoch-${String((epoch += 1))}`, picture(clusters, free), keptTombstones);
    }
    server.advance(picture(clusters, free));
    note();
  }
  const end = moments[moments.length - 1];
  if (end === undefined) throw new Error('no history');
  return {
    pictures,
    update(step, sincePick) {
      const index = step % moments.length;
      const pick = sincePick % ((namesAt[index] ?? 0) + 1);
      const moment = moments[index];
      if (moment === undefined) throw new Error('no moment');
      return moment(pick === 0 ? null : (names[pick - 1] ?? null));
    },
    last: end(null),
    ask: end,
  };
}

function textOf(clusters: ReadonlyMap<string, VirtualCluster>): string {
  return JSON.stringify([...clusters].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const ids = fc.constantFrom('a', 'b', 'c', 'd');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: ids.map((id): Step => ({ kind: 'put', id })) },
  { weight: 3, arbitrary: ids.map((id): Step => ({ kind: 'remove', id })) },
  { weight: 2, arbitrary: fc.nat(3).map((count): Step => ({ kind: 'free', count })) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'restart' }) },
);
const stories = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 14 }),
  arrivals: fc.array(fc.tuple(fc.nat(1_000), fc.nat(1_000)), { maxLength: 20 }),
  keptTombstones: fc.constantFrom(0, 1, 100),
});

/** Every update in turn, as a page takes it: null leaves what it has. Calls back before each step forward or refusal. */
function deliver(
  received: readonly Received[],
  each: (before: PageFleet | null, after: PageFleet | null) => void,
): PageFleet | null {
  let held: PageFleet | null = null;
  for (const { update, since } of received) {
    const next = advanceFleet(held, { update, since, at: 5 });
    each(held, next);
    held = next ?? held;
  }
  return held;
}

test('whatever order words arrive in, the page never goes backwards, and shows just what the server had at its version', () => {
  fc.assert(
    fc.property(stories, ({ steps, arrivals, keptTombstones }) => {
      const history = play(steps, keptTombstones);
      const orderOf = (fleet: PageFleet) => history.pictures.get(fleet.version)?.order ?? Number.NaN;
      deliver(
        arrivals.map(([at, since]) => history.update(at, since)),
        (before, after) => {
          if (after === null) return;
          if (before !== null) expect(orderOf(after)).toBeGreaterThanOrEqual(orderOf(before));
          const picture = history.pictures.get(after.version);
          expect(textOf(after.clusters)).toBe(picture?.clusters);
          expect(JSON.stringify(after.pool)).toBe(picture?.free);
        },
      );
    }),
    { seed: 3, numRuns: 2_000 },
  );
});

test('once the newest word has come the page equals the server, or says that it must ask; the answer always does', () => {
  fc.assert(
    fc.property(stories, fc.nat(1_000), ({ steps, arrivals, keptTombstones }, sincePick) => {
      const history = play(steps, keptTombstones);
      const newest = history.update(steps.length, sincePick);
      const held = deliver(
        arrivals.map(([at, since]) => history.update(at, since)),
        () => undefined,
      );
      const received = advanceFleet(held, { ...newest, at: 5 });
      if (received !== null) expect(received.version).toBe(history.last.update.version);
      const asked = advanceFleet(held, { ...history.ask(held?.version ?? null), at: 5 });
      expect(asked?.version).toBe(history.last.update.version);
      expect(textOf(asked?.clusters ?? new Map())).toBe(history.pictures.get(history.last.update.version)?.clusters);
    }),
    { seed: 4, numRuns: 2_000 },
  );
});

test('a late word of a console that has been started anew since does not bring its fleet back', () => {
  const history = play([{ kind: 'put', id: 'a' }, { kind: 'restart' }, { kind: 'put', id: 'b' }], 100);
  // This page was opened after the restart: it knows nothing of the epoch before.
  const held = advanceFleet(null, { ...history.last, at: 5 });
  expect(advanceFleet(held, { ...history.update(1, 0), at: 5 })).toBeNull();
  expect(advanceFleet(held, { ...history.update(1, 1), at: 5 })).toBeNull();
});

test('a word that only tells ages keeps every cluster the same object', () => {
  const history = play([{ kind: 'put', id: 'a' }], 100);
  const held = advanceFleet(null, { ...history.last, at: 5 });
  if (held === null) throw new Error('nothing held');
  const again = history.ask(held.version);
  const next = advanceFleet(held, {
    update: { ...again.update, now: again.update.now + 1_000 },
    since: again.since,
    at: 9,
  });
  expect(next?.clusters).toBe(held.clusters);
  expect(next?.receivedAt).toBe(9);
});
