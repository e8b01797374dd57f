import { afterEach, beforeEach } from 'vitest';
import type { Change } from '../../contract/change.ts';
import { CONSOLE_HEADER, paths } from '../../contract/paths.ts';
import type { FleetUpdate } from '../../contract/fleet.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import type { ReplicaSets } from '../../domain/replica-sets.ts';
import type { Revision } from '../../domain/revision.ts';
import type { FetchHandler } from '../../fetch-handler.ts';
import type { Ray } from '../../ray/client/ray.ts';
import type { TokenGrant } from '../../backend/auth/author-right.ts';
import { createLocalAuthenticator, type Authenticator } from '../../backend/auth/authenticator.ts';
import { createBackend } from '../../backend/backend.ts';
import type { UsageParts } from '../../backend/usage/usage-recording.ts';
import type { ChangeLog } from '../../backend/journal/change-log.ts';
import type { PlanStore } from '../../backend/plans/plan-store.ts';
import { createInMemoryChangeLog } from '../../backend/journal/in-memory-change-log.ts';
import { createHandClock, type HandClock } from './hand-clock.ts';
import { createScriptedRay, type ScriptedRay } from './scripted-ray.ts';

const peer = { address: '127.0.0.1', secure: false };

/** A back end on a hand clock, with shortcuts for the page's requests. */
export function createTestConsole(parts: {
  readonly ray: Ray;
  readonly clock: HandClock;
  readonly simulator?: FetchHandler;
  readonly readOnly?: boolean;
  /** The change log of an earlier console; by default a new one. */
  readonly store?: ChangeLog;
  /** The plans of an earlier console; by default none. */
  readonly planStore?: PlanStore;
  /** Left out: everybody is the local administrator. */
  readonly access?: Authenticator;
  readonly tokenGrant?: TokenGrant;
  /** Left out: usage is not kept. */
  readonly usage?: UsageParts;
  /** Left out: at once. */
  readonly yieldToEventLoop?: () => Promise<void>;
  /** Left out: they count from 1, which an earlier console's may have done too. */
  readonly ids?: () => string;
}) {
  const { ray, clock, simulator, readOnly, store } = parts;
  let count = 0;
  const ids = parts.ids ?? (() => `id-${String((count += 1))}`);
  const backend = createBackend({
    ray,
    rayAddress: 'simulator',
    simulator: simulator ?? null,
    store: store ?? createInMemoryChangeLog({ clock, days: 400, most: 100 }),
    access: parts.access ?? createLocalAuthenticator({ readOnly: readOnly ?? false }),
    ...(parts.tokenGrant === undefined ? {} : { tokenGrant: parts.tokenGrant }),
    ...(parts.usage === undefined ? {} : { usage: parts.usage }),
    ...(parts.yieldToEventLoop === undefined ? {} : { yieldToEventLoop: parts.yieldToEventLoop }),
    ...(parts.planStore === undefined ? {} : { planStore: parts.planStore }),
    clock,
    ids,
    files: null,
    consoleVersion: '9.9.9',
  });
  const ask = (path: string, init: RequestInit = {}) =>
    backend.fetch(new Request(`http://127.0.0.1:8600${path}`, init), peer);
  const write = (method: string, path: string, body?: unknown) =>
    ask(path, {
      method,
      headers: { 'Content-Type': 'application/json', [CONSOLE_HEADER]: '1' },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return {
    ask,
    write,
    close: () => backend.close(),
    /** Sends a change under the id `uuid(n)`. */
    change: (n: number, wanted: ChangeRequest) => write('PUT', paths.change(uuid(n)), wanted),
    fleet: async (since?: string): Promise<FleetUpdate> =>
      (await ask(since === undefined ? paths.fleet : `${paths.fleet}?since=${since}`)).json(),
    /** Awaits a reply while the clock advances in steps of a second. */
    async during<T>(reply: Promise<T>): Promise<T> {
      let done = false;
      const end = () => {
        done = true;
      };
      reply.then(end, end);
      for (let step = 0; step < 60 && !done; step++) await clock.advance(1_000);
      return reply;
    },
  };
}

/** The fixture of a back-end test. */
export interface TestConsole {
  readonly clock: HandClock;
  readonly ray: ScriptedRay;
  readonly console: ReturnType<typeof createTestConsole>;
  /** The revision of the one cluster, `vc`. */
  readonly revision: Revision;
}

/** A new console for each test of the file, over a Ray with one indivisible cluster `vc`, which it has read once. */
export function consolePerTest(sets: ReplicaSets): TestConsole {
  let current: TestConsole | null = null;
  beforeEach(async () => {
    const clock = createHandClock();
    const ray = createScriptedRay(clock);
    const revision = ray.put('vc', sets);
    current = { clock, ray, console: createTestConsole({ ray, clock }), revision };
    await clock.settle();
  });
  afterEach(() => now().console.close());
  const now = (): TestConsole => {
    if (current === null) throw new Error('only available within a test');
    return current;
  };
  return {
    get clock() {
      return now().clock;
    },
    get ray() {
      return now().ray;
    },
    get console() {
      return now().console;
    },
    get revision() {
      return now().revision;
    },
  };
}

/** The id of the n-th change. */
export function uuid(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

export async function changeIn(reply: Response): Promise<Change> {
  return reply.json();
}
