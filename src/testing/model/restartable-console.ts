import type { Peer } from '../../backend/auth/authenticator.ts';
import { createAuthenticator } from '../../backend/auth/sign-in-authenticator.ts';
import { createBackend, type Backend } from '../../backend/backend.ts';
import { createWritePriority } from '../../backend/polling/write-priority.ts';
import type { ChangeLog } from '../../backend/journal/change-log.ts';
import { createInMemoryChangeLog } from '../../backend/journal/in-memory-change-log.ts';
import type { Clock } from '../../clock.ts';
import type { Change } from '../../contract/change.ts';
import { createRay } from '../../ray/client/client.ts';
import { connectionRefused, connectionReset } from '../../simulator/replies/reply.ts';
import type { Identity } from '../../backend/auth/sessions.ts';
import { plainSecrets } from '../harness/plain-secrets.ts';
import { TOKEN_CLUSTERS } from './commands.ts';
import type { PlanStore } from '../../backend/plans/plan-store.ts';
import { createInMemoryPlanStore } from '../../backend/plans/in-memory-plan-store.ts';
import type { PlanMonitor } from './plan-monitor.ts';
import type { ModelClock } from './model-clock.ts';
import { HEAVY_BYTES, PLANNER, requestOrigin, type RayLink } from './ray-link.ts';

const peer: Peer = { address: '127.0.0.1', secure: false };

/** The holder of the token. */
const SCRIPT: Identity = { name: 'script', grant: { role: 'operator', clusters: [...TOKEN_CLUSTERS] } };

/** How long a journal write takes on a slow disk, ms. */
const SLOW_DISK_WRITE_MS = 3;

/** Longer than any delivery in a sequence takes, ms. */
const CALL_TIMEOUT_MS = 45_000;

/** A console that can be closed or killed, and started again on the same journal. */
export interface RestartableConsole {
  readonly rayLink: RayLink;
  /** The token of the scripts. */
  readonly token: { readonly value: string; isWithdrawn: boolean };
  /** Rejects with a connection error while the console is down, and when it is killed before the reply. */
  fetch(request: Request): Promise<Response>;
  /** Ends the console gracefully or at once, and starts the next one `down` ms later. No effect while it is down. */
  restart(how: 'close' | 'kill', down: number): void;
  /** When the running console started, ms since 1970; null while it is down. */
  startedAt(): number | null;
  /**
   * How many changes that earlier consoles left open are still open, though they could be settled. A release can't be while
   * the state API fails, since only it shows job clusters (fact 18).
   */
  countLeftOpen(isStateApiReadable: boolean): Promise<number>;
  close(): Promise<void>;
}

/** One run of the console: after its end it has no further effect. */
interface Incarnation {
  readonly backend: Backend;
  readonly startedAt: number;
  kill(): void;
  fetch(request: Request): Promise<Response>;
}

