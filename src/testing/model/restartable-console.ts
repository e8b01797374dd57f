import { createLocalAuthenticator, type Peer } from '../../backend/auth/authenticator.ts';
import { createBackend, type Backend } from '../../backend/backend.ts';
import { createWritePriority } from '../../backend/polling/write-priority.ts';
import type { ChangeLog } from '../../backend/journal/change-log.ts';
import { createInMemoryChangeLog } from '../../backend/journal/in-memory-change-log.ts';
import type { Clock } from '../../clock.ts';
import type { Change } from '../../contract/change.ts';
import { createRay } from '../../ray/client/client.ts';
import { overFetch } from '../../ray/client/transport.ts';
import { connectionRefused, connectionReset } from '../../simulator/replies/reply.ts';
import type { ModelClock } from './model-clock.ts';
import type { RayLink } from './ray-link.ts';

const from: Peer = { address: '127.0.0.1', secure: false };

/** How long the journal of a slow disk takes to say that it has written, ms. */
const SLOW_DISK_WRITE_MS = 3;

/** Longer than anything is on its way in a history, ms. */
const CALL_TIMEOUT_MS = 45_000;

/** A console that can be closed or killed, and started anew on the same journal. */
export interface RestartableConsole {
  readonly rayLink: RayLink;
  /** Rejects as a broken connection does while it is down, or when it is killed meanwhile. */
  fetch(request: Request): Promise<Response>;
  /** Ends it in order or at once, and starts the next one so long after, ms. Nothing happens while it is down. */
  restart(how: 'close' | 'kill', down: number): void;
  /** When the one that runs began, ms since 1970; null while none does. */
  startedAt(): number | null;
  /**
   * What of the journal the consoles before left open still is, though it could have ended: a release, not while no state API
   * shows job clusters (fact 18).
   */
  countLeftOpen(isStateTold: boolean): Promise<number>;
  close(): Promise<void>;
}

/** One running of it: once it is over, nothing of it happens any more. */
interface Incarnation {
  readonly backend: Backend;
  readonly startedAt: number;
  kill(): void;
  fetch(request: Request): Promise<Response>;
}

export function createRestartableConsole(parts: {
  readonly way: RayLink;
  readonly clock: ModelClock;
  readonly ids: () => string;
  readonly isDiskSlow: boolean;
  /** The connections of its streams break. */
  readonly ended: () => void;
}): RestartableConsole {
  const { way, clock, ids, isDiskSlow, ended } = parts;
  const store = createInMemoryChangeLog({ clock, days: 90, most: 1_000 });
  let life: Incarnation | null = begin();

  function begin(): Incarnation {
    let isOver = false;
    const timers = new Set<() => void>();
    const breakers = new Set<() => void>();
    const never = new Promise<never>(() => undefined);

    const mine: Clock = {
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
    /** What comes back to one that has been killed is heard by nobody. */
    const alive = async <T>(result: Promise<T>): Promise<T> => {
      if (isOver) return never;
      const value = await result;
      return isOver ? never : value;
    };
    const written = async <T>(write: () => Promise<T>): Promise<T> => {
      if (isOver) return never;
      const done = write();
      if (isDiskSlow) await new Promise<void>((resolve) => void mine.after(SLOW_DISK_WRITE_MS, resolve));
      return alive(done);
    };
    const log: ChangeLog = {
      ...store,
      add: (record) => written(() => store.add(record)),
      update: (record) => written(() => store.update(record)),
      close: () => Promise.resolve(),
    };
    const writePriority = createWritePriority(mine);
    const backend = createBackend({
      writePriority: writePriority,
      ray: createRay({
        transport: overFetch((request) => alive(way.fetch(request))),
        address: 'http://ray.local',
        clock: mine,
        uniqueToken: ids,
        yielderFor: writePriority.yielderFor,
      }),
      rayAddress: 'simulator',
      simulator: null,
      store: log,
      access: createLocalAuthenticator({ readOnly: false }),
      clock: mine,
      ids,
      files: null,
      consoleVersion: '0',
      giveUpAfter: CALL_TIMEOUT_MS,
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
            .fetch(request, from)
            .then(resolve, reject)
            .finally(() => breakers.delete(breaks));
        });
      },
    };
  }

  function beginLater(down: number) {
    way.dropStaleList();
    ended();
    clock.after(down, () => {
      life = begin();
    });
  }

  return {
    rayLink: way,
    fetch: (request) => life?.fetch(request) ?? Promise.reject(connectionRefused()),
    restart(how, down) {
      const ending = life;
      if (ending === null) return;
      life = null;
      if (how === 'close') {
        void ending.backend.close().then(() => {
          clock.noteActivity();
          beginLater(down);
        });
        return;
      }
      ending.kill();
      beginLater(down);
    },
    startedAt: () => life?.startedAt ?? null,
    async countLeftOpen(isStateTold) {
      const since = life?.startedAt ?? Number.POSITIVE_INFINITY;
      const open = await store.open();
      const mayEnd = ({ wanted, result }: Change) =>
        result?.kind !== 'waiting' && (wanted.kind !== 'release' || isStateTold);
      return open.filter(({ change }) => change.askedAt < since && mayEnd(change)).length;
    },
    async close() {
      await life?.backend.close();
    },
  };
}
