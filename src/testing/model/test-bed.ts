import type { Submission } from '../../app/changes/submission.ts';
import { submissionStatusOf } from '../../app/changes/submission.ts';
import { canonicalJson } from '../../backend/changes/canonical-json.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import { saveCluster } from '../../simulator/engine/clusters.ts';
import { createFleet } from '../../simulator/engine/scenarios.ts';
import { createSimulation, type Simulation } from '../../simulator/simulation.ts';
import { createBrowser } from './browser.ts';
import { createModelClock, type ModelClock } from './model-clock.ts';
import { createRestartableConsole, type RestartableConsole } from './restartable-console.ts';
import type { ForgedSupervisor } from './forged-supervisors.ts';
import type { OddSave } from './odd-save.ts';
import { createRayLink, requestOrigin } from './ray-link.ts';
import type { Coverage } from './coverage.ts';
import { createOracle, type Oracle } from './oracle.ts';
import { createPlanMonitor, type PlanMonitor } from './plan-monitor.ts';
import { openUserTab, type UserTab } from './user-tab.ts';
import { PAGE_COUNT, TEMPLATES, type CommandSequence } from './commands.ts';

const START = Date.UTC(2026, 10, 24, 9);

export interface TestBed {
  readonly clock: ModelClock;
  readonly simulation: Simulation;
  readonly oracle: Oracle;
  readonly consoles: readonly RestartableConsole[];
  readonly tabs: readonly UserTab[];
  /** The origin of a change: the name of its script, else its id. */
  readonly tagOf: (changeId: string) => string;
  /** The settled result that a page showed, by change id. */
  readonly shown: ReadonlyMap<string, string>;
  /** The changes that a page showed as not sent to Ray, by id: which page, and how. */
  readonly shownAsNotSent: ReadonlyMap<string, string>;
  /** The actors of users of Ray that pretend to be supervisors of jobs. */
  readonly forgedSupervisors: ForgedSupervisor[];
  /** The plans of the first console. */
  readonly plans: PlanMonitor;
  /** The scripts that had no right to what they asked of a console. */
  readonly deniedScripts: Set<string>;
  /** What scripts saved in odd forms, by their names. */
  readonly oddSaves: Map<string, OddSave>;
  /** Violations found where a thrown error would be swallowed. */
  readonly violations: readonly string[];
  /** When the last message in flight arrives, ms since 1970. */
  busyUntil(): number;
}

/** What one sequence runs on: a simulated Ray, two back ends on it, four pages. */
export function createTestBed(sequence: CommandSequence, coverage: Coverage): TestBed {
  let busyUntil = START;
  let idCount = 0;
  const tabs: UserTab[] = [];
  const clock = createModelClock(START, () => {
    for (const tab of tabs) {
      if (tab.monitor.observe(tab.page.fleet())) tab.page.editor()?.afterRender();
      if (tab.reopen === null || tab.page.fleet() === null) continue;
      const { clusterId } = tab.reopen;
      tab.reopen = null;
      // An unedited form leaves no draft.
      const isKept = tab.page.drafts.get(clusterId) !== null;
      tab.page.openEditor(clusterId, isKept ? (tab.leftDrafts.get(clusterId) ?? null) : null);
    }
  });
  const trackingClock: ModelClock = {
    ...clock,
    after(ms, callBack) {
      busyUntil = Math.max(busyUntil, clock.now() + ms);
      return clock.after(ms, callBack);
    },
  };
  const ray = createFleet({ [TEMPLATES[0]]: 6, [TEMPLATES[1]]: 4 }, sequence.seed, START);
  for (const [clusterId, divisible] of [
    ['a', false],
    ['b', true],
  ] as const) {
    saveCluster(ray, { clusterId, divisible, replicaSets: new Map(TEMPLATES.map((each) => [each, 1])), revision: 0n });
  }
  const simulation = createSimulation(clock, 'empty', ray);
  const oracle = createOracle(simulation);
  oracle.observe();

  const scriptByChangeId = new Map<string, string>();
  const uuid = () => `00000000-0000-4000-8000-${String((idCount += 1)).padStart(12, '0')}`;
  /** The back end names a script's change while it handles the request. */
  const ids = () => {
    const id = uuid();
    const tag = requestOrigin.getStore();
    if (tag?.startsWith('script') === true) scriptByChangeId.set(id, tag);
    return id;
  };

  const forgedSupervisors: ForgedSupervisor[] = [];
  const wanted = new Map<string, ChangeRequest>();
  const violations: string[] = [];
  const plans = createPlanMonitor((text) => void violations.push(text));
  function requestsRemoval(tag: string, clusterId: string): boolean {
    const change = wanted.get(tag);
    const planned = plans.stepOf(tag)?.step;
    if (planned !== undefined) return planned.to === null && planned.clusterId === clusterId;
    return (
      tag.startsWith('script') ||
      ((change?.kind === 'delete' || change?.kind === 'release') && change.clusterId === clusterId)
    );
  }

  const consoles: readonly RestartableConsole[] = [0, 1].map((index) => {
    const rayLink = createRayLink({
      simulation,
      oracle,
      clock: trackingClock,
      coverage,
      backend: index,
      isListHeavy: sequence.isListHeavy,
      forged: () => forgedSupervisors,
      requestsRemoval,
    });
    const breakStreams = () => {
      for (const tab of tabs) if (tab.console === consoles[index]) tab.streamLink.break();
    };
    return createRestartableConsole({ rayLink, clock, ids, plans, isDiskSlow: sequence.isDiskSlow, breakStreams });
  });

  const shown = new Map<string, string>();
  const shownAsNotSent = new Map<string, string>();
  function onShown(name: string, submission: Submission) {
    if (submission.phase === 'idle') return;
    const { id, phase } = submission;
    if (phase === 'never-arrived' || phase === 'refused') shownAsNotSent.set(id, `${name} as ${phase}`);
    const before = shown.get(id);
    const isSettled = phase === 'answered' && submissionStatusOf(submission) === 'settled';
    if (isSettled) shown.set(id, canonicalJson(submission.change.result));
    const now = isSettled ? shown.get(id) : phase;
    // A deletion that waits ends later, and a second tab that sends it again learns how.
    const hasEndedSince = isSettled && before?.startsWith('{"kind":"waiting"') === true;
    if (before !== undefined && now !== before && !hasEndedSince)
      violations.push(`${name} shows change ${id} as ${String(now)} after ${before}`);
  }

  const browsers = [createBrowser(clock), createBrowser(clock), createBrowser(clock)] as const;
  for (let index = 0; index < PAGE_COUNT; index++) {
    const console = consoles[index === 2 ? 1 : 0];
    if (console === undefined) throw new Error('no such console');
    const name = `page ${String(index)}`;
    tabs.push(
      openUserTab({
        name,
        console,
        browser: browsers[index === 1 ? 1 : index === 2 ? 2 : 0],
        clock,
        trackingClock,
        ids: uuid,
        oracle,
        coverage,
        onSent: (id, change) => void wanted.set(id, change),
        onShown: (submission) => onShown(name, submission),
        onViolation: (text) => void violations.push(text),
      }),
    );
  }
  return {
    clock,
    simulation,
    oracle,
    consoles,
    tabs,
    tagOf: (id) => scriptByChangeId.get(id) ?? id,
    shown,
    shownAsNotSent,
    forgedSupervisors,
    plans,
    deniedScripts: new Set(),
    oddSaves: new Map(),
    violations,
    busyUntil: () => busyUntil,
  };
}
