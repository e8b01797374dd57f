import type * as z from 'zod/mini';
import { change, type Change } from '../../contract/change.ts';
import { fleetUpdate, type FleetUpdate } from '../../contract/fleet.ts';
import { changeList, type ChangeList, type JournalQuery } from '../../contract/journal.ts';
import { recentEvents, type RecentEvents } from '../../contract/recent-events.ts';
import { mapNodes, mapUpdate, type MapNodes, type MapUpdate } from '../../contract/map.ts';
import { nodeDetail, nodePage, type NodeDetail, type NodePage, type NodeQuery } from '../../contract/nodes.ts';
import { CONSOLE_HEADER, paths } from '../../contract/paths.ts';
import { problem } from '../../contract/problem.ts';
import { session, type Session } from '../../contract/session.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import type { FetchHandler } from '../../fetch-handler.ts';
import { text } from '../text/text.ts';
import { ApiError } from './api-error.ts';

/** The console's back end as the page asks it. Every call rejects with an `ApiError`, or with the signal's reason. */
export interface Api {
  session(signal?: AbortSignal): Promise<Session>;
  /** Takes the token of a sign-in link for a session. */
  signIn(token: string): Promise<void>;
  /** Ends the session on the server. */
  signOut(): Promise<void>;
  /** What moved since a version; everything for null. `fresh`: what Ray is asked for anew before it is answered. */
  fleet(since: string | null, signal?: AbortSignal, look?: { readonly fresh: 'users' }): Promise<FleetUpdate>;
  nodes(query: NodeQuery, signal?: AbortSignal): Promise<NodePage>;
  clusterNodes(clusterId: string, query: NodeQuery, signal?: AbortSignal): Promise<NodePage>;
  /** One node; null when Ray tells of none with this id. */
  node(id: string, signal?: AbortSignal): Promise<NodeDetail | null>;
  /** What moved on the node map since a version of it; all of it for null. */
  map(since: string | null, signal?: AbortSignal): Promise<MapUpdate>;
  /** Who stands in a section's slots, `to` not included. */
  mapNodes(section: string, from: number, to: number, signal?: AbortSignal): Promise<MapNodes>;
  /** What happened after the happening of this number. */
  fleetEvents(since: number, signal?: AbortSignal): Promise<RecentEvents>;
  /** The cluster as Ray wrote it, character for character. */
  clusterRaw(clusterId: string, signal?: AbortSignal): Promise<string>;
  changes(query: JournalQuery & { readonly offset?: number }, signal?: AbortSignal): Promise<ChangeList>;
  /** Sends a change under the page's own id: twice is one change. */
  putChange(id: string, wanted: ChangeRequest): Promise<Change>;
  /** What came of a change; looked at again when that is not known. Null: it never reached the console. */
  change(id: string, signal?: AbortSignal): Promise<Change | null>;
  /** Calls a change off that waits. */
  cancelChange(id: string): Promise<Change>;
  /** Takes what is said of a restarted or emptied Ray away, for everybody. */
  dismissNotice(id: string): Promise<void>;
  /** Only on a simulated Ray: `/simulator` and what follows. The reply's JSON. */
  simulator(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<unknown>;
}

/**
 * The API over a fetch; `origin` is where the console lives, as `http://127.0.0.1:8600` or `https://host/vc`. `wasActive`: whether
 * a person did something since it was last asked.
 */
export function createApi(fetch: FetchHandler, origin: string, wasActive: () => boolean = () => false): Api {
  async function ask(
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

  async function read<T>(schema: z.ZodMiniType<T>, reply: Response): Promise<T> {
    let json: unknown;
    try {
      json = await reply.json();
    } catch {
      throw new ApiError('unreadable', 'unreadable', text.api.unreadable);
    }
    const parsed = schema.safeParse(json);
    if (!parsed.success) throw new ApiError('unreadable', 'unreadable', text.api.unreadable);
    return parsed.data;
  }

  const get = async <T>(schema: z.ZodMiniType<T>, path: string, query: object, signal?: AbortSignal): Promise<T> =>
    read(schema, await ask('GET', withQuery(path, query), { signal }));

  return {
    session: (signal) => get(session, paths.session, { active: wasActive() ? 1 : undefined }, signal),
    signIn: async (token) => void (await ask('POST', paths.signIn, { body: { token } })),
    signOut: async () => void (await ask('POST', paths.signOut, { body: {} })),
    fleet: (since, signal, look) =>
      get(fleetUpdate, paths.fleet, { since: since ?? undefined, fresh: look?.fresh }, signal),
    nodes: (query, signal) => get(nodePage, paths.nodes, query, signal),
    clusterNodes: (clusterId, query, signal) => get(nodePage, paths.clusterNodes(clusterId), query, signal),
    node: (id, signal) => orNull('no-such-node', get(nodeDetail, paths.node(id), {}, signal)),
    map: (since, signal) => get(mapUpdate, paths.map, { since: since ?? undefined }, signal),
    mapNodes: (section, from, to, signal) => get(mapNodes, paths.mapNodes, { section, from, to }, signal),
    fleetEvents: (since, signal) => get(recentEvents, paths.lately, { since }, signal),
    clusterRaw: async (clusterId, signal) => (await ask('GET', paths.clusterRaw(clusterId), { signal })).text(),
    changes: (query, signal) => get(changeList, paths.changes, query, signal),
    putChange: async (id, wanted) => read(change, await ask('PUT', paths.change(id), { body: wanted })),
    cancelChange: async (id) => read(change, await ask('DELETE', paths.change(id))),
    dismissNotice: async (id) => void (await ask('DELETE', paths.notice(id))),
    change: (id, signal) => orNull('no-such-change', get(change, paths.change(id), {}, signal)),
    async simulator(method, path, body) {
      const reply = await ask(method, path, { body });
      const said = await reply.text();
      return said === '' ? null : JSON.parse(said);
    },
  };
}

/** Null where the back end says that there is no such thing. */
async function orNull<T>(code: string, asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiError && error.code === code) return null;
    throw error;
  }
}

/** A path with a query; what is undefined is left out, and a list has commas between. */
export function withQuery(path: string, query: object): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  const asked = search.toString();
  return asked === '' ? path : `${path}?${asked}`;
}

async function problemOf(reply: Response): Promise<ApiError> {
  const parsed = problem.safeParse(await reply.json().catch(() => null));
  if (parsed.success) return new ApiError('problem', parsed.data.problem, parsed.data.detail);
  return new ApiError('unreadable', `status-${String(reply.status)}`, text.api.unreadable);
}
