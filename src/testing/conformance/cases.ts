import { expect } from 'vitest';
import { paths } from '../../contract/paths.ts';
import { usageReply, usageSummary } from '../../contract/usage.ts';
import { applySuggestion } from '../../domain/suggestion.ts';
import { Conversation } from '../../simulator/conformance/conversation.ts';
import { baseOf, clusterIn, type ConsoleOnRay } from './console-on-ray.ts';
import type { ConsoleCase } from './console-case.ts';
import { planCases } from './plan-cases.ts';

const save = (clusterId: string, want: Readonly<Record<string, number>>, divisible = false) =>
  ({ kind: 'save', clusterId, divisible, base: null, want }) as const;

async function create(console: ConsoleOnRay, id: string, want: Readonly<Record<string, number>>, divisible = false) {
  const created = await console.change(save(id, want, divisible));
  expect(created.result).toMatchObject({ kind: 'applied' });
  return console.cluster(id);
}

async function remove(console: ConsoleOnRay, id: string) {
  const cluster = await console.cluster(id);
  return console.change({ kind: 'delete', clusterId: id, base: { ...baseOf(cluster), divisible: cluster.divisible } });
}

const changeCases: readonly ConsoleCase[] = [
  {
    name: 'a virtual cluster is created, grown, shrunk and deleted, and each result lists the nodes that joined and left',
    run: async (console) => {
      const created = await console.change(save('team', { '4c8g': 1, '8c16g': 1 }));
      expect(created.result).toMatchObject({ kind: 'applied', seen: 'reply', retries: 0 });
      expect(created.moved).toMatchObject({ arrivedCount: 2, leftCount: 0 });
      const first = await console.cluster('team');
      expect(baseOf(first).replicaSets).toEqual({ '4c8g': 1, '8c16g': 1 });
      const grown = await console.change({ ...save('team', { '4c8g': 2, '8c16g': 0 }), base: baseOf(first) });
      expect(grown.result).toMatchObject({ kind: 'applied' });
      expect(grown.moved).toMatchObject({ arrivedCount: 1, leftCount: 1 });
      expect(grown.moved?.arrived[0]?.templateId).toBe('4c8g');
      expect(baseOf(await console.cluster('team')).replicaSets).toEqual({ '4c8g': 2 });
      const deleted = await remove(console, 'team');
      expect(deleted.result).toMatchObject({ kind: 'applied' });
      expect(clusterIn(await console.fleet(), 'team')).toBeNull();
      expect(await console.scriptIds()).not.toContain('team');
    },
  },
  {
    name: 'a change sent twice under one id is one write',
    run: async (console) => {
      const id = '00000000-0000-4000-8000-000000000001';
      const both = await Promise.all([
        console.change(save('team', { '4c8g': 1 }), id),
        console.change(save('team', { '4c8g': 1 }), id),
      ]);
      const [first] = both;
      const again = await console.change(save('team', { '4c8g': 1 }), id);
      expect(again.result).toMatchObject({ kind: 'applied', revision: expect.any(String) });
      expect(again.attempts).toBe(1);
      expect(first?.id).toBe(id);
      expect((await console.cluster('team')).revision).toBe(
        again.result?.kind === 'applied' ? again.result.revision : null,
      );
    },
  },
  {
    name: "a script's save makes the page's later save a conflict that shows the current state",
    run: async (console, target) => {
      const opened = await create(console, 'team', { '4c8g': 1 });
      const script = new Conversation(target);
      await script.peek('POST', '/virtual_clusters', {
        json: { virtualClusterId: 'team', divisible: false, replicaSets: { '4c8g': 2 }, revision: opened.revision },
      });
      const late = await console.change({ ...save('team', { '4c8g': 3 }), base: baseOf(opened) });
      expect(late.result).toMatchObject({ kind: 'conflict', theirs: { replicaSets: { '4c8g': 2 }, divisible: false } });
      if (late.result?.kind !== 'conflict' || late.result.theirs === null || late.result.theirs === 'unread') return;
      const { revision, replicaSets } = late.result.theirs;
      const merged = await console.change({ ...save('team', { '4c8g': 3 }), base: { revision, replicaSets } });
      expect(merged.result).toMatchObject({ kind: 'applied' });
    },
  },
  {
    name: 'a save that changes only the revision does not conflict with a save on the base before it',
    run: async (console, target) => {
      const opened = await create(console, 'team', { '4c8g': 1 });
      const script = new Conversation(target);
      await script.peek('POST', '/virtual_clusters', {
        json: { virtualClusterId: 'team', divisible: false, replicaSets: { '4c8g': 1 }, revision: opened.revision },
      });
      const late = await console.change({ ...save('team', { '4c8g': 2 }), base: baseOf(opened) });
      expect(late.result).toMatchObject({ kind: 'applied', retries: 1 });
    },
  },
  {
    name: 'the suggestion for a shortage on growth is accepted',
    run: async (console) => {
      const opened = await create(console, 'team', { '4c8g': 1, '8c16g': 1 });
      const want = { '4c8g': 9, '8c16g': 2 };
      const short = await console.change({ ...save('team', want), base: baseOf(opened) });
      expect(short.result).toMatchObject({
        kind: 'shortage',
        direction: 'grow',
        suggestion: { '4c8g': 2, '8c16g': 1 },
        unmatched: [],
      });
      if (short.result?.kind !== 'shortage') return;
      const { direction, suggestion, unmatched, judgedOn } = short.result;
      const applied = applySuggestion({ asked: want, current: judgedOn.replicaSets, direction, suggestion, unmatched });
      expect(applied).toMatchObject({ kind: 'request', want: { '4c8g': 3, '8c16g': 2 } });
      if (applied.kind !== 'request' || judgedOn.revision === null) throw new Error('nothing to apply');
      const base = { revision: judgedOn.revision, replicaSets: judgedOn.replicaSets };
      const saved = await console.change({ ...save('team', applied.want), base });
      expect(saved.result).toMatchObject({ kind: 'applied' });
      expect(baseOf(await console.cluster('team')).replicaSets).toEqual({ '4c8g': 3, '8c16g': 2 });
    },
  },
  {
    name: "a suggestion that Ray returns in camel case uses the template's own name",
    run: async (console) => {
      const short = await console.change(save('team', { my_node_type: 5 }));
      expect(short.result).toMatchObject({ kind: 'shortage', suggestion: { my_node_type: 2 }, unmatched: [] });
    },
  },
  {
    name: 'a cluster is shown as divisible or indivisible, which cannot change',
    run: async (console) => {
      const opened = await create(console, 'shared', { '4c8g': 1 }, true);
      expect(opened.divisible).toBe(true);
      const other = await console.change({ ...save('shared', { '4c8g': 2 }, false), base: baseOf(opened) });
      expect(other.result).toMatchObject({ kind: 'mismatch', divisible: true });
    },
  },
  {
    name: 'a job that starts moves the revision without causing a conflict',
    jobs: true,
    run: async (console, target) => {
      const opened = await create(console, 'team', { '8c16g': 2, '4c8g': 1 }, true);
      const script = new Conversation(target);
      const job = await script.runJob({ clusterId: 'team', replicaSets: { '8c16g': 1 } });
      const late = await console.change({ ...save('team', { '8c16g': 2, '4c8g': 2 }, true), base: baseOf(opened) });
      expect(late.result).toMatchObject({ kind: 'applied', retries: 1 });
      const used = await console.until('the job', (fleet) => {
        const usedBy = clusterIn(fleet, 'team')?.usedBy;
        return usedBy?.known === true && usedBy.value.jobClusters.length > 0 ? usedBy.value : null;
      });
      expect(used.jobClusters[0]?.id).toBe(`team##${job}`);
    },
  },
  {
    name: 'in use: said by what, and released when its job has ended',
    jobs: true,
    run: async (console, target) => {
      await create(console, 'team', { '8c16g': 1 }, true);
      const script = new Conversation(target);
      const job = await script.runJob({ clusterId: 'team', replicaSets: { '8c16g': 1 } });
      expect((await remove(console, 'team')).result).toMatchObject({ kind: 'in-use' });
      await script.finishJob(job);
      const leftover = await console.until('the leftover', (fleet) => {
        const usedBy = clusterIn(fleet, 'team')?.usedBy;
        const one = usedBy?.known === true ? usedBy.value.jobClusters[0] : undefined;
        return one?.leftover.known === true && one.leftover.value ? one : null;
      });
      expect(leftover.id).toBe(`team##${job}`);
      expect((await remove(console, 'team')).result).toMatchObject({ kind: 'in-use' });
      const released = await console.change({ kind: 'release', clusterId: leftover.id });
      expect(released.result).toMatchObject({ kind: 'applied' });
      await console.until('no job cluster', (fleet) => {
        const usedBy = clusterIn(fleet, 'team')?.usedBy;
        return usedBy?.known === true && usedBy.value.jobClusters.length === 0;
      });
      expect((await remove(console, 'team')).result).toMatchObject({ kind: 'applied' });
    },
  },
  {
    name: 'a job is stopped once, leaves its cluster behind, and after the release the virtual cluster goes',
    jobs: true,
    run: async (console, target) => {
      await create(console, 'team', { '8c16g': 1 }, true);
      const script = new Conversation(target);
      const job = await script.runJob({ clusterId: 'team', replicaSets: { '8c16g': 1 } });
      const stop = { kind: 'stop-job', clusterId: 'team', submissionId: job } as const;
      expect((await console.change(stop)).result).toMatchObject({ kind: 'applied', seen: 'reply' });
      await script.untilJob(job, ['STOPPED']);
      expect((await console.change(stop)).result).toEqual({ kind: 'already-ended' });
      expect((await console.change({ ...stop, submissionId: 'raysubmit_nobody' })).result).toEqual({
        kind: 'not-found',
      });
      const leftover = await console.until('the leftover', (fleet) => {
        const usedBy = clusterIn(fleet, 'team')?.usedBy;
        const one = usedBy?.known === true ? usedBy.value.jobClusters[0] : undefined;
        // Its supervisor lingers for a moment, and holds it as long.
        return one?.leftover.known === true && one.leftover.value && one.job?.supervisorNodeId === null ? one : null;
      });
      expect((await console.change({ kind: 'release', clusterId: leftover.id })).result).toMatchObject({
        kind: 'applied',
      });
      expect((await remove(console, 'team')).result).toMatchObject({ kind: 'applied' });
    },
  },
  {
    name: "a shrink may take the node of a running job's supervisor, which is known before the save",
    jobs: true,
    run: async (console, target) => {
      await create(console, 'batch', { '4c8g': 1 });
      const script = new Conversation(target);
      const job = await script.runJob({ clusterId: 'batch' });
      const used = await console.until('the job and its node', (fleet) => {
        const usedBy = clusterIn(fleet, 'batch')?.usedBy;
        const one = usedBy?.known === true ? usedBy.value.jobs[0] : undefined;
        return one === undefined || one.supervisorNodeId === null ? null : one;
      });
      const [member] = await console.nodes('batch');
      expect(used).toMatchObject({ submissionId: job, supervisorNodeId: member?.id });
      const opened = await console.cluster('batch');
      const shrunk = await console.change({ ...save('batch', { '4c8g': 0 }), base: baseOf(opened) });
      expect(shrunk.result).toMatchObject({ kind: 'applied' });
      expect(shrunk.moved).toMatchObject({ leftCount: 1, left: [{ id: member?.id }] });
      await script.untilJob(job, ['FAILED']);
    },
  },
  {
    name: 'a change of the cluster cancels its deferred deletion',
    run: async (console, target) => {
      const opened = await create(console, 'team', { '4c8g': 1 });
      const id = '00000000-0000-4000-8000-000000000002';
      const deferred = await console.change(
        { kind: 'delete-when-idle', clusterId: 'team', base: { ...baseOf(opened), divisible: false } },
        id,
      );
      expect(deferred.result).toEqual({ kind: 'waiting', refusedAt: null });
      await console.until('the cluster to be idle', ({ waiting }) => waiting[0]?.idleSince);
      const script = new Conversation(target);
      await script.peek('POST', '/virtual_clusters', {
        json: { virtualClusterId: 'team', divisible: false, replicaSets: { '4c8g': 2 }, revision: opened.revision },
      });
      await console.until('the deletion to be cancelled', ({ waiting }) => waiting.length === 0);
      const ended: unknown = await (await console.ask('GET', paths.change(id))).json();
      expect(ended).toMatchObject({
        result: { kind: 'cancelled', why: { reason: 'changed', who: null, now: { replicaSets: { '4c8g': 2 } } } },
      });
      expect(await console.scriptIds()).toContain('team');
    },
  },
  {
    name: 'jobs that fill two nodes show them as used: in the chart, in the summary and in the metrics',
    jobs: true,
    run: async (console, target) => {
      await create(console, 'batch', { '4c8g': 2 });
      const script = new Conversation(target);
      await script.runJob({ clusterId: 'batch', cpus: 4 });
      await script.runJob({ clusterId: 'batch', cpus: 4 });
      await console.until('two used nodes', (fleet) => {
        const used = clusterIn(fleet, 'batch')?.templates[0]?.used;
        return used?.known === true && used.value === 2;
      });
      expect(await console.metrics()).toContain(
        'virtual_cluster_nodes_used{virtual_cluster="batch",template="4c8g"} 2',
      );
      // A sample is taken each minute.
      const read = async () =>
        usageReply.parse(await (await console.ask('GET', `${paths.usage}?cluster=batch`)).json());
      const lastUsed = ({ total }: Awaited<ReturnType<typeof read>>) => total.used.findLast((used) => used !== null);
      let chart = await read();
      for (let waited = 0; waited < 61_000 && lastUsed(chart) !== 2; waited += 1_000) {
        await target.wait(1_000);
        chart = await read();
      }
      expect(lastUsed(chart)).toBe(2);
      expect(chart.total.held.findLast((held) => held !== null)).toBe(2);
      const summary = usageSummary.parse(await (await console.ask('GET', paths.usageSummary)).json());
      expect(summary.rows).toMatchObject([{ clusterId: 'batch', templateId: '4c8g', held: 2, peakUsed: 2 }]);
      expect(summary.rows[0]?.usedHours).toBeGreaterThan(0);
    },
  },
  {
    name: 'while a full node breaks the state API, users, a bound on the free nodes and every write still work',
    jobs: true,
    run: async (console, target) => {
      await create(console, 'batch', { '4c8g': 1 });
      const team = await create(console, 'team', { '8c16g': 1 }, true);
      const script = new Conversation(target);
      const inTeam = await script.runJob({ clusterId: 'team', replicaSets: { '8c16g': 1 } });
      await script.runJob({ clusterId: 'batch', cpus: 4 });
      await console.until('the state API to fail', ({ sources }) => sources.state.failure?.reason === 'node-full');
      const users = await console.until('the users', (fleet) => {
        const batch = clusterIn(fleet, 'batch')?.usedBy;
        const shared = clusterIn(fleet, 'team')?.usedBy;
        return batch?.known === true &&
          batch.value.jobs.length === 1 &&
          shared?.known === true &&
          shared.value.jobClusters.length === 1
          ? { batch: batch.value, shared: shared.value }
          : null;
      });
      expect(users.shared.jobClusters[0]?.id).toBe(`team##${inTeam}`);
      const free = await console.until('a bound of the free nodes', ({ pool }) => {
        const one = pool?.templates.find(({ templateId }) => templateId === '4c8g')?.free;
        return one?.known === true ? one.value : null;
      });
      expect(free).toEqual({ count: 2, atMost: true });
      const used = await console.until('the used nodes', (fleet) => {
        const one = clusterIn(fleet, 'batch')?.templates[0]?.used;
        return one?.known === true ? one : null;
      });
      expect(used.value).toBe(1);
      const grown = await console.change({
        ...save('team', { '8c16g': 2 }, true),
        base: baseOf(await console.cluster('team')),
      });
      expect(grown.result).toMatchObject({ kind: 'applied' });
      await script.finishJob(inTeam);
      await console.until('the leftover', (fleet) => {
        const usedBy = clusterIn(fleet, 'team')?.usedBy;
        const one = usedBy?.known === true ? usedBy.value.jobClusters[0] : undefined;
        return one?.leftover.known === true && one.leftover.value;
      });
      expect((await console.change({ kind: 'release', clusterId: `team##${inTeam}` })).result).toMatchObject({
        kind: 'applied',
      });
      expect((await remove(console, 'team')).result).toMatchObject({ kind: 'applied' });
      expect((await remove(console, 'batch')).result).toMatchObject({ kind: 'in-use' });
      expect(team.id).toBe('team');
    },
  },
  {
    name: 'a member that dies is shown as dead, and its replacement appears without a new revision',
    run: async (console, target) => {
      const opened = await create(console, 'team', { '4c8g': 1 });
      const [member] = await console.nodes('team');
      await target.killNode(member?.id ?? '');
      await console.until('the replacement', async () => {
        const [now] = await console.nodes('team');
        return now !== undefined && now.id !== member?.id && now.state === 'alive';
      });
      const cluster = await console.until('no dead member', (fleet) => {
        const one = clusterIn(fleet, 'team');
        return one?.templates[0]?.dead.known === true && one.templates[0].dead.value === 0 ? one : null;
      });
      expect(cluster.revision).toBe(opened.revision);
    },
  },
  {
    name: 'members that die without a replacement stay, shown as dead',
    run: async (console, target) => {
      await create(console, 'team', { my_node_type: 2 });
      const [first] = await console.nodes('team');
      await target.killNode(first?.id ?? '');
      const cluster = await console.until('the dead member', (fleet) => {
        const one = clusterIn(fleet, 'team');
        return one?.templates[0]?.dead.known === true && one.templates[0].dead.value === 1 ? one : null;
      });
      expect(cluster.templates[0]?.count).toBe(2);
    },
  },
  {
    name: 'a restart of Ray is reported, nothing of the old session stays, and its clusters can be created again from the last snapshot',
    run: async (console, target) => {
      const batch = await create(console, 'batch', { '4c8g': 1 });
      await create(console, 'team', { '8c16g': 2 }, true);
      const before = await console.fleet();
      await target.restart();
      const after = await console.until('the notice', (fleet) => (fleet.notice === null ? null : fleet));
      expect(after.notice).toMatchObject({
        kind: 'restarted',
        lastSeen: [
          { id: 'batch', divisible: false, replicaSets: { '4c8g': 1 } },
          { id: 'team', divisible: true, replicaSets: { '8c16g': 2 } },
        ],
      });
      const epochOf = (version: string) => version.slice(0, version.lastIndexOf('-'));
      expect(epochOf(after.version)).not.toBe(epochOf(before.version));
      const empty = await console.until('the empty list', (fleet) =>
        fleet.sources.list.readAt === null ? null : fleet,
      );
      expect(empty.clusters).toEqual([]);
      // A form opened on the old session can't be saved on the new one.
      const late = await console.change({ ...save('batch', { '4c8g': 2 }), base: baseOf(batch) });
      expect(late.result).toMatchObject({ kind: 'conflict', theirs: null });
      for (const { id, divisible, replicaSets } of after.notice?.lastSeen ?? []) {
        expect((await console.change(save(id, replicaSets, divisible))).result).toMatchObject({ kind: 'applied' });
      }
      expect(baseOf(await console.cluster('team')).replicaSets).toEqual({ '8c16g': 2 });
      await console.until('the notice to go once all are there again', ({ notice }) => notice === null);
    },
  },
];

export const consoleCases: readonly ConsoleCase[] = [...planCases, ...changeCases];
