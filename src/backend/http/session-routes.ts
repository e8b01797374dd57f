import type { Session } from '../../contract/session.ts';
import type { RayOverview, RaysReply } from '../../contract/rays.ts';
import type { Clock } from '../../clock.ts';
import type { FetchHandler } from '../../fetch-handler.ts';
import type { Authenticator } from '../auth/authenticator.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import type { Handlers } from './handler.ts';
import { LIST_UNREADABLE } from './list-unreadable.ts';

export interface SessionRouteParts {
  /** Its name among several; left out: it is the only one. */
  readonly rayName?: string;
  /** The Rays of this console; left out: there is only one. */
  readonly rays?: () => Promise<readonly RayOverview[]>;
  readonly clock: Clock;
  readonly rayAddress: string;
  /** Where browsers reach Ray's dashboard; null: unknown. */
  readonly rayDashboardUrl: string | null;
  readonly consoleVersion: string;
  readonly access: Authenticator;
  readonly store: FleetStore;
  readonly simulator: FetchHandler | null;
}

/** Sign-in, sign-out, and who the principal is. */
export function createSessionRoutes({
  rayName,
  rays,
  clock,
  rayAddress,
  rayDashboardUrl,
  consoleVersion,
  access,
  store,
  simulator,
}: SessionRouteParts) {
  return {
    'POST signIn': (c) => access.signIn(c.req.raw, c.env.from, c.env.body),
    'POST signOut': (c) => access.signOut(c.req.raw, c.env.from),
    async 'GET rays'(c) {
      const { name, authMethod } = c.get('principal');
      const reply: RaysReply = {
        who: name,
        via: authMethod,
        consoleVersion,
        now: clock.now(),
        rays: [...((await rays?.()) ?? [])],
      };
      return c.json(reply);
    },
    'GET session'(c) {
      const principal = c.get('principal');
      const identity = store.state('identity').last?.value ?? null;
      const isUnreadable = principal.mayWrite && store.readOnly() === 'list-unreadable';
      const session: Session = {
        who: principal.name,
        mayWrite: principal.mayWrite && !isUnreadable,
        mayNotWriteBecause: isUnreadable ? LIST_UNREADABLE : principal.mayNotWriteBecause,
        mayNotWriteReason: isUnreadable ? 'list-unreadable' : (principal.mayNotWriteReason ?? null),
        clusters: principal.clusters === null ? null : [...principal.clusters],
        via: principal.authMethod,
        ray: {
          ...(rayName === undefined ? {} : { name: rayName }),
          address: rayAddress,
          dashboardUrl: rayDashboardUrl,
          simulated: simulator !== null,
          version: identity?.version ?? null,
          sessionName: identity?.sessionName ?? null,
        },
        consoleVersion,
      };
      return c.json(session);
    },
  } satisfies Partial<Handlers>;
}
