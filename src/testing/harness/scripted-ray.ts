import type { Clock } from '../../clock.ts';
import { perSource, type SourceName, type UnknownReason } from '../../domain/sourced.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { ReplicaSets } from '../../domain/replica-sets.ts';
import { parseRevision, type Revision } from '../../domain/revision.ts';
import type {
  ListedCluster,
  ListedJob,
  LiveNode,
  Member,
  StateCluster,
  SummaryNode,
  Supervisor,
} from '../../domain/sources.ts';
import type { PassThroughReply, PassThroughRequest, Ray, RayRead, SaveRequest } from '../../ray/client/ray.ts';
import type { SourceValues } from '../../ray/client/sources.ts';

/** A fake Ray for tests that script its replies. It accepts every write with a current revision unless an outcome is scripted. */
export interface ScriptedRay extends Ray {
  readonly clusters: Map<string, ListedCluster>;
  /** The outcomes of the next writes, in order. `acts`: the write takes effect all the same. */
  readonly scriptedOutcomes: { readonly outcome: Outcome; readonly acts?: boolean; readonly before?: () => void }[];
  /** The replies of the next pass-through requests. */
  readonly replies: PassThroughReply[];
  readonly saved: SaveRequest[];
  readonly removed: string[];
  readonly stopped: string[];
  readonly forwarded: PassThroughRequest[];
  readonly listReads: boolean[];
  /** Every read of the list or of the nodes, in order. */
  readonly reads: { readonly name: 'list' | 'liveness' | 'summary'; readonly fresh: boolean; readonly at: number }[];
  failing: Record<Exclude<SourceName, 'identity'>, UnknownReason | null>;
  jobClusters: StateCluster[];
  /** The jobs that `/api/jobs/` lists. */
  jobs: ListedJob[];
  supervisors: Supervisor[];
  /** Live nodes that belong to no cluster. */
  freeNodes: string[];
  sessionName: string;
  listBytes: number;
  summaryBytes: number;
  /** Awaited before each reply, so that a test can hold it back. */
  hold: () => Promise<void>;
  /** Saves a cluster as another client would; its new revision. */
  put(id: string, sets: ReplicaSets, divisible?: boolean): Revision;
}

