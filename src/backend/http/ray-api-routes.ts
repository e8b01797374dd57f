import type { Handlers } from './handler.ts';
import type { RayApiPassThrough } from './ray-api-pass-through.ts';

/** Ray's own API for virtual clusters, for scripts. */
export function createRayApiRoutes({ passThrough }: { readonly passThrough: RayApiPassThrough }) {
  return {
    'GET virtualClusters': () => passThrough.list(),
    'POST virtualClusters': (c) =>
      passThrough.save(c.env.body, charsetIn(c.req.header('Content-Type')), c.get('principal')),
    'DELETE virtualCluster': (c, id) => passThrough.remove(id, c.get('principal')),
  } satisfies Partial<Handlers>;
}

/** The charset that a Content-Type names; null for none. */
function charsetIn(contentType: string | undefined): string | null {
  return /charset\s*=\s*"?([^";\s]*)/i.exec(contentType ?? '')?.[1] ?? null;
}
