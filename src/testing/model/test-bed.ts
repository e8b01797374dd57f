import type { Submission } from '../../app/changes/submission.ts';
import { submissionStatusOf } from '../../app/changes/submission.ts';
import { canonicalJson } from '../../backend/changes/canonical-json.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import { saveCluster } from '../../simulator/engine/clusters.ts';
import { connectionRefused, connectionReset } from '../../simulator/replies/reply.ts';
import { createFleet } from '../../simulator/engine/scenarios.ts';
import { createSimulation, type Simulation } from '../../simulator/simulation.ts';
import { createBrowser, createSessionStorage, type Browser } from './browser.ts';
import { createModelClock, type ModelClock } from './model-clock.ts';
import { noFault, deliver, type NetworkFault } from './network-faults.ts';
import { openPage, type PageDriver } from './page-driver.ts';
import { createRestartableConsole, type RestartableConsole } from './restartable-console.ts';
import { createRayLink, requestOrigin } from './ray-link.ts';
import { createViewMonitor, type ViewMonitor } from './view-monitor.ts';
import { createStreamLink, type StreamLink } from './stream-link.ts';
import type { Coverage } from './coverage.ts';
import { createOracle, type Oracle } from './oracle.ts';
import { PAGE_COUNT, TEMPLATES, type CommandSequence } from './commands.ts';

const START = Date.UTC(2026, 10, 24, 9);
const ORIGIN = 'http://127.0.0.1:8600';

/** A tab with a person before it. */
export interface UserTab {
  page: PageDriver;
  monitor: ViewMonitor;
  readonly console: RestartableConsole;
  readonly streamLink: StreamLink;
  /** How what is sent next from here fares; it may be asked for only after a look at Ray. */
  nextFaults: { readonly put: NetworkFault; readonly writes: readonly NetworkFault[] } | null;
  readonly putFaults: Map<string, NetworkFault>;
  readFault: { readonly fate: NetworkFault; times: number };
  /** The editor that is to be open again as soon as the page shows something. */
  reopen: { readonly clusterId: string | null } | null;
  /** What must be in the drafts that were left, by cluster. */
  readonly leftDrafts: Map<string | null, ReadonlyMap<string, string>>;
  /** Changes sent from here, the newest last. */
  readonly sent: { readonly id: string; readonly wanted: ChangeRequest }[];
  reload(): void;
}

export interface TestBed {
  readonly clock: ModelClock;
  readonly simulation: Simulation;
  readonly oracle: Oracle;
  readonly consoles: readonly RestartableConsole[];
  readonly tabs: readonly UserTab[];
  /** The change's own id by the script that made it. */
  readonly tagOf: (changeId: string) => string;
  /** What each change was shown as when it was settled. */
  readonly shown: ReadonlyMap<string, string>;
  /** Promises broken where nobody would hear of an error. */
  readonly violations: readonly string[];
  /** When the last thing that is on its way arrives, ms. */
  busyUntil(): number;
}

