import packageJson from '../../../package.json' with { type: 'json' };
import type { Clock } from '../../clock.ts';
import type { SourceName, UnknownReason } from '../../domain/sourced.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { replicaSetsOf, type ReplicaSets } from '../../domain/replica-sets.ts';
import type { Revision } from '../../domain/revision.ts';
import type {
  ListedCluster,
  ListedJob,
  LiveNode,
  RayIdentity,
  StateCluster,
  SummaryNode,
  Supervisor,
} from '../../domain/sources.ts';
import { actorsReader } from '../decode/actors.ts';
import type { TextSink } from '../stream/json-cutter.ts';
import { calls, defaultLimits, defaultTimeouts, urlOf, type CallName } from './calls.ts';
import { exchange, type Exchange } from './exchange.ts';
import { neverYields, type Yielder } from './yielder.ts';
import { readIdentity } from '../decode/identity.ts';
import { readJobs } from '../decode/jobs.ts';
import { clusterListReader, type ParsedClusterList } from '../decode/cluster-list.ts';
import { livenessReader, summaryReader } from '../decode/nodes.ts';
import { indexRawClusters } from '../decode/raw-clusters.ts';
import { outcomeWithoutReply, readOutcome, type WriteContext, type NoReplyReason } from '../decode/write-outcome.ts';
import type { ReplyReader } from '../decode/reply.ts';
import { stateReader } from '../decode/state-clusters.ts';
import { readStopOutcome } from '../decode/stop-outcome.ts';
import type { RayTransport } from './transport.ts';
import { parseJson, stringifyJson } from '../exact-json.ts';

/** What one read of one source came to. Times are milliseconds since 1970 on the client's clock. */
export type RayRead<T> =
  | {
      readonly ok: true;
      readonly value: T;
      /** The weight of the reply. */
      readonly bytes: number;
      /** When the request went out: what was true before it, and came by a fresh read, is in the value. */
      readonly begunAt: number;
      readonly arrivedAt: number;
    }
  | {
      readonly ok: false;
      /** `not-offered` from the list: this Ray's list can't be read as such, now or later (fact 26). */
      readonly reason: UnknownReason;
      /** For logs, at most one line: the exception's last line, never its traceback. */
      readonly detail: string;
      readonly begunAt: number;
      readonly arrivedAt: number;
    };

/** The management list, the removed clusters left out. */
export interface ClusterList {
  readonly clusters: readonly ListedCluster[];
  /** The cluster as Ray wrote it, character for character; null when the list has none of that id. */
  raw(clusterId: string): string | null;
}

/** One save. `replicaSets` names every template to be held: one left out is 0 (fact 8). */
export interface SaveRequest {
  readonly clusterId: string;
  readonly divisible: boolean;
  readonly replicaSets: ReplicaSets;
  readonly revision: Revision;
  /** What it has now, to match a suggestion's camel-cased keys back (fact 9). */
  readonly held: ReplicaSets;
}

/** A request of the published API, passed on for a script. */
export type PassThroughRequest =
  | { readonly method: 'GET' }
  /** `body` is sent exactly as it is. `held`: what the cluster has now, when that is known. */
  | { readonly method: 'POST'; readonly body: string; readonly held?: ReplicaSets }
  | { readonly method: 'DELETE'; readonly clusterId: string };

/** What came of it. `reply`: as Ray gave it, tracebacks included; `outcome` is null for a GET. */
export type PassThroughReply =
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly contentType: string;
      readonly text: string;
      readonly outcome: Outcome | null;
    }
  | {
      readonly kind: 'no-reply';
      readonly outcome: Extract<Outcome, { readonly kind: 'unreachable' | 'unknown' | 'invalid' }>;
    };

