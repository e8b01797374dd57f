import { problemReply } from '../web/problem-reply.ts';
import type { Handlers } from './handler.ts';
import type { RayApiPassThrough } from './ray-api-pass-through.ts';

/** Ray's own API for virtual clusters, for scripts. */
export function createRayApiRoutes({ passThrough }: { readonly passThrough: RayApiPassThrough }) {
  return {
    'GET virtualClusters': () => passThrough.list(),
    'POST virtualClusters': (c) => passThrough.save(c.env.body, c.get('principal')),
    'DELETE virtualCluster'(c, id) {
      if (id === null) return problemReply(400, 'bad-path', 'The id in the path is not encoded as it should be.');
      return passThrough.remove(id, c.get('principal'));
    },
  } satisfies Partial<Handlers>;
}
