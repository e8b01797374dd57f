import type { SourceName } from '../../domain/sourced.ts';
import type { LiveNode, StateCluster } from '../../domain/sources.ts';
import { actorsReader } from '../decode/actors.ts';
import { readIdentity } from '../decode/identity.ts';
import { jobsReader } from '../decode/jobs.ts';
import { livenessReader, summaryReader } from '../decode/nodes.ts';
import { rawClusterListReader, withoutText } from '../decode/raw-clusters.ts';
import { wholeReply, type ReplyReader } from '../decode/reply.ts';
import { stateReader } from '../decode/state-clusters.ts';

/** How one source of Ray's is read. Times are in ms. */
interface Source<T, Before = T> {
  readonly path: string;
  readonly query: string;
  /** A larger reply is `too-large`. */
  readonly maxBytes: number;
  /** The longest wait for a whole reply. */
  readonly timeout: number;
  /** A new decoder for each reply. `before`: the last good reading, of which what is unchanged stays the same object. */
  readonly reader: (before: Before | null) => ReplyReader<T>;
  /** What the next reader gets of a good reading: only what that reader uses; the rest would stay in memory. */
  readonly remembered: (value: Before) => T | null;
  /** The time between two reads while somebody watches. */
  readonly interval: number;
  /** How long Ray answers from its cache, which is keyed by the query (facts 4, 19); null where it has none. */
  readonly cacheTtl: number | null;
  /** Whether a write can have changed what it says. */
  readonly isReadAfterWrite: boolean;
  /** The source whose first read must have ended before this one is read for the first time. */
  readonly firstReadAfter: SourceName | null;
}

const MB = 1024 * 1024;

const nothing = () => null;

/**
 * Every source, one row each: a new one needs a row here, its name in `sourceNames`, its decoder and its use in the
 * join. All limits are far below the longest text that V8 can hold, about 512 MB. The large sources are first read one
 * after the other: Ray writes them one by one anyway, and the list would wait for all of them.
 */
export const sources = {
  list: {
    path: '/virtual_clusters',
    query: '',
    // Its text is kept. At 100,000 nodes it is 14 MB.
    maxBytes: 32 * MB,
    timeout: 10_000,
    reader: rawClusterListReader,
    remembered: withoutText,
    interval: 3_000,
    cacheTtl: 10_000,
    isReadAfterWrite: true,
    firstReadAfter: null,
  },
  liveness: {
    path: '/api/v0/nodes',
    query: 'detail=true&limit=10000',
    maxBytes: 64 * MB,
    timeout: 10_000,
    reader: livenessReader,
    remembered: (nodes: ReadonlyMap<string, LiveNode>) => nodes,
    interval: 3_000,
    cacheTtl: null,
    isReadAfterWrite: true,
    firstReadAfter: null,
  },
  state: {
    path: '/api/v0/vclusters',
    query: 'detail=true&limit=10000',
    maxBytes: 256 * MB,
    timeout: 30_000,
    reader: stateReader,
    remembered: (clusters: readonly StateCluster[]) => clusters,
    interval: 3_000,
    cacheTtl: null,
    isReadAfterWrite: true,
    firstReadAfter: 'list',
  },
  summary: {
    path: '/nodes',
    query: 'view=summary',
    // Some 36,000 nodes. At 100,000, Ray makes 700 MB of it and answers nothing else meanwhile.
    maxBytes: 256 * MB,
    timeout: 30_000,
    reader: summaryReader,
    remembered: nothing,
    interval: 6_000,
    cacheTtl: 2_000,
    isReadAfterWrite: false,
    firstReadAfter: 'state',
  },
  actors: {
    path: '/api/v0/actors',
    query: 'detail=true&limit=10000&filter_keys=state&filter_predicates=%3D&filter_values=ALIVE',
    maxBytes: 64 * MB,
    timeout: 10_000,
    reader: actorsReader,
    remembered: nothing,
    interval: 5_000,
    cacheTtl: null,
    isReadAfterWrite: true,
    firstReadAfter: null,
  },
  jobs: {
    path: '/api/jobs/',
    query: '',
    maxBytes: 64 * MB,
    timeout: 10_000,
    reader: jobsReader,
    remembered: nothing,
    interval: 5_000,
    cacheTtl: null,
    isReadAfterWrite: true,
    firstReadAfter: null,
  },
  identity: {
    path: '/api/version',
    query: '',
    maxBytes: 64 * 1024,
    timeout: 10_000,
    reader: () => wholeReply(readIdentity),
    remembered: nothing,
    interval: 15_000,
    cacheTtl: null,
    isReadAfterWrite: false,
    firstReadAfter: null,
  },
} as const satisfies { readonly [K in SourceName]: Source<unknown, never> };

/** The value of a good reading of each source. */
export type SourceValues = {
  readonly [K in SourceName]: ReturnType<(typeof sources)[K]['reader']> extends ReplyReader<infer T> ? T : never;
};