export function createRestartableConsole(parts: {
  readonly rayLink: RayLink;
  readonly clock: ModelClock;
  readonly ids: () => string;
  /** Watches the plans. */
  readonly plans: PlanMonitor;
  readonly isDiskSlow: boolean;
  /** Breaks the pages' streams to the console. */
  readonly breakStreams: () => void;
}): RestartableConsole {
  const { rayLink, clock, plans, isDiskSlow, breakStreams } = parts;
  /** The changes of a plan are made while somebody's request to run it goes on: each is the origin of its own writes. */
  const changesOfPlans = new Set<string>([PLANNER]);
  const ids = () => {
    const id = parts.ids();
    const origin = requestOrigin.getStore();
    if (origin === undefined || !changesOfPlans.has(origin)) return id;
    changesOfPlans.add(id);
    rayLink.writeFaults.set(id, plans.faults.shift() ?? []);
    requestOrigin.enterWith(id);
    return id;
  };
  const secrets = plainSecrets();
  const token = { value: secrets.random(), isWithdrawn: false };
  const planStore = createInMemoryPlanStore();
  const store = createInMemoryChangeLog({ clock, days: 90, most: 1_000 });
  let running: Incarnation | null = start();

  function start(): Incarnation {
    let isOver = false;
    const timers = new Set<() => void>();
    const breakers = new Set<() => void>();
    const never = new Promise<never>(() => undefined);

    const ownClock: Clock = {
      now: clock.now,
      after(ms, callBack) {
        if (isOver) return () => undefined;
        const cancel = clock.after(ms, () => {
          timers.delete(cancel);
          callBack();
        });
        timers.add(cancel);
        return () => {
          timers.delete(cancel);
          cancel();
        };
      },
    };
    /** Nothing resolves for a console that has been killed. */
    const unlessKilled = async <T>(result: Promise<T>): Promise<T> => {
      if (isOver) return never;
      const value = await result;
      return isOver ? never : value;
    };
    const journalWrite = async <T>(write: () => Promise<T>): Promise<T> => {
      if (isOver) return never;
      const done = write();
      if (isDiskSlow) await new Promise<void>((resolve) => void ownClock.after(SLOW_DISK_WRITE_MS, resolve));
      return unlessKilled(done);
    };
    const log: ChangeLog = {
      ...store,
      add: (record) => journalWrite(() => store.add(record)),
      update: (record) => journalWrite(() => store.update(record)),
      close: () => Promise.resolve(),
    };
    const stored: PlanStore = {
      ...planStore,
      async put(plan) {
        return journalWrite(async () => {
          const isStored = await planStore.put(plan);
          if (isStored) plans.stored(plan);
          return isStored;
        });
      },
      async delete(id, version) {
        return journalWrite(async () => {
          const isDeleted = await planStore.delete(id, version);
          if (isDeleted) plans.deleted(id);
          return isDeleted;
        });
      },
    };
    const writePriority = createWritePriority(ownClock);
    const backend = createBackend({
      writePriority,
      ray: createRay({
        transport: (request) => unlessKilled(rayLink.send(request)),
        address: 'http://ray.local',
        clock: ownClock,
        uniqueToken: parts.ids,
        yielderFor: writePriority.yielderFor,
      }),
      rayAddress: 'simulator',
      simulator: null,
      store: log,
      planStore: stored,
      access: createAuthenticator({
        readOnly: false,
        signIn: { kind: 'none' },
        isTrustedProxy: () => false,
        findToken: (hash) => (hash === secrets.hash(token.value) && !token.isWithdrawn ? SCRIPT : null),
        secrets,
        clock: ownClock,
        basePath: '/',
      }),
      clock: ownClock,
      ids,
      files: null,
      consoleVersion: '0',
      giveUpAfter: CALL_TIMEOUT_MS,
      maxFreshBytes: HEAVY_BYTES,
    });
    return {
      backend,
      startedAt: clock.now(),
      kill() {
        isOver = true;
        for (const cancel of [...timers]) cancel();
        for (const each of [...breakers]) each();
      },
      fetch(request) {
        return new Promise((resolve, reject) => {
          const breaks = () => reject(connectionReset());
          breakers.add(breaks);
          backend
            .fetch(request, peer)
            .then(resolve, reject)
            .finally(() => breakers.delete(breaks));
        });
      },
    };
  }

  function startLater(down: number) {
    rayLink.dropStaleList();
    breakStreams();
    clock.after(down, () => {
      running = start();
    });
  }

  return {
    rayLink,
    token,
    fetch: (request) => running?.fetch(request) ?? Promise.reject(connectionRefused()),
    restart(how, down) {
      const ending = running;
      if (ending === null) return;
      running = null;
      if (how === 'close') {
        void ending.backend.close().then(() => {
          clock.noteActivity();
          startLater(down);
        });
        return;
      }
      ending.kill();
      startLater(down);
    },
    startedAt: () => running?.startedAt ?? null,
    async countLeftOpen(isStateApiReadable) {
      const since = running?.startedAt ?? Number.POSITIVE_INFINITY;
      const open = await store.open();
      const mayEnd = ({ wanted, result }: Change) =>
        result?.kind !== 'waiting' && (wanted.kind !== 'release' || isStateApiReadable);
      return open.filter(({ change }) => change.askedAt < since && mayEnd(change)).length;
    },
    async close() {
      await running?.backend.close();
    },
  };
}
