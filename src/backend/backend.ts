import type { Clock } from '../clock.ts';
import type { RayOverview } from '../contract/rays.ts';
import type { ClusterProfile } from '../domain/cluster-profile.ts';
import type { Fleet } from '../domain/fleet.ts';
import type { FetchHandler } from '../fetch-handler.ts';
import type { Ray } from '../ray/client/ray.ts';
import type { Authenticator, Peer } from './auth/authenticator.ts';
import { createAuthorRight, type TokenGrant } from './auth/author-right.ts';
import { stripBasePath } from './web/base-path.ts';
import type { ChangeLog } from './journal/change-log.ts';
import { createChangeService } from './changes/change-service.ts';
import { reportRay, type RayReport } from './changes/ray-overview.ts';
import { createEventStream, type Deflate } from './http/event-stream.ts';
import { trackWrites } from './http/open-writes.ts';
import { createRequestBodies, type RequestBodies } from './http/request-body.ts';
import { guard } from './http/request-guard.ts';
import type { StreamRoom } from './http/stream-room.ts';
import { createBufferedChangeLog } from './journal/buffered-change-log.ts';
import { createInMemoryProfileLog } from './journal/in-memory-profile-log.ts';
import type { ProfileLog } from './journal/profile-log.ts';
import { createJournalReader } from './journal/journal-reader.ts';
import { createInMemoryObservationLog, MAX_OBSERVED_DAYS, type ObservationLog } from './journal/observation-log.ts';
import { createTimelineReader } from './journal/timeline-reader.ts';
import { createTurns } from './concurrency/turns.ts';
import { createRayApiPassThrough } from './http/ray-api-pass-through.ts';
import { createRaySessionMonitor } from './fleet/ray-session-monitor.ts';
import { createClusterProfiles } from './fleet/cluster-profiles.ts';
import { recordSimulatedProfiles } from './fleet/simulated-profiles.ts';
import { startFleetHistory } from './fleet/fleet-history.ts';
import type { Change } from '../contract/change.ts';
import { createFleetStore } from './fleet/fleet-store.ts';
import { createWritePriority, type WritePriority } from './polling/write-priority.ts';
import { createRoutes } from './http/router.ts';
import { createReconciler } from './changes/reconciler.ts';
import { createPlanService } from './plans/plan-service.ts';
import type { PlanStore } from './plans/plan-store.ts';
import { createInMemoryPlanStore } from './plans/in-memory-plan-store.ts';
import { createPoller } from './polling/poller.ts';
import type { SharedPace } from './polling/shared-pace.ts';
import { createShownFleet } from './fleet/shown-fleet.ts';
import { createEmitter } from '../emitter.ts';
import { startUsageRecording, type UsageParts } from './usage/usage-recording.ts';

