import type { Context } from 'hono';
import type { RouteName } from '../../contract/routes.ts';
import type { Peer, Principal } from '../auth/authenticator.ts';

/**
 * `source`: the request as it came, with its body; a route's own has none. `body`: that body, read whole before a route is called
 * and once its sender is known.
 */
export interface RouteEnv {
  Bindings: { readonly from: Peer; readonly source: Request; body: string };
  Variables: { readonly principal: Principal };
}

export type RouteContext = Context<RouteEnv>;

/** `id`: the path's `:id`, decoded once; null when the path has none or its encoding is broken. */
export type Handler = (c: RouteContext, id: string | null) => Response | Promise<Response>;

/** One handler for every route of the table: the compiler lists those that are missing. */
export type Handlers = Readonly<Record<RouteName, Handler>>;