/** One Ant Ray. Nothing rejects: every failure is a value. Nothing is ever sent twice. */
export interface Ray {
  /** `fresh`: past Ray's cache, by a query that it never saw (fact 4). */
  readList(options: { readonly fresh: boolean }): Promise<RayRead<ClusterList>>;
  readState(): Promise<RayRead<readonly StateCluster[]>>;
  readLiveness(): Promise<RayRead<readonly LiveNode[]>>;
  readSummary(options: { readonly fresh: boolean }): Promise<RayRead<readonly SummaryNode[]>>;
  readActors(): Promise<RayRead<readonly Supervisor[]>>;
  readJobs(): Promise<RayRead<readonly ListedJob[]>>;
  readIdentity(): Promise<RayRead<RayIdentity>>;
  /** A write is about to go out: what takes time before it can be done meanwhile. */
  expectWrite(): void;
  save(request: SaveRequest): Promise<Outcome>;
  /** Deletes a virtual cluster, or releases a finished job's cluster (fact 23). */
  remove(clusterId: string): Promise<Outcome>;
  /** Ends a job (fact 24). */
  stopJob(submissionId: string): Promise<Outcome>;
  passThrough(request: PassThroughRequest): Promise<PassThroughReply>;
}

/** Where Ray is and what to reach it with. `unique` gives a text that it never gave before, over restarts too. */
export interface RayOptions {
  readonly transport: RayTransport;
  readonly address: string;
  readonly clock: Clock;
  readonly uniqueToken: () => string;
  /** Largest replies in bytes, by call; the defaults are in calls.ts. */
  readonly limits?: Partial<Readonly<Record<CallName, number>>>;
  /** Longest waits in milliseconds, by call. */
  readonly timeouts?: Partial<Readonly<Record<CallName, number>>>;
  /** Hears that a write is about to go out; left out: nothing can be done before. */
  readonly expectWrite?: () => void;
  /** Lets others go first, in the middle of a large reply. */
  readonly yieldToEventLoop?: () => Promise<void>;
  /** For each read of a source: to whom it gives way; left out: to nobody. */
  readonly yielderFor?: (name: SourceName) => Yielder;
}

/** Ray refuses a request without a User-Agent, and a write with a browser's (fact 13). */
export const USER_AGENT = `virtual-cluster-console/${packageJson.version}`;

const reasons: Readonly<Record<NoReplyReason, UnknownReason>> = {
  'never-sent': 'unreachable',
  cut: 'unreachable',
  'timed-out': 'timed-out',
  'too-large': 'too-large',
  'not-ray': 'unreadable',
  unreadable: 'unreadable',
};

const notAddressable = { kind: 'invalid', message: 'No request can name this virtual cluster ID.' } as const;

const doNotYield = () => Promise.resolve();

const noop = () => undefined;