/** The ports and settings of a back end. */
export interface BackendParts {
  readonly ray: Ray;
  /** Its name among several; left out: it is the only one. */
  readonly rayName?: string;
  /** The Rays of the console that this is part of; left out: there is only one. */
  readonly rays?: () => Promise<readonly RayOverview[]>;
  /** As the user knows it: `http://host:8265`, or `simulator`. */
  readonly rayAddress: string;
  /** Where browsers reach Ray's dashboard, without a slash at its end; left out: unknown. */
  readonly rayDashboardUrl?: string | null;
  /** Serves `/simulator/…`; null over a real Ray. */
  readonly simulator: FetchHandler | null;
  /** Who the simulated virtual clusters are for, made up; left out: nobody said. */
  readonly simulatedProfiles?: ReadonlyMap<string, ClusterProfile>;
  /** The one that the Ray client uses, too; left out: reads that have begun do not yield to writes. */
  readonly writePriority?: WritePriority;
  readonly store: ChangeLog;
  /** Where plans are kept; left out: in memory. */
  readonly planStore?: PlanStore;
  /** Left out: profiles are kept in memory. */
  readonly profiles?: ProfileLog;
  /** Where what was seen is kept; left out: in memory. */
  readonly observations?: ObservationLog;
  readonly access: Authenticator;
  /** Where usage is kept; left out: it is not. */
  readonly usage?: UsageParts;
  /** Left out: nothing is known of tokens. */
  readonly tokenGrant?: TokenGrant;
  readonly clock: Clock;
  /** Makes UUIDs that cannot be guessed. */
  readonly ids: () => string;
  /** The files of the page; null where something else serves them. */
  readonly files: FetchHandler | null;
  readonly consoleVersion: string;
  /**
   * How long to look in Ray's readings for a change that an earlier console left unsettled, and when a plan's step is overdue, ms.
   * Longer than any call to Ray may take.
   */
  readonly giveUpAfter?: number;
  /** The largest reply that is polled past Ray's cache, bytes; left out: 500 kB. Only tests shorten it. */
  readonly maxFreshBytes?: number;
  /** Host names besides this machine's own by which the console is reached. */
  readonly allowedHosts?: readonly string[];
  /** The path below which the console is served, with `/` at both ends; left out: `/`. */
  readonly basePath?: string;
  /** Compresses the event stream; left out: it is sent uncompressed. */
  readonly deflate?: Deflate;
  /** Limits that hold over all Rays of a console; left out: this back end has its own. */
  readonly shared?: { readonly bodies: RequestBodies; readonly streams: StreamRoom; readonly pace: SharedPace };
  /** Lets everything else in the process go on before it resolves; left out: nothing has to. */
  readonly yieldToEventLoop?: () => Promise<void>;
}

/** The most observations that are kept in memory. */
const OBSERVED_IN_MEMORY = 2_000;
/** Longer than any call to Ray may take, so that late effects have happened. */
const DEFAULT_GIVE_UP_AFTER = 60_000;

/** For how long edits of profiles are kept without a file. */
const PROFILE_DAYS_IN_MEMORY = 400;

export interface Backend {
  fetch(request: Request, peer: Peer): Promise<Response>;
  /** The fleet as joined from Ray's readings; null while Ray's list can't be read. */
  readonly fleet: () => Fleet | null;
  /** For the overview of several Rays. */
  report(): Promise<RayReport>;
  /** Ends every stream and every timer, and waits for the writes under way. */
  close(): Promise<void>;
}

