import type { Clock } from '../clock.ts';
import type { FetchHandler } from '../fetch-handler.ts';
import type { Ray } from '../ray/client.ts';
import type { Access, From } from './access.ts';
import type { ChangeLog } from './change-log.ts';
import { createChanges } from './changes.ts';
import { createEvents } from './events.ts';
import { guard } from './guard.ts';
import { createPublished } from './published.ts';
import { createReadModel } from './read-model.ts';
import { createRoutes } from './routes.ts';
import { createWatch } from './watch.ts';

/** What a back end is made of. */
export interface BackendParts {
  readonly ray: Ray;
  /** As the person knows it: `http://host:8265`, or `simulator`. */
  readonly rayAddress: string;
  /** Serves `/simulator/…`; null over a real Ray. */
  readonly simulator: FetchHandler | null;
  readonly store: ChangeLog;
  readonly access: Access;
  readonly clock: Clock;
  /** Makes UUIDs that can't be guessed. */
  readonly ids: () => string;
  /** The page's files; null where something else serves them. */
  readonly files: FetchHandler | null;
  readonly consoleVersion: string;
  /** Host names besides this machine's own by which the console is reached. */
  readonly allowedHosts?: readonly string[];
}

export interface Backend {
  fetch(request: Request, from: From): Promise<Response>;
  /** Ends every stream and every timer, and waits for the writes that are on their way. */
  close(): Promise<void>;
}

/** The console's back end: begins to read Ray at once. */
export function createBackend(parts: BackendParts): Backend {
  const { ray, clock, ids, access, store } = parts;
  const model = createReadModel({ clock, ids, startedReadOnly: access.readOnly });
  const watch = createWatch({ ray, model, clock });
  const changes = createChanges({ ray, model, watch, log: store, clock });
  const published = createPublished({ ray, model, changes, ids });
  const events = createEvents({ model, watch, clock });
  const routes = createRoutes({ ...parts, model, watch, changes, published, events });
  return {
    fetch: guard(async (request, from) => routes.fetch(request, { from }), {
      allowedHosts: parts.allowedHosts ?? [],
      newNonce: ids,
    }),
    async close() {
      events.close();
      await changes.idle();
      watch.close();
    },
  };
}
