import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Clock } from '../../clock.ts';
import type { Change } from '../../contract/change.ts';
import type { FleetUpdate } from '../../contract/fleet.ts';
import type { Session } from '../../contract/session.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import type { FreePool, VirtualCluster } from '../../domain/fleet.ts';
import type { Result } from '../../domain/result.ts';
import { known, perSource } from '../../domain/sourced.ts';
import type { Api } from '../api/client.ts';
import type { ConsoleParts } from '../api/connect-console.ts';
import { ConsoleProvider } from '../api/console.tsx';
import type { DraftStore } from '../drafts/draft-store.ts';
import { DraftsProvider } from '../drafts/drafts-context.tsx';
import { createToastStore } from '../ui/toasts/toast-store.ts';
import { ToastsProvider } from '../ui/toasts/toasts-context.tsx';

/** The time at which scripted consoles stand still, ms since 1970. */
const SCRIPTED_NOW = 1_795_469_081_000;

/** The back end's answer to a change: a result, null for "still being sent", or an error that is thrown. */
export type ScriptedReply = Result | null | Error;

/** An API whose every request fails, except those given; what is given up had not arrived. */
export function scriptedApi(scripted: Partial<Api>): Api {
  const unscripted = () => Promise.reject(new Error('nothing is scripted for this'));
  return {
    session: unscripted,
    fleet: unscripted,
    readFleet: unscripted,
    signIn: unscripted,
    signOut: unscripted,
    nodes: unscripted,
    clusterNodes: unscripted,
    node: unscripted,
    map: unscripted,
    mapNodes: unscripted,
    fleetEvents: unscripted,
    clusterRaw: unscripted,
    changes: unscripted,
    timeline: unscripted,
    putChange: unscripted,
    change: unscripted,
    abandonChange: () => Promise.resolve(null),
    clusterProfile: unscripted,
    putClusterProfile: unscripted,
    cancelChange: unscripted,
    dismissNotice: unscripted,
    read: unscripted,
    write: unscripted,
    simulator: unscripted,
    ...scripted,
  };
}

export function scriptedSession(mayWrite = true): Session {
  return {
    who: 'me',
    mayWrite,
    mayNotWriteBecause: mayWrite ? null : 'This console was started with --read-only.',
    clusters: null,
    via: 'local',
    ray: { address: 'simulator', dashboardUrl: null, simulated: true, version: '2.44.1.1', sessionName: 's' },
    consoleVersion: '0',
  };
}

/** A change as the back end returns it with this result. */
export function scriptedChange(id: string, wanted: ChangeRequest, result: Result | null): Change {
  return {
    id,
    wanted,
    who: 'me',
    address: '127.0.0.1',
    via: 'local',
    by: 'page',
    askedAt: SCRIPTED_NOW,
    settledAt: SCRIPTED_NOW,
    attempts: 1,
    before: null,
    result,
    moved: null,
  };
}

/** The whole fleet at a version, with every source healthy. */
export function scriptedFleet(clusters: readonly VirtualCluster[], pool: FreePool, version: string): FleetUpdate {
  const healthy = { readAt: SCRIPTED_NOW, failure: null };
  return {
    version,
    whole: true,
    now: SCRIPTED_NOW,
    clusters,
    removed: [],
    pool,
    nodeCounts: { total: known(60, 'liveness'), dead: known(0, 'liveness') },
    sources: perSource(() => healthy),
    readOnly: null,
    waiting: [],
    notice: null,
    map: 0,
    lately: 0,
  };
}

/** A visible page over this API whose clock stands still; `push` sends an update over its stream, once that is open. */
export function scriptedParts(
  api: Api,
  ids: () => string,
  { hasStream = true }: { readonly hasStream?: boolean } = {},
): { readonly parts: ConsoleParts; push(update: FleetUpdate): void } {
  let update: ((update: FleetUpdate) => void) | null = null;
  const clock: Clock = { now: () => SCRIPTED_NOW, after: () => () => undefined };
  return {
    parts: {
      api,
      clock,
      ids,
      stream: {
        openStream(_since, on) {
          update = (next) => on.update(next, null);
          return () => undefined;
        },
        lock: hasStream ? (held) => held() : null,
        channel: null,
        visibility: { isVisible: () => true, subscribe: () => () => undefined },
      },
    },
    push: (next) => update?.(next),
  };
}

/** Everything that a part of the page needs around it. */
export function ScriptedPage({
  parts,
  drafts,
  children,
}: {
  readonly parts: ConsoleParts;
  readonly drafts: DraftStore;
  readonly children: ReactNode;
}) {
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry: false }, mutations: { retry: false } } }),
  );
  const [toasts] = useState(createToastStore);
  return (
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <ConsoleProvider parts={parts}>
          <DraftsProvider store={drafts}>
            <ToastsProvider store={toasts}>{children}</ToastsProvider>
          </DraftsProvider>
        </ConsoleProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
