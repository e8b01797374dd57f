import type { Authenticator } from '../backend/auth/authenticator.ts';
import type { TokenGrant } from '../backend/auth/author-right.ts';
import type { Backend, BackendParts } from '../backend/backend.ts';
import type { Clock } from '../clock.ts';
import type { FetchHandler } from '../fetch-handler.ts';
import type { Options } from './cli/options.ts';
import { createConsoleBackend } from './console-backend.ts';
import type { Observability } from './observability/observability.ts';
import type { RayFiles } from './ray-files.ts';
import type { RayPlace } from './ray-place.ts';
import type { RayConnection } from './ray/ray-connection.ts';

/** What the back ends of all Rays of a console have in common. */
export interface CommonParts {
  readonly clock: Clock;
  readonly consoleVersion: string;
  readonly observability: Observability;
  /** As for the back end; only tests shorten it. */
  readonly giveUpAfter?: number;
}

/** The back end of one Ray, observed, over its files. Throws for a scenario that the simulator doesn't know. */
export function createRayBackend(
  place: RayPlace,
  options: Options,
  parts: CommonParts & {
    readonly files: RayFiles;
    readonly pages: FetchHandler | null;
    readonly connection: RayConnection;
    readonly access: Authenticator;
    readonly tokenGrant: TokenGrant;
    readonly basePath: string;
    /** For one of several. */
    readonly among?: Pick<BackendParts, 'rayName' | 'rays' | 'shared'>;
  },
): Backend {
  const { files, pages, observability, basePath, ...rest } = parts;
  const { journal, usage } = files;
  const observed = observability.ofRay(place.name, { store: journal.log });
  const backend = createConsoleBackend(
    { ...options, ...place, basePath },
    {
      ...rest,
      files: pages,
      store: observed.store,
      profiles: observed.profiles(journal.profiles),
      observations: journal.observations,
      planStore: journal.plans,
      observe: observed,
      ...(usage === null
        ? {}
        : {
            usage: {
              store: usage,
              days: options.usageDays,
              mostBytes: options.usageMegabytes * 1_000_000,
              onKept: observed.recordUsage,
            },
          }),
    },
  );
  if (options.observability.clusterMetrics) observed.addClusters(backend.fleet);
  return backend;
}
