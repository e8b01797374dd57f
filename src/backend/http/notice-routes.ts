import { fleetDenial } from '../../domain/change-policy.ts';
import type { RaySessionMonitor } from '../fleet/ray-session-monitor.ts';
import { forbidden } from './forbidden.ts';
import type { Handlers } from './handler.ts';

/** The notice that Ray was restarted or emptied. */
export function createNoticeRoutes({ raySessions }: { readonly raySessions: RaySessionMonitor }) {
  return {
    'DELETE notice'(c, id) {
      const denial = fleetDenial(c.get('principal'));
      if (denial !== null) return forbidden(denial);
      raySessions.dismiss(id ?? '');
      return c.body(null, 204);
    },
  } satisfies Partial<Handlers>;
}