export function createScriptedRay(clock: Clock): ScriptedRay {
  let lastRevision = 9_007_199_254_740_993n;
  let lastNode = 0;

  function reading<T>(reason: UnknownReason | null, value: T, begunAt: number, bytes = 100): RayRead<T> {
    const arrivedAt = clock.now();
    return reason === null
      ? { ok: true, value, bytes, begunAt, arrivedAt }
      : { ok: false, reason, detail: 'x', begunAt, arrivedAt };
  }

  function membersFor(id: string, sets: ReplicaSets): Map<string, Member> {
    const before = [...(fake.clusters.get(id)?.members ?? [])];
    const members = new Map<string, Member>();
    for (const [templateId, count] of Object.entries(sets)) {
      const kept = before.filter(([, member]) => member.templateId === templateId).slice(0, count);
      for (const [nodeId, member] of kept) members.set(nodeId, member);
      for (let more = kept.length; more < count; more++)
        members.set(`node-${String((lastNode += 1))}`, { hostname: 'vm', templateId });
    }
    return members;
  }

  const allNodes = () => [
    ...[...fake.clusters.values()].flatMap((each) => [...each.members.keys()]),
    ...fake.freeNodes,
  ];

  const perNode = <T>(what: T): ReadonlyMap<string, T> => new Map(allNodes().map((id) => [id, what]));

  const answers: { readonly [K in SourceName]: (fresh: boolean) => Promise<RayRead<SourceValues[K]>> } = {
    async list(fresh) {
      fake.listReads.push(fresh);
      fake.reads.push({ name: 'list', fresh, at: clock.now() });
      const begunAt = clock.now();
      const clusters = [...fake.clusters.values()];
      await fake.hold();
      const raw = (id: string) => (clusters.some((each) => each.id === id) ? `{"virtualClusterId":"${id}"}` : null);
      return reading(fake.failing.list, { clusters, raw }, begunAt, fake.listBytes);
    },
    state: () => Promise.resolve(reading(fake.failing.state, fake.jobClusters, clock.now())),
    liveness() {
      fake.reads.push({ name: 'liveness', fresh: true, at: clock.now() });
      return Promise.resolve(reading(fake.failing.liveness, perNode(ALIVE), clock.now()));
    },
    summary(fresh) {
      fake.reads.push({ name: 'summary', fresh, at: clock.now() });
      return Promise.resolve(reading(fake.failing.summary, perNode(SUMMARISED), clock.now(), fake.summaryBytes));
    },
    actors: () => Promise.resolve(reading(fake.failing.actors, fake.supervisors, clock.now())),
    jobs: () => Promise.resolve(reading(fake.failing.jobs, fake.jobs, clock.now())),
    identity: () => Promise.resolve(reading(null, { version: '2.44.1.1', sessionName: fake.sessionName }, clock.now())),
  };

  const fake: ScriptedRay = {
    clusters: new Map(),
    scriptedOutcomes: [],
    replies: [],
    saved: [],
    removed: [],
    stopped: [],
    forwarded: [],
    listReads: [],
    reads: [],
    failing: perSource(() => null),
    jobClusters: [],
    jobs: [],
    supervisors: [],
    freeNodes: [],
    sessionName: 'session_1',
    listBytes: 100,
    summaryBytes: 100,
    hold: () => Promise.resolve(),
    put(id, sets, divisible = false) {
      const revision = parseRevision(String((lastRevision += 1n)));
      if (revision === null) throw new Error('no revision');
      fake.clusters.set(id, { id, divisible, revision, members: membersFor(id, sets) });
      return revision;
    },
    read: (name, { fresh = false } = {}) => answers[name](fresh),
    async save(request) {
      fake.saved.push(request);
      await fake.hold();
      const scripted = fake.scriptedOutcomes.shift();
      scripted?.before?.();
      if (scripted !== undefined && scripted.acts !== true) return scripted.outcome;
      const existing = fake.clusters.get(request.clusterId);
      if (existing !== undefined && existing.revision !== request.revision)
        return { kind: 'conflict', latest: existing.revision };
      const revision = fake.put(request.clusterId, request.replicaSets, request.divisible);
      if (scripted !== undefined) return scripted.outcome;
      return { kind: 'applied', revision, members: fake.clusters.get(request.clusterId)?.members ?? null };
    },
    async remove(clusterId) {
      fake.removed.push(clusterId);
      await fake.hold();
      const scripted = fake.scriptedOutcomes.shift();
      scripted?.before?.();
      if (scripted !== undefined && scripted.acts !== true) return scripted.outcome;
      const isThere = fake.clusters.delete(clusterId) || fake.jobClusters.some(({ id }) => id === clusterId);
      fake.jobClusters = fake.jobClusters.filter(({ id }) => id !== clusterId);
      if (scripted !== undefined) return scripted.outcome;
      return isThere ? { kind: 'applied', revision: null, members: null } : { kind: 'not-found' };
    },
    expectWrite: () => undefined,
    async stopJob(submissionId) {
      fake.stopped.push(submissionId);
      await fake.hold();
      const scripted = fake.scriptedOutcomes.shift();
      scripted?.before?.();
      if (scripted !== undefined && scripted.acts !== true) return scripted.outcome;
      const job = fake.jobs.find((each) => each.submissionId === submissionId);
      const isActive = job?.status === 'RUNNING' || job?.status === 'PENDING';
      if (isActive) fake.jobs = fake.jobs.map((each) => (each === job ? { ...each, status: 'STOPPED' } : each));
      if (scripted !== undefined) return scripted.outcome;
      return job === undefined
        ? { kind: 'not-found' }
        : isActive
          ? { kind: 'applied', revision: null, members: null }
          : { kind: 'already-ended' };
    },
    passThrough(request) {
      fake.forwarded.push(request);
      const reply = fake.replies.shift();
      if (reply === undefined) throw new Error('no reply was scripted');
      return Promise.resolve(reply);
    },
  };
  return fake;
}

const ALIVE: LiveNode = { state: 'alive', isHead: false, diedAt: null, message: null };
const SUMMARISED: SummaryNode = { state: 'alive', hostname: 'vm', templateId: '4c8g', isHead: false, usage: null };