/** The console's back end. Starts to read Ray at once. */
export function createBackend(parts: BackendParts): Backend {
  const { ray, clock, ids, access, basePath = '/', writePriority = createWritePriority(clock) } = parts;
  const store = createFleetStore({ clock, ids, startedReadOnly: access.readOnly });
  const started = store.moment();
  const poller = createPoller({
    ray,
    store,
    clock,
    writePriority,
    maxFreshBytes: parts.maxFreshBytes,
    sharedPace: parts.shared?.pace,
  });
  const log = createBufferedChangeLog({ log: parts.store, clock });
  const changeReconciled = createEmitter<Change>();
  const reconciler = createReconciler({
    store,
    poller,
    changeLog: log,
    clock,
    giveUpAfter: parts.giveUpAfter ?? DEFAULT_GIVE_UP_AFTER,
    onReconciled: changeReconciled.emit,
  });
  // Changes that an earlier console left unsettled are taken up before there can be new ones.
  void reconciler.resume(started);
  /** The pending deletions, the notice, a profile or a plan changed. */
  const annotationsChanged = createEmitter();
  const changes = createChangeService({
    ray,
    store,
    poller,
    changeLog: log,
    reconciler,
    clock,
    writePriority,
    authorRight: createAuthorRight({ tokenGrant: parts.tokenGrant ?? (() => 'unknown'), readOnly: access.readOnly }),
    onPendingDeletionsChanged: annotationsChanged.emit,
  });
  const raySessions = createRaySessionMonitor({
    store,
    clock,
    ids,
    mayHaveRemoved: (clusterId) => changes.wasRecentlyRemoved(clusterId),
    onChanged: annotationsChanged.emit,
  });
  const profileLog = parts.profiles ?? createInMemoryProfileLog({ clock, days: PROFILE_DAYS_IN_MEMORY });
  const profiles = createClusterProfiles({
    log: profileLog,
    isListed: (clusterId) => store.listedCluster(clusterId) !== null,
    onChanged: annotationsChanged.emit,
  });
  const sampleProfiles =
    parts.simulatedProfiles === undefined
      ? null
      : recordSimulatedProfiles(profiles, parts.simulatedProfiles, clock.now());
  const observations =
    parts.observations ?? createInMemoryObservationLog({ clock, days: MAX_OBSERVED_DAYS, most: OBSERVED_IN_MEMORY });
  const history = startFleetHistory({
    store,
    changeLog: log,
    observations,
    clock,
    mayHaveRemoved: (clusterId) => changes.wasRecentlyRemoved(clusterId),
    notice: raySessions.notice,
  });
  const plans = createPlanService({
    store: parts.planStore ?? createInMemoryPlanStore(),
    fleet: store.fleet,
    readList: () => poller.refresh('list'),
    submit: changes.submit,
    check: changes.check,
    ids,
    clock,
    overdueAfter: parts.giveUpAfter ?? DEFAULT_GIVE_UP_AFTER,
    onChanged: annotationsChanged.emit,
  });
  changeReconciled.subscribe(plans.changeSettled);
  const shown = createShownFleet({
    store,
    clock,
    pending: changes.pendingDeletions,
    notice: raySessions.notice,
    profileOf: profiles.shown,
    plansVersion: plans.version,
    nextReadAt: poller.nextReadAt,
  });
  annotationsChanged.subscribe(shown.refresh);
  if (!access.readOnly) void changes.resumeWaiting();
  void plans.resume();
  const passThrough = createRayApiPassThrough({ ray, store, changes, ids });
  const events = createEventStream({
    shown,
    poller,
    clock,
    deflate: parts.deflate ?? null,
    ...(parts.shared === undefined ? {} : { room: parts.shared.streams }),
  });
  const yieldToEventLoop = parts.yieldToEventLoop ?? (() => Promise.resolve());
  const turns = createTurns(yieldToEventLoop);
  const journal = createJournalReader({ changeLog: log, inTurn: turns.run });
  const usage =
    parts.usage === undefined
      ? null
      : startUsageRecording({ ...parts.usage, clock, pause: yieldToEventLoop, fleet: readFleet });
  const routes = createRoutes({
    ...parts,
    usage: usage?.history ?? null,
    observations,
    yieldToEventLoop,
    addPastDay: usage?.addPastDay ?? null,
    rayDashboardUrl: parts.rayDashboardUrl ?? null,
    journal,
    timeline: createTimelineReader({ journal, changeLog: log, observations, profileLog, inTurn: turns.run }),
    changeLog: log,
    store,
    shown,
    poller,
    changes,
    profiles,
    passThrough,
    bodies: parts.shared?.bodies ?? createRequestBodies(),
    events,
    raySessions,
    plans,
  });
  /** The fleet and when its list was read; null while that can't be. */
  function readFleet() {
    const { last, failure } = store.state('list');
    return last === null || failure !== null ? null : { fleet: store.fleet(), readAt: last.arrivedAt };
  }
  const writes = trackWrites(
    guard(
      async (request, peer: Peer) => {
        const inside = stripBasePath(request, basePath);
        return inside instanceof Response ? inside : routes.fetch(inside, { from: peer, source: request, body: '' });
      },
      { allowedHosts: parts.allowedHosts ?? [], basePath, newNonce: ids },
    ),
  );
  return {
    fetch: writes.fetch,
    fleet: () => readFleet()?.fleet ?? null,
    report: () => reportRay({ store, changes, changeLog: log, clock }),
    async close() {
      events.close();
      await writes.settled();
      await plans.close();
      await changes.idle();
      reconciler.close();
      poller.close();
      await sampleProfiles;
      await history.close();
      await usage?.close();
      store.nodeFeed().close();
      await log.close();
    },
  };
}
