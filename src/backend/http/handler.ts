import type { Context } from 'hono';
import type { RouteName } from '../../contract/routes.ts';
import type { Peer, Principal } from '../auth/authenticator.ts';

/** `body`: the request's body, already read whole; the request itself has none. */
export interface RouteEnv {
  Bindings: { readonly from: Peer; readonly body: string };
  Variables: { readonly principal: Principal };
}

export type RouteContext = Context<RouteEnv>;

/** `id`: the path's `:id`, decoded once; null when the path has none or its encoding is broken. */
export type Handler = (c: RouteContext, id: string | null) => Response | Promise<Response>;

/** One handler for every route of the table: the compiler lists those that are missing. */
export type Handlers = Readonly<Record<RouteName, Handler>>;