/** Everything of one history: a simulated Ray, two back ends beside each other over it, four pages. */
export function createTestBed(history: CommandSequence, tally: Coverage): TestBed {
  let busyUntil = START;
  let names = 0;
  const seats: UserTab[] = [];
  const clock = createModelClock(START, () => {
    for (const seat of seats) {
      if (seat.monitor.observe(seat.page.fleet())) seat.page.editor()?.afterRender();
      if (seat.reopen === null || seat.page.fleet() === null) continue;
      const { clusterId } = seat.reopen;
      seat.reopen = null;
      // An editor that was left as it was opened leaves no draft.
      const isKept = seat.page.drafts.get(clusterId) !== null;
      seat.page.openEditor(clusterId, isKept ? (seat.leftDrafts.get(clusterId) ?? null) : null);
    }
  });
  const later: ModelClock = {
    ...clock,
    after(ms, callBack) {
      busyUntil = Math.max(busyUntil, clock.now() + ms);
      return clock.after(ms, callBack);
    },
  };
  const ray = createFleet({ [TEMPLATES[0]]: 6, [TEMPLATES[1]]: 4 }, history.seed, START);
  for (const [clusterId, divisible] of [
    ['a', false],
    ['b', true],
  ] as const) {
    saveCluster(ray, { clusterId, divisible, replicaSets: new Map(TEMPLATES.map((each) => [each, 1])), revision: 0n });
  }
  const simulation = createSimulation(clock, 'empty', ray);
  const truth = createOracle(simulation);
  truth.observe();

  const scripts = new Map<string, string>();
  const uuid = () => `00000000-0000-4000-8000-${String((names += 1)).padStart(12, '0')}`;
  /** A script's change gets its id from the back end, while it is being done. */
  const ids = () => {
    const id = uuid();
    const tag = requestOrigin.getStore();
    if (tag?.startsWith('script') === true) scripts.set(id, tag);
    return id;
  };

  const wanted = new Map<string, ChangeRequest>();
  function asksToRemove(tag: string, clusterId: string): boolean {
    const change = wanted.get(tag);
    return (
      tag.startsWith('script') ||
      ((change?.kind === 'delete' || change?.kind === 'release') && change.clusterId === clusterId)
    );
  }

  const consoles: readonly RestartableConsole[] = [0, 1].map((index) => {
    const way = createRayLink({
      simulation,
      truth,
      clock: later,
      tally,
      backend: index,
      isListHeavy: history.isListHeavy,
      asksToRemove,
    });
    const ended = () => {
      for (const seat of seats) if (seat.console === consoles[index]) seat.streamLink.break();
    };
    return createRestartableConsole({ way, clock, ids, isDiskSlow: history.isDiskSlow, ended });
  });

  const breaches: string[] = [];
  const shown = new Map<string, string>();
  function onShown(name: string, submission: Submission) {
    if (submission.phase === 'idle') return;
    const { id } = submission;
    const before = shown.get(id);
    const isSettled = submission.phase === 'answered' && submissionStatusOf(submission) === 'settled';
    if (isSettled) shown.set(id, canonicalJson(submission.change.result));
    const now = isSettled ? shown.get(id) : submission.phase;
    if (before !== undefined && now !== before)
      breaches.push(`${name} shows change ${id} as ${String(now)} after ${before}`);
  }

  function openTab(index: number, browser: Browser): UserTab {
    const one = consoles[index === 2 ? 1 : 0];
    if (one === undefined) throw new Error('no such console');
    const name = `page ${String(index)}`;
    /** Of which the console has said that it has them. */
    const acknowledged = new Set<string>();
    const storage = createSessionStorage();
    const putFates = new Map<string, NetworkFault>();
    const channel = browser.channel();
    const sent: UserTab['sent'] = [];

    const fateOf = (isPut: boolean, id: string): NetworkFault => {
      const fate = isPut ? putFates.get(id) : undefined;
      if (fate !== undefined) putFates.delete(id);
      if (fate !== undefined) return fate;
      if (isPut || seat.readFault.times <= 0) return noFault;
      seat.readFault.times -= 1;
      return seat.readFault.fate;
    };
    const fetch = async (request: Request): Promise<Response> => {
      const { method, url, headers, signal } = request;
      const id = /\/api\/changes\/([^/?]+)$/.exec(url)?.[1] ?? '';
      const isPut = method === 'PUT';
      const body = isPut ? await request.text() : null;
      const fate = fateOf(isPut, id);
      if (fate !== noFault) tally.countFault(isPut ? 'page write' : 'page read', fate);
      clock.noteActivity();
      return deliver(
        {
          fate,
          signal,
          after: (ms, callBack) => later.after(ms, callBack),
          broken: connectionReset,
          refused: connectionRefused,
        },
        async () => {
          const reply = await requestOrigin.run(id, () => one.fetch(new Request(url, { method, headers, body })));
          clock.noteActivity();
          if (isPut && (reply.status === 200 || reply.status === 202)) acknowledged.add(id);
          if (reply.status === 404 && acknowledged.has(id))
            breaches.push(`the console knows nothing of change ${id}, which it was sent`);
          return reply;
        },
      );
    };
    const line = createStreamLink((request) => one.fetch(request), ORIGIN, clock);
    const open = () =>
      openPage({
        fetch,
        origin: ORIGIN,
        clock,
        ids: uuid,
        storage,
        streamLink: line,
        lock: browser.lock,
        channel,
        onSent(id, change) {
          sent.push({ id, wanted: change });
          wanted.set(id, change);
          if (seat.nextFaults === null) return;
          putFates.set(id, seat.nextFaults.put);
          one.rayLink.writeFaults.set(id, seat.nextFaults.writes);
          seat.nextFaults = null;
        },
        onShown: (submission) => onShown(name, submission),
      });
    const seat: UserTab = {
      page: open(),
      monitor: createViewMonitor(name, truth),
      console: one,
      streamLink: line,
      nextFaults: null,
      putFaults: putFates,
      readFault: { fate: noFault, times: 0 },
      reopen: null,
      leftDrafts: new Map(),
      sent,
      reload() {
        seat.page.close();
        // Each reload is a page of its own: it begins with what the console tells it.
        seat.monitor = createViewMonitor(name, truth);
        seat.page = open();
      },
    };
    return seat;
  }

  const browsers = [createBrowser(clock), createBrowser(clock), createBrowser(clock)] as const;
  for (let index = 0; index < PAGE_COUNT; index++)
    seats.push(openTab(index, browsers[index === 1 ? 1 : index === 2 ? 2 : 0]));
  return {
    clock,
    simulation,
    oracle: truth,
    consoles,
    tabs: seats,
    tagOf: (id) => scripts.get(id) ?? id,
    shown,
    violations: breaches,
    busyUntil: () => busyUntil,
  };
}
