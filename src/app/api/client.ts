import type * as z from 'zod/mini';
import { replySchemas, type Replies } from '../../contract/api.ts';
import type { Change } from '../../contract/change.ts';
import type { ProfileReply } from '../../contract/cluster-profile.ts';
import type { FleetUpdate } from '../../contract/fleet.ts';
import type { ChangeList, JournalQuery } from '../../contract/journal.ts';
import type { RecentEvents } from '../../contract/recent-events.ts';
import type { MapNodes, MapUpdate } from '../../contract/map.ts';
import type { NodeDetail, NodePage, NodeQuery } from '../../contract/nodes.ts';
import { CONSOLE_HEADER, paths } from '../../contract/paths.ts';
import { problem } from '../../contract/problem.ts';
import type { TimelinePage, TimelineQuery } from '../../contract/timeline.ts';
import type { Session } from '../../contract/session.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import type { ClusterProfile, ProfileRecord } from '../../domain/cluster-profile.ts';
import type { FetchHandler } from '../../fetch-handler.ts';
import { text } from '../text/text.ts';
import { ApiError } from './api-error.ts';

type TimelineAsked = TimelineQuery & { readonly before?: string; readonly limit?: number };

/** The page's client of the back end. Every call rejects with an `ApiError`, or with the signal's reason. */
export interface Api {
  session(signal?: AbortSignal): Promise<Session>;
  /** Exchanges the token of a sign-in link for a session. */
  signIn(token: string): Promise<void>;
  /** Ends the session on the server. */
  signOut(): Promise<void>;
  /** Changes since a version; everything for null. `fresh`: sources that are read again before the reply. */
  fleet(since: string | null, signal?: AbortSignal, look?: { readonly fresh: 'users' }): Promise<FleetUpdate>;
  /** Makes the console read at once what it can't read; resolves when that has ended, well or not. */
  readFleet(): Promise<void>;
  nodes(query: NodeQuery, signal?: AbortSignal): Promise<NodePage>;
  clusterNodes(clusterId: string, query: NodeQuery, signal?: AbortSignal): Promise<NodePage>;
  /** One node; null when Ray reports none with this id. */
  node(id: string, signal?: AbortSignal): Promise<NodeDetail | null>;
  /** Changes of the node map since a version of it; the whole map for null. */
  map(since: string | null, signal?: AbortSignal): Promise<MapUpdate>;
  /** The nodes in a section's slots, `to` not included. */
  mapNodes(section: string, from: number, to: number, signal?: AbortSignal): Promise<MapNodes>;
  /** The events after the one with this number. */
  fleetEvents(since: number, signal?: AbortSignal): Promise<RecentEvents>;
  /** The cluster as Ray wrote it, character for character. */
  clusterRaw(clusterId: string, signal?: AbortSignal): Promise<string>;
  changes(query: JournalQuery & { readonly offset?: number }, signal?: AbortSignal): Promise<ChangeList>;
  timeline(query: TimelineAsked, signal?: AbortSignal): Promise<TimelinePage>;
  /** Sends a change under an id of the page's own; sending it again with the same id is idempotent. */
  putChange(id: string, wanted: ChangeRequest): Promise<Change>;
  /** A change and its result, which the console checks again while it is unknown. Null: it has not reached the console. */
  change(id: string, signal?: AbortSignal): Promise<Change | null>;
  /** Gives up a change that has not arrived: null, and the console refuses it from now on. One that has arrived, as it is. */
  abandonChange(id: string, clusterId: string): Promise<Change | null>;
  /** Who it is for, and the newest edits of that. */
  clusterProfile(clusterId: string, signal?: AbortSignal): Promise<ProfileReply>;
  /** Rejects with the code `profile-moved` when another version is there: then nothing was set. */
  putClusterProfile(
    clusterId: string,
    body: { readonly expectedVersion: number; readonly profile: ClusterProfile },
  ): Promise<ProfileRecord>;
  /** Cancels a waiting change. */
  cancelChange(id: string): Promise<Change>;
  /** Dismisses the notice of a restarted or emptied Ray, for everybody. */
  dismissNotice(id: string): Promise<void>;
  /** A reply whose schema comes with the part that asks, so that the first load need not bring it. */
  read<T>(path: string, query: object, schema: z.ZodMiniType<T>, signal?: AbortSignal): Promise<T>;
  /** A write of such a part; a reply without a body is read as null. */
  write<T>(method: 'PUT' | 'POST' | 'DELETE', path: string, body: unknown, schema: z.ZodMiniType<T>): Promise<T>;
  /** Only on a simulated Ray: a path below `/simulator`. Resolves with the reply's JSON. */
  simulator(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<unknown>;
}

/**
 * The API over a fetch. `origin`: the console's base URL, such as `http://127.0.0.1:8600` or `https://host/vc`. `wasActive`:
 * whether the person did something since its last call.
 */
export function createApi(fetch: FetchHandler, origin: string, wasActive: () => boolean = () => false): Api {
  async function send(
    method: string,
    path: string,
    options: { body?: unknown; signal?: AbortSignal | undefined } = {},
  ): Promise<Response> {
    const headers = new Headers({ Accept: 'application/json' });
    if (method !== 'GET') {
      headers.set(CONSOLE_HEADER, '1');
      headers.set('Content-Type', 'application/json');
    }
    const request = new Request(origin + path, {
      method,
      headers,
      body: method === 'GET' || options.body === undefined ? null : JSON.stringify(options.body),
      signal: options.signal ?? null,
    });
    let reply;
    try {
      reply = await fetch(request);
    } catch (error) {
      if (options.signal?.aborted === true) throw error;
      throw new ApiError('unreachable', 'unreachable', text.api.unreachable);
    }
    if (!reply.ok) throw await problemOf(reply);
    return reply;
  }

  const parseReply = <R extends keyof Replies>(route: R, reply: Response): Promise<Replies[R]> =>
    parsedBy(replySchemas[route], reply);

  async function parsedBy<T>(schema: z.ZodMiniType<T>, reply: Response): Promise<T> {
    let json: unknown;
    try {
      json = reply.status === 204 ? null : await reply.json();
    } catch {
      throw new ApiError('unreadable', 'unreadable', text.api.unreadable);
    }
    const parsed = schema.safeParse(json);
    if (!parsed.success) throw new ApiError('unreadable', 'unreadable', text.api.unreadable);
    return parsed.data;
  }

  const get = async <R extends keyof Replies & `GET ${string}`>(
    route: R,
    path: string,
    query: object,
    signal?: AbortSignal,
  ): Promise<Replies[R]> => parseReply(route, await send('GET', withQuery(path, query), { signal }));

  return {
    session: (signal) => get('GET session', paths.session, { active: wasActive() ? 1 : undefined }, signal),
    signIn: async (token) => void (await send('POST', paths.signIn, { body: { token } })),
    signOut: async () => void (await send('POST', paths.signOut, { body: {} })),
    fleet: (since, signal, look) =>
      get('GET fleet', paths.fleet, { since: since ?? undefined, fresh: look?.fresh }, signal),
    readFleet: async () => void (await send('POST', paths.fleetRead, { body: {} })),
    nodes: (query, signal) => get('GET nodes', paths.nodes, query, signal),
    clusterNodes: (clusterId, query, signal) => get('GET clusterNodes', paths.clusterNodes(clusterId), query, signal),
    node: (id, signal) => orNull('no-such-node', get('GET node', paths.node(id), {}, signal)),
    map: (since, signal) => get('GET map', paths.map, { since: since ?? undefined }, signal),
    mapNodes: (section, from, to, signal) => get('GET mapNodes', paths.mapNodes, { section, from, to }, signal),
    fleetEvents: (since, signal) => get('GET lately', paths.lately, { since }, signal),
    clusterRaw: async (clusterId, signal) => (await send('GET', paths.clusterRaw(clusterId), { signal })).text(),
    changes: (query, signal) => get('GET changes', paths.changes, query, signal),
    timeline: ({ kinds, ...query }, signal) => get('GET timeline', paths.timeline, { ...query, kind: kinds }, signal),
    putChange: async (id, wanted) => parseReply('PUT change', await send('PUT', paths.change(id), { body: wanted })),
    abandonChange: async (id, clusterId) => {
      const reply = await send('PUT', paths.abandonment(id), { body: { clusterId } });
      return (await parseReply('PUT abandonment', reply)).change;
    },
    clusterProfile: (clusterId, signal) => get('GET clusterProfile', paths.clusterProfile(clusterId), {}, signal),
    putClusterProfile: async (clusterId, body) =>
      parseReply('PUT clusterProfile', await send('PUT', paths.clusterProfile(clusterId), { body })),
    cancelChange: async (id) => parseReply('DELETE change', await send('DELETE', paths.change(id))),
    dismissNotice: async (id) => void (await send('DELETE', paths.notice(id))),
    change: (id, signal) => orNull('no-such-change', get('GET change', paths.change(id), {}, signal)),
    read: async (path, query, schema, signal) =>
      parsedBy(schema, await send('GET', withQuery(path, query), { signal })),
    write: async (method, path, body, schema) => parsedBy(schema, await send(method, path, { body })),
    async simulator(method, path, body) {
      const reply = await send(method, path, { body });
      const json = await reply.text();
      return json === '' ? null : JSON.parse(json);
    },
  };
}

/** Null where the back end replies with this problem code. */
async function orNull<T>(code: string, reply: Promise<T>): Promise<T | null> {
  try {
    return await reply;
  } catch (error) {
    if (error instanceof ApiError && error.code === code) return null;
    throw error;
  }
}

/** A path with a query string: undefined values are left out, lists are separated by commas. */
export function withQuery(path: string, query: object): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  const encoded = search.toString();
  return encoded === '' ? path : `${path}?${encoded}`;
}

async function problemOf(reply: Response): Promise<ApiError> {
  const parsed = problem.safeParse(await reply.json().catch(() => null));
  if (parsed.success) {
    const { problem: code, fields } = parsed.data;
    return new ApiError('problem', code, text.problems.message(parsed.data), fields);
  }
  return new ApiError('unreadable', `status-${String(reply.status)}`, text.api.unreadable);
}
