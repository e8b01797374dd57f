import type * as z from 'zod/mini';
import { abandonment, abandonmentRequest, change, changeRequest } from './change.ts';
import { profileEditPage, profileRecord, profileReply, profileRequest } from './cluster-profile.ts';
import { fleetUpdate } from './fleet.ts';
import { changeList } from './journal.ts';
import { mapNodes, mapUpdate } from './map.ts';
import { nodeDetail, nodePage } from './nodes.ts';
import { recentEvents } from './recent-events.ts';
import type { RouteName } from './routes.ts';
import { session, signInRequest } from './session.ts';
import { timelinePage } from './timeline.ts';

/** The schema of each route's JSON body, for the routes that need one of their own. */
export const requestSchemas = {
  'POST signIn': signInRequest,
  'PUT change': changeRequest,
  'PUT abandonment': abandonmentRequest,
  'PUT clusterProfile': profileRequest,
} as const satisfies Partial<Record<RouteName, z.ZodMiniType>>;

/**
 * The schema of each route's JSON reply; a route without one replies with no body, a stream, text, or in Ray's form, or is read by
 * a part of the page that loads later, with its schema (`usage.ts`, `plan.ts`, `rays.ts`).
 */
const schemas = {
  'GET session': session,
  'GET fleet': fleetUpdate,
  'GET changes': changeList,
  'GET timeline': timelinePage,
  'GET change': change,
  'PUT change': change,
  'DELETE change': change,
  'PUT abandonment': abandonment,
  'GET clusterNodes': nodePage,
  'GET clusterProfile': profileReply,
  'PUT clusterProfile': profileRecord,
  'GET profileEdits': profileEditPage,
  'GET nodes': nodePage,
  'GET node': nodeDetail,
  'GET map': mapUpdate,
  'GET mapNodes': mapNodes,
  'GET lately': recentEvents,
} as const satisfies Partial<Record<RouteName, z.ZodMiniType>>;

/** What each route with a JSON reply replies. */
export type Replies = { readonly [R in keyof typeof schemas]: z.infer<(typeof schemas)[R]> };

export const replySchemas: { readonly [R in keyof Replies]: z.ZodMiniType<Replies[R]> } = schemas;