/** A client of the Ray at `address`, over any transport. Throws a `TypeError` when the address is no URL. */
export function createRay({
  transport,
  address,
  clock,
  uniqueToken,
  limits = {},
  timeouts = {},
  expectWrite = noop,
  yieldToEventLoop = doNotYield,
  yielderFor = () => neverYields,
}: RayOptions): Ray {
  if (!URL.canParse(address)) throw new TypeError(`Not a URL: ${address}`);

  async function call(
    name: CallName,
    {
      fresh = false,
      id,
      body = null,
      ...bodies
    }: { fresh?: boolean; id?: string; body?: string | null; intake?: TextSink; way?: Yielder } = {},
  ): Promise<Exchange | null> {
    const url = urlOf(address, name, {
      ...(id === undefined ? {} : { id }),
      ...(fresh ? { fresh: uniqueToken() } : {}),
    });
    if (url === null) return null;
    return exchange(
      transport,
      clock,
      { url, method: calls[name].method, body, userAgent: USER_AGENT },
      { bytes: limits[name] ?? defaultLimits[name], ms: timeouts[name] ?? defaultTimeouts[name] },
      { yieldToEventLoop, ...bodies },
    );
  }

  async function read<T>(
    name: SourceName,
    reader: Partial<ReplyReader<T>> & Pick<ReplyReader<T>, 'read'>,
    fresh = false,
  ): Promise<RayRead<T>> {
    const begunAt = clock.now();
    const came = await call(name, {
      fresh,
      way: yielderFor(name),
      ...(reader.sink === undefined ? {} : { intake: reader.sink }),
    });
    const arrivedAt = clock.now();
    if (came === null) return { ok: false, reason: 'unreachable', detail: 'no such address', begunAt, arrivedAt };
    if (!came.ok) return { ok: false, reason: reasons[came.why], detail: came.detail, begunAt, arrivedAt };
    const parsed = reader.read(came.reply);
    if (!parsed.ok) return { ...parsed, begunAt, arrivedAt };
    return { ok: true, value: parsed.value, bytes: came.bytes, begunAt, arrivedAt };
  }

  async function write(asked: WriteContext, body: string | null): Promise<Outcome> {
    const came = await call(asked.action, { id: asked.clusterId, body });
    if (came === null) return notAddressable;
    return readOutcome(came.ok ? came.reply : came.why, asked);
  }

  return {
    readList: ({ fresh }) => read('list', withRaw(clusterListReader()), fresh),
    readState: () => read('state', stateReader()),
    readLiveness: () => read('liveness', livenessReader()),
    readSummary: ({ fresh }) => read('summary', summaryReader(), fresh),
    readActors: () => read('actors', actorsReader()),
    readJobs: () => read('jobs', { read: readJobs }),
    readIdentity: () => read('identity', { read: readIdentity }),
    expectWrite,
    save: ({ clusterId, divisible, replicaSets, revision, held }) =>
      write(
        { action: 'save', clusterId, replicaSets, held },
        stringifyJson({ virtualClusterId: clusterId, divisible, replicaSets, revision }),
      ),
    remove: (clusterId) => write({ action: 'remove', clusterId }, null),
    async stopJob(submissionId) {
      const came = await call('stop', { id: submissionId });
      if (came === null) return { kind: 'invalid', message: 'No request can name this submission ID.' };
      return readStopOutcome(came.ok ? came.reply : came.why, submissionId);
    },
    async passThrough(request) {
      const came =
        request.method === 'GET'
          ? await call('list', { fresh: true })
          : request.method === 'POST'
            ? await call('save', { body: request.body })
            : await call('remove', { id: request.clusterId });
      if (came === null) return { kind: 'no-reply', outcome: notAddressable };
      if (!came.ok) return { kind: 'no-reply', outcome: outcomeWithoutReply(came.why) };
      const asked = writeContextOf(request);
      return { kind: 'reply', ...came.reply, outcome: asked === null ? null : readOutcome(came.reply, asked) };
    },
  };
}

function withRaw({ sink, read }: ReplyReader<ParsedClusterList>): ReplyReader<ClusterList> {
  return {
    sink,
    read(reply) {
      const list = read(reply);
      return list.ok ? { ok: true, value: rawFrom(list.value) } : list;
    },
  };
}

/** Keeps the reply's text, and looks for the clusters in it only when one is asked for. */
function rawFrom({ clusters, rowIds, text }: ParsedClusterList): ClusterList {
  let slices: ReturnType<typeof indexRawClusters> | undefined;
  return {
    clusters,
    raw(clusterId) {
      slices ??= indexRawClusters(text, rowIds);
      const slice = slices?.get(clusterId);
      return slice ? text.slice(...slice) : null;
    },
  };
}

/** What a published request asked for, as far as its body can be read; Ray reads it for itself. */
function writeContextOf(request: PassThroughRequest): WriteContext | null {
  if (request.method === 'GET') return null;
  if (request.method === 'DELETE') return { action: 'remove', clusterId: request.clusterId };
  const { virtualClusterId, replicaSets } = fieldsOf(request.body);
  const wanted = typeof replicaSets === 'object' && replicaSets !== null ? Object.entries(replicaSets) : [];
  return {
    action: 'save',
    // Ray takes null for an id and names it so in its rejection.
    clusterId: typeof virtualClusterId === 'string' ? virtualClusterId : 'None',
    replicaSets: replicaSetsOf(
      wanted.map(([templateId, count]) => [templateId, typeof count === 'number' ? count : 0]),
    ),
    held: request.held ?? {},
  };
}

function fieldsOf(body: string): { readonly virtualClusterId?: unknown; readonly replicaSets?: unknown } {
  try {
    const json = parseJson(body);
    return typeof json === 'object' && json !== null ? json : {};
  } catch {
    return {};
  }
}
